#include "tests/model/tracking/tracker_of.hpp"

namespace tcpstep::model::tracking {
namespace {

TEST_P(TrackerOf, RefusedConnection) {
    story.client("S", 0).server("RA", 0, 1);
    EXPECT_STATES("CLOSED SYN_SENT CLOSED?", "CLOSED");
}

TEST_P(TrackerOf, ARefusalThatDidNotArrive) {
    story.client("S", 0).server("RA", 0, 1).wait(std::chrono::seconds(1)).client("S", 0);
    EXPECT_STATES("CLOSED SYN_SENT", "CLOSED");
}

TEST_P(TrackerOf, ARstThatDoesNotAcknowledgeTheSynIsIgnored) {
    story.client("S", 0).server("RA", 0, 2);
    EXPECT_STATES("CLOSED SYN_SENT", "CLOSED");
}

TEST_P(TrackerOf, ARstAgainstASynAckShowsThatTheClientWasClosed) {
    story.client("S", 0).server("SA", 0, 1).client("R", 1);
    EXPECT_STATES("CLOSED SYN_SENT CLOSED?", "LISTEN SYN_RCVD LISTEN?");
}

TEST_P(TrackerOf, ARequestWhoseListenerIsGoneAnswersTheAckWithARst) {
    story.handshake().server("R", 1);
    EXPECT_STATES("CLOSED SYN_SENT ESTABLISHED CLOSED?", "LISTEN SYN_RCVD LISTEN");
}

TEST_P(TrackerOf, AnAbortWithAckShowsThatTheServerWasEstablished) {
    story.handshake().server("RA", 1, 1);
    EXPECT_STATES("CLOSED SYN_SENT ESTABLISHED CLOSED?", "LISTEN SYN_RCVD ESTABLISHED CLOSED");
}

TEST_P(TrackerOf, ARstThatWasNotTakenIsTakenBackWhenItsReceiverSpeaks) {
    story.handshake().client("PA", 1, 1, 4).server("A", 1, 5).client("R", 5);
    story.wait(std::chrono::seconds(1)).server("PA", 1, 5, 2);
    const Tracker tracker = tracked(story);
    EXPECT_EQ(states(tracker, Role::Server), "LISTEN SYN_RCVD ESTABLISHED");
}

TEST_P(TrackerOf, ARstOutOfWindowIsIgnored) {
    story.handshake().client("PA", 1, 1, 4).server("A", 1, 5).client("R", 70000);
    const Tracker tracker = tracked(story);
    EXPECT_EQ(states(tracker, Role::Server), "LISTEN SYN_RCVD ESTABLISHED");
}

TEST_P(TrackerOf, ARstOneBeforeCountsOnceTheFinHasArrived) {
    story.handshake().client("PA", 1, 1, 4).server("A", 1, 5).client("FA", 5, 1).server("A", 1, 6);
    story.client("R", 5);
    const Tracker tracker = tracked(story);
    EXPECT_EQ(states(tracker, Role::Server), "LISTEN SYN_RCVD ESTABLISHED CLOSE_WAIT CLOSED?");
}

TEST_P(TrackerOf, DataForAClosedSocketInFinWait2) {
    story.handshake().client("FA", 1, 1).server("A", 1, 2).server("PA", 1, 2, 3).client("R", 2);
    EXPECT_STATES("CLOSED SYN_SENT ESTABLISHED FIN_WAIT_1 FIN_WAIT_2 CLOSED",
                  "LISTEN SYN_RCVD ESTABLISHED CLOSE_WAIT CLOSED?");
}

}  // namespace
}  // namespace tcpstep::model::tracking
