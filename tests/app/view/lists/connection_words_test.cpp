#include "app/view/lists/connection_words.hpp"

#include <chrono>
#include <optional>

#include <gtest/gtest.h>

namespace tcpstep::view::lists {
namespace {

using model::Beginning;
using model::Ending;
using model::Role;

TEST(ConnectionWords, ABeginningAndAnEndingTakeAFewWords) {
    EXPECT_EQ(beginning_text(Beginning::BeforeCapture), "before the capture");
    EXPECT_EQ(beginning_text(Beginning::FastOpen), "Fast Open");
    const auto ended = [](Ending ending, std::optional<Role> by) {
        return ending_text({Beginning::Handshake, ending, by});
    };
    EXPECT_EQ(ended(Ending::Closed, Role::Server), "closed, server first");
    EXPECT_EQ(ended(Ending::Closed, std::nullopt), "closed, both at once");
    EXPECT_EQ(ended(Ending::Closing, Role::Client), "closing, client first");
    EXPECT_EQ(ended(Ending::Closing, std::nullopt), "closing, both at once");
    EXPECT_EQ(ended(Ending::HalfClosed, Role::Client), "half-closed by the client");
    EXPECT_EQ(ended(Ending::Reset, Role::Server), "reset by the server");
    EXPECT_EQ(ended(Ending::Open, std::nullopt), "open");
}

TEST(ConnectionWords, AStateThatIsOnlyAssumedIsMarked) {
    EXPECT_EQ(state_text({model::State::TimeWait, model::Doubt::None}), "TIME_WAIT");
    EXPECT_EQ(state_text({model::State::Closed, model::Doubt::NothingFollows}), "CLOSED?");
    EXPECT_EQ(state_text({model::State::Established, model::Doubt::BeganBefore}), "ESTABLISHED~");
}

TEST(ConnectionWords, ALaterGenerationIsNamedBehindTheServer) {
    model::ConnectionId id{*model::parse_socket_address("127.0.0.1:5000"),
                           *model::parse_socket_address("[::1]:80"), 1};
    EXPECT_EQ(server_text(id), "[::1]:80");
    id.generation = 3;
    EXPECT_EQ(server_text(id), "[::1]:80#3");
}

TEST(ConnectionWords, SecondsAreWholeMicroseconds) {
    EXPECT_EQ(seconds_text(std::chrono::nanoseconds(8'602'999)), "0.008602");
    EXPECT_EQ(seconds_text(std::chrono::seconds(61)), "61.000000");
}

}  // namespace
}  // namespace tcpstep::view::lists
