// Every segment held, the kernel stepped by hand: at each step the kernel's own states are the
// textbook's.
#include <gtest/gtest.h>

#include "tests/live/performance.hpp"

namespace tcpstep::lab {
namespace {

using model::Role;
using testing::over_ipv6;
using testing::shipped;
using testing::SteppedRun;

struct Step {
    const char* held;     // what is in flight
    const char* states;   // of client and server, agreed by model and kernel
    const char* connect;  // what has become of the call
    const char* accept;
};

class HeldInBothFamilies : public ::testing::TestWithParam<bool> {
  public:
    lesson::Lesson lesson(const std::string& id) const {
        return GetParam() ? over_ipv6(id) : shipped(id);
    }
};
INSTANTIATE_TEST_SUITE_P(Held, HeldInBothFamilies, ::testing::Values(false, true),
                         [](const auto& family) { return family.param ? "IPv6" : "IPv4"; });

TEST_P(HeldInBothFamilies, TheHandshakeStepByStep) {
    SteppedRun run(lesson("handshake"));
    const Step steps[] = {
        {"SYN", "SYN_SENT LISTEN", "blocked", "blocked"},
        {"SYN, ACK", "SYN_SENT SYN_RCVD", "blocked", "blocked"},
        // connect() returns at the second segment, while the third is held.
        {"ACK", "ESTABLISHED SYN_RCVD", "returned 0", "blocked"},
    };
    ASSERT_TRUE(run.settle()) << run.text();
    for (const Step& step : steps) {
        EXPECT_EQ(run.next_flags(), step.held) << run.text();
        EXPECT_EQ(run.states_now(), step.states) << run.text();
        EXPECT_EQ(run.call(Role::Client, "connect"), step.connect) << run.text();
        EXPECT_EQ(run.call(Role::Server, "accept"), step.accept) << run.text();
        run.deliver();
    }
    EXPECT_EQ(run.status(), LabRun::Status::Finished) << run.text();
    EXPECT_TRUE(run.call(Role::Server, "accept").starts_with("returned")) << run.text();
    EXPECT_EQ(run.states_now(), "ESTABLISHED ESTABLISHED") << run.text();
    EXPECT_EQ(run.disagreements(), "") << run.text();
}

TEST_P(HeldInBothFamilies, TheFourWayCloseStepByStep) {
    SteppedRun run(lesson("four-way-close"));
    ASSERT_TRUE(run.settle()) << run.text();
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(run.deliver()) << run.text();
    const Step steps[] = {
        {"PSH, ACK", "ESTABLISHED ESTABLISHED", "", ""},
        {"ACK", "FIN_WAIT_1 ESTABLISHED", "", ""},
        {"FIN, ACK", "FIN_WAIT_1 ESTABLISHED", "", ""},
        {"ACK", "FIN_WAIT_1 CLOSE_WAIT", "", ""},
        {"FIN, ACK", "FIN_WAIT_2 LAST_ACK", "", ""},
        {"ACK", "TIME_WAIT LAST_ACK", "", ""},
    };
    for (const Step& step : steps) {
        // Where the receiver delays its ACK nothing is in flight for a moment.
        while (run.next() == 0 && run.wait()) {
        }
        run.settle();
        EXPECT_EQ(run.next_flags(), step.held) << run.text();
        EXPECT_EQ(run.states_now(), step.states) << run.text();
        run.deliver();
    }
    EXPECT_EQ(run.status(), LabRun::Status::Finished) << run.text();
    EXPECT_EQ(run.states_now(), "TIME_WAIT CLOSED") << run.text();
    EXPECT_EQ(run.disagreements(), "") << run.text();
}

// The last but one event before connect() returned is the delivery of the second segment.
TEST(Held, ACallReturnsAfterTheDeliveryThatItWaitedFor) {
    SteppedRun run(shipped("handshake"));
    run.deliver_all();
    std::optional<model::Time> delivered[4], connected, accepted;
    for (const model::Event& event : run.trace.events()) {
        if (const auto* f = std::get_if<model::SegmentDelivered>(&event.fact); f && f->id < 4) {
            delivered[f->id] = event.time;
        }
        if (const auto* f = std::get_if<model::CallReturned>(&event.fact)) {
            if (f->call == "connect") connected = event.time;
            if (f->call == "accept") accepted = event.time;
        }
    }
    ASSERT_TRUE(delivered[2] && delivered[3] && connected && accepted) << run.text();
    EXPECT_LT(*delivered[2], *connected) << run.text();
    EXPECT_LT(*connected, *delivered[3]) << run.text();
    EXPECT_LT(*delivered[3], *accepted) << run.text();
}

}  // namespace
}  // namespace tcpstep::lab
