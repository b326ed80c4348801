#include <algorithm>

#include "tests/model/tracking/tracker_of.hpp"

namespace tcpstep::model::tracking {
namespace {

TEST_P(TrackerOf, FinAndAckInOneSegmentStillPassFinWait2) {
    story.handshake().client("FA", 1, 1).server("FA", 1, 2).client("A", 2, 2);
    EXPECT_STATES("CLOSED SYN_SENT ESTABLISHED FIN_WAIT_1 FIN_WAIT_2 TIME_WAIT",
                  "LISTEN SYN_RCVD ESTABLISHED CLOSE_WAIT LAST_ACK CLOSED?");
}

TEST_P(TrackerOf, CrossingFinsPassClosing) {
    story.handshake().client("FA", 1, 1).server("FA", 1, 1).server("A", 2, 2).client("A", 2, 2);
    // The client may have got the ACK of its FIN before the FIN: its answer would be the same.
    EXPECT_STATES("CLOSED SYN_SENT ESTABLISHED FIN_WAIT_1 CLOSING? TIME_WAIT?",
                  "LISTEN SYN_RCVD ESTABLISHED FIN_WAIT_1 CLOSING TIME_WAIT?");
    const auto changes = tracked(story).changes();
    const auto closing = std::find_if(changes.begin(), changes.end(), [](const auto& change) {
        return change.endpoint == Role::Client && change.to == State::Closing;
    });
    ASSERT_NE(closing, changes.end());
    EXPECT_EQ(closing->doubt, Doubt::OrderUnknown);
}

TEST_P(TrackerOf, AFinCountsOnceItIsAcknowledged) {
    story.handshake().client("PA", 1, 1, 4).client("FA", 5, 1).server("A", 1, 1).server("FA", 1, 1);
    EXPECT_STATES("CLOSED SYN_SENT ESTABLISHED FIN_WAIT_1?",
                  "LISTEN SYN_RCVD ESTABLISHED FIN_WAIT_1");
}

TEST_P(TrackerOf, AFinBehindAGapTakesEffectWhenTheGapIsFilled) {
    story.handshake().client("PA", 1, 1, 4).client("FA", 5, 1).server("A", 1, 1);
    story.client("PA", 1, 1, 4).server("A", 1, 6);
    const Tracker tracker = tracked(story);
    EXPECT_EQ(states(tracker, Role::Server), "LISTEN SYN_RCVD ESTABLISHED CLOSE_WAIT");
    const auto& changes = tracker.changes();
    const auto close_wait = std::find_if(changes.begin(), changes.end(), [](const auto& change) {
        return change.to == State::CloseWait;
    });
    ASSERT_NE(close_wait, changes.end());
    EXPECT_EQ(close_wait->after, 7U);
    EXPECT_EQ(close_wait->cause, 5U);
}

TEST_P(TrackerOf, AFinSentAgainShowsThatItsAckWasLost) {
    story.handshake().client("FA", 1, 1).server("A", 1, 2);
    story.wait(std::chrono::seconds(1)).client("FA", 1, 1);
    EXPECT_STATES("CLOSED SYN_SENT ESTABLISHED FIN_WAIT_1",
                  "LISTEN SYN_RCVD ESTABLISHED CLOSE_WAIT");
}

TEST_P(TrackerOf, TimeWaitAnswersARepeatedFin) {
    story.handshake().four_way_close().server("FA", 1, 2).client("A", 2, 2);
    EXPECT_STATES("CLOSED SYN_SENT ESTABLISHED FIN_WAIT_1 FIN_WAIT_2 TIME_WAIT",
                  "LISTEN SYN_RCVD ESTABLISHED CLOSE_WAIT LAST_ACK CLOSED?");
}

TEST_P(TrackerOf, SilenceShowsThatTheLastAckArrived) {
    story.handshake().four_way_close();
    EXPECT_EQ(states(tracked(story, std::chrono::seconds(4)), Role::Server),
              "LISTEN SYN_RCVD ESTABLISHED CLOSE_WAIT LAST_ACK CLOSED");
}

TEST_P(TrackerOf, SilenceShowsThatAnAckArrivedLate) {
    // The FIN is sent again though it was acknowledged, and then no more.
    story.handshake().client("FA", 1, 1).server("A", 1, 2);
    story.wait(std::chrono::milliseconds(200)).client("FA", 1, 1);
    EXPECT_EQ(states(tracked(story, std::chrono::seconds(4)), Role::Client),
              "CLOSED SYN_SENT ESTABLISHED FIN_WAIT_1 FIN_WAIT_2?");
}

TEST_P(TrackerOf, ACaptureThatEndsOnTheSecondFin) {
    story.handshake().client("FA", 1, 1).server("FA", 1, 2);
    EXPECT_STATES("CLOSED SYN_SENT ESTABLISHED FIN_WAIT_1?",
                  "LISTEN SYN_RCVD ESTABLISHED CLOSE_WAIT LAST_ACK");
    // FIN and ACK arrive together or not at all, and would be answered at once.
    EXPECT_EQ(states(tracked(story, std::chrono::milliseconds(900)), Role::Client),
              "CLOSED SYN_SENT ESTABLISHED FIN_WAIT_1");
}

TEST_P(TrackerOf, HalfClose) {
    story.handshake().client("FA", 1, 1).server("A", 1, 2).server("PA", 1, 2, 9).client("A", 2, 10);
    story.server("FA", 10, 2).client("A", 2, 11);
    EXPECT_STATES("CLOSED SYN_SENT ESTABLISHED FIN_WAIT_1 FIN_WAIT_2 TIME_WAIT",
                  "LISTEN SYN_RCVD ESTABLISHED CLOSE_WAIT LAST_ACK CLOSED?");
}

TEST_P(TrackerOf, AFinThatTheCaptureAloneSawMovesNobody) {
    story.handshake().client("FA", 1, 1);
    EXPECT_STATES("CLOSED SYN_SENT ESTABLISHED FIN_WAIT_1", "LISTEN SYN_RCVD ESTABLISHED?");
}

}  // namespace
}  // namespace tcpstep::model::tracking
