#include "capture/kernel_state.hpp"

#include <gtest/gtest.h>
#include <netinet/tcp.h>

namespace tcpstep::capture {
namespace {

TEST(KernelState, HasTheNameThatRfc9293GivesIt) {
    struct Row {
        int kernel;
        model::State state;
    };
    const Row kRows[] = {
        {TCP_ESTABLISHED, model::State::Established},
        {TCP_SYN_SENT, model::State::SynSent},
        {TCP_SYN_RECV, model::State::SynRcvd},
        {TCP_FIN_WAIT1, model::State::FinWait1},
        {TCP_FIN_WAIT2, model::State::FinWait2},
        {TCP_TIME_WAIT, model::State::TimeWait},
        {TCP_CLOSE, model::State::Closed},
        {TCP_CLOSE_WAIT, model::State::CloseWait},
        {TCP_LAST_ACK, model::State::LastAck},
        {TCP_LISTEN, model::State::Listen},
        {TCP_CLOSING, model::State::Closing},
        {12, model::State::SynRcvd},
        {0, model::State::Unknown},
        {13, model::State::Unknown},
        {255, model::State::Unknown},
    };
    for (const Row& row : kRows) {
        EXPECT_EQ(state_of(static_cast<std::uint8_t>(row.kernel)), row.state) << row.kernel;
    }
}

}  // namespace
}  // namespace tcpstep::capture
