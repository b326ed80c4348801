// What each loss does: who sends again, and that the connection recovers, with real timers.
#include <gtest/gtest.h>

#include "tests/live/performance.hpp"

namespace tcpstep::lab {
namespace {

using model::Role;
using testing::shipped;
using testing::SteppedRun;

struct Loss {
    const char* name;
    int nth;            // which segment of the four-way close is lost
    const char* again;  // who heals it, with what
    const char* or_else = "";
};

void PrintTo(const Loss& loss, std::ostream* out) {
    *out << loss.name;
}

class Losing : public ::testing::TestWithParam<Loss> {};
INSTANTIATE_TEST_SUITE_P(Held, Losing,
                         ::testing::Values(Loss{"Syn", 1, "client SYN"},
                                           // Both timers run out within the same second.
                                           Loss{"SynAck", 2, "client SYN", "server SYN, ACK"},
                                           Loss{"ThirdAck", 3, "server SYN, ACK"},
                                           Loss{"Data", 4, "client PSH, ACK"},
                                           Loss{"Fin", 6, "client FIN, ACK"},
                                           Loss{"AckOfFin", 7, "client FIN, ACK"},
                                           Loss{"SecondFin", 8, "server FIN, ACK"},
                                           Loss{"LastAck", 9, "server FIN, ACK"}),
                         [](const auto& loss) { return loss.param.name; });

TEST_P(Losing, IsHealedByTheKernelsTimers) {
    SteppedRun run(shipped("four-way-close"));
    int taken = 0;
    std::size_t lost_at = 0;
    while (run.settle()) {
        if (run.next() == 0) {
            run.wait();
        } else if (++taken == GetParam().nth) {
            lost_at = run.trace.events().size();
            run.drop();
        } else {
            run.deliver();
        }
        ASSERT_LT(taken, 40) << run.text();
    }
    EXPECT_EQ(run.status(), LabRun::Status::Finished) << run.text();
    EXPECT_EQ(run.states(Role::Client),
              "CLOSED SYN_SENT ESTABLISHED FIN_WAIT_1 FIN_WAIT_2 TIME_WAIT")
        << run.text();
    EXPECT_EQ(run.states(Role::Server),
              "CLOSED LISTEN SYN_RCVD ESTABLISHED CLOSE_WAIT LAST_ACK CLOSED")
        << run.text();
    EXPECT_EQ(run.disagreements(), "") << run.text();

    const model::Timeline line = run.timeline();
    bool healed = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const auto* sent = std::get_if<model::SegmentSent>(&line.event(i).fact);
        if (sent == nullptr || i < lost_at || sent->copy_of != 0) continue;
        if (line.effects(i).retransmission_of == 0) continue;
        const std::string what =
            std::string(name(sent->segment.from)) + " " + to_label(sent->segment.flags);
        healed = healed || what == GetParam().again || what == GetParam().or_else;
    }
    EXPECT_TRUE(healed) << run.text();
}

}  // namespace
}  // namespace tcpstep::lab
