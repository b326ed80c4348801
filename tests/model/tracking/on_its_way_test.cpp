#include "tests/model/tracking/tracker_of.hpp"

namespace tcpstep::model::tracking {
namespace {

using std::chrono::milliseconds;

TEST_P(TrackerOf, AnOlderEchoDeniesThatTheAckOfTheSynHadArrived) {
    // Fast Open: the server may speak before the third segment has come.
    story.clock(100).client("S", 0, 0, 5).clock(500, 100).server("SA", 0, 6);
    story.clock(120, 500).client("A", 6, 1).clock(520, 100).server("FA", 1, 6);
    // Whether the client has got the FIN by now nobody tells.
    EXPECT_STATES("CLOSED SYN_SENT ESTABLISHED?", "LISTEN SYN_RCVD FIN_WAIT_1");
}

TEST_P(TrackerOf, AnEchoShowsThatTheAckOfTheFinArrived) {
    story.clock(100).handshake().clock(110, 100).client("FA", 1, 1);
    story.clock(120, 110).server("A", 1, 2).clock(130, 120).client("A", 2, 1);
    EXPECT_STATES("CLOSED SYN_SENT ESTABLISHED FIN_WAIT_1 FIN_WAIT_2",
                  "LISTEN SYN_RCVD ESTABLISHED CLOSE_WAIT");
}

TEST_P(TrackerOf, ACopyOfAnOldSegmentShowsNothing) {
    // Its clock is older than its sender's: the server is not in SYN_RCVD any more.
    story.clock(100).client("S", 0).clock(500, 100).server("SA", 0, 1);
    story.clock(110, 500).client("A", 1, 1).clock(520, 110).server("PA", 1, 1, 3);
    story.clock(500, 100).server("SA", 0, 1);
    const Tracker tracker = tracked(story);
    EXPECT_EQ(states(tracker, Role::Server), "LISTEN SYN_RCVD ESTABLISHED");
}

TEST_P(TrackerOf, AFinAndTheRstBehindItMayLeaveNoTimeForAnAck) {
    story.handshake().client("PA", 1, 1, 4).server("A", 1, 5).client("FA", 5, 1).client("RA", 6, 1);
    const Tracker tracker = tracked(story);
    EXPECT_EQ(states(tracker, Role::Server), "LISTEN SYN_RCVD ESTABLISHED CLOSE_WAIT? CLOSED?");
}

TEST_P(TrackerOf, AFinThatWasNotAcknowledgedInTimeWasLost) {
    story.handshake().client("PA", 1, 1, 4).client("FA", 5, 1).wait(milliseconds(500));
    story.server("A", 1, 5).wait(milliseconds(1)).client("R", 5);
    const Tracker tracker = tracked(story);
    EXPECT_EQ(states(tracker, Role::Server), "LISTEN SYN_RCVD ESTABLISHED CLOSED?");
}

TEST_P(TrackerOf, ARstThatWasOnItsWayComesAfterWhatItMet) {
    story.client("S", 0).wait(milliseconds(10)).server("SA", 0, 1).client("A", 1, 1);
    story.client("PA", 1, 1, 4).wait(milliseconds(10)).server("A", 1, 5);
    story.client("RA", 5, 1).wait(milliseconds(1)).server("PA", 1, 5, 3);
    const Tracker tracker = tracked(story);
    EXPECT_EQ(states(tracker, Role::Server), "LISTEN SYN_RCVD ESTABLISHED CLOSED?");
    EXPECT_EQ(tracker.changes().back().after, story.next_id() - 1);
}

TEST_P(TrackerOf, ARstThatAnswersTheAckOfTheFinShowsThatThisCameTooLate) {
    story.handshake().client("FA", 1, 1).server("PA", 1, 1, 4).client("R", 1);
    story.server("A", 5, 2).client("R", 2);
    const Tracker tracker = tracked(story);
    EXPECT_EQ(states(tracker, Role::Client), "CLOSED SYN_SENT ESTABLISHED FIN_WAIT_1 CLOSED");
}

TEST_P(TrackerOf, ARstInTheNameOfOneThatLivesWasNotItsOwn) {
    story.handshake().client("PA", 1, 1, 4).server("A", 1, 5).client("RA", 5, 1);
    story.wait(milliseconds(50)).server("A", 1, 5).client("PA", 5, 1, 4).server("A", 1, 9);
    EXPECT_STATES("CLOSED SYN_SENT ESTABLISHED", "LISTEN SYN_RCVD ESTABLISHED");
}

}  // namespace
}  // namespace tcpstep::model::tracking
