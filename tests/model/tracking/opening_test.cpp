#include "tests/model/tracking/tracker_of.hpp"

namespace tcpstep::model::tracking {
namespace {

TEST_P(TrackerOf, HandshakeAndFourWayClose) {
    story.handshake().four_way_close();
    EXPECT_STATES("CLOSED SYN_SENT ESTABLISHED FIN_WAIT_1 FIN_WAIT_2 TIME_WAIT",
                  "LISTEN SYN_RCVD ESTABLISHED CLOSE_WAIT LAST_ACK CLOSED?");
}

TEST_P(TrackerOf, ASynThatNobodyAnswers) {
    story.client("S", 0).client("S", 0).client("S", 0);
    EXPECT_STATES("CLOSED SYN_SENT", "");
}

TEST_P(TrackerOf, TheAckOfTheHandshakeWithNothingAfterIsAssumedToHaveArrived) {
    story.handshake();
    EXPECT_STATES("CLOSED SYN_SENT ESTABLISHED", "LISTEN SYN_RCVD ESTABLISHED?");
}

TEST_P(TrackerOf, ASynAckSentAgainShowsThatTheServerIsStillInSynRcvd) {
    story.handshake().wait(std::chrono::seconds(1)).server("SA", 0, 1);
    EXPECT_STATES("CLOSED SYN_SENT ESTABLISHED", "LISTEN SYN_RCVD");
}

TEST_P(TrackerOf, ASynAckThatIsNotAnsweredLeavesTheClientInSynSent) {
    story.client("S", 0).server("SA", 0, 1).client("S", 0).server("SA", 0, 1);
    EXPECT_STATES("CLOSED SYN_SENT?", "LISTEN SYN_RCVD");
    EXPECT_EQ(states(tracked(story, std::chrono::milliseconds(900)), Role::Client),
              "CLOSED SYN_SENT");
}

TEST_P(TrackerOf, AFullAcceptQueueIgnoresTheThirdSegment) {
    story.handshake().server("SA", 0, 1).client("A", 1, 1).server("SA", 0, 1).client("A", 1, 1);
    EXPECT_STATES("CLOSED SYN_SENT ESTABLISHED", "LISTEN SYN_RCVD ESTABLISHED?");
}

TEST_P(TrackerOf, AFinMayCompleteTheHandshake) {
    story.handshake().server("SA", 0, 1).client("FA", 1, 1).server("A", 1, 2);
    EXPECT_STATES("CLOSED SYN_SENT ESTABLISHED FIN_WAIT_1 FIN_WAIT_2?",
                  "LISTEN SYN_RCVD ESTABLISHED CLOSE_WAIT");
}

TEST_P(TrackerOf, SimultaneousOpen) {
    story.client("S", 0).server("S", 0).server("SA", 0, 1).client("SA", 0, 1);
    story.client("PA", 1, 1, 3).server("A", 1, 4);
    EXPECT_STATES("CLOSED SYN_SENT SYN_RCVD ESTABLISHED", "CLOSED SYN_SENT SYN_RCVD ESTABLISHED");
}

TEST_P(TrackerOf, ASimultaneousOpenMayBeAsymmetric) {
    // The client's SYN is lost, and sent again as SYN,ACK; the server takes this in SYN_SENT.
    story.client("S", 0).server("S", 0).client("SA", 0, 1).server("A", 1, 1);
    EXPECT_STATES("CLOSED SYN_SENT SYN_RCVD ESTABLISHED?", "CLOSED SYN_SENT ESTABLISHED");
}

TEST_P(TrackerOf, FastOpenServerSendsBeforeTheHandshakeIsComplete) {
    story.client("S", 0, 0, 5).server("SA", 0, 6).server("PA", 1, 6, 3).client("A", 6, 4);
    EXPECT_STATES("CLOSED SYN_SENT ESTABLISHED", "LISTEN SYN_RCVD ESTABLISHED?");
}

TEST_P(TrackerOf, FastOpenServerMayCloseInSynRcvd) {
    story.client("S", 0, 0, 5).server("SA", 0, 6).server("FA", 1, 6).client("A", 6, 2);
    EXPECT_STATES("CLOSED SYN_SENT ESTABLISHED CLOSE_WAIT",
                  "LISTEN SYN_RCVD FIN_WAIT_1 FIN_WAIT_2?");
}

TEST_P(TrackerOf, AFastOpenServerThatAbortsMayNeverHaveBeenEstablished) {
    story.clock(100).client("S", 0, 0, 5).clock(500, 100).server("SA", 0, 6);
    story.clock(100, 500).client("A", 6, 1).clock(511, 100).server("RA", 1, 6);
    const Tracker tracker = tracked(story);
    EXPECT_EQ(states(tracker, Role::Server), "LISTEN SYN_RCVD ESTABLISHED? CLOSED");
}

TEST_P(TrackerOf, WhoOpenedFromBothSidesMayHaveClosedBeforeTheAckCame) {
    story.client("S", 0).server("S", 0).server("SA", 0, 1).client("SA", 0, 1);
    story.client("A", 1, 1).server("A", 1, 1).client("FA", 1, 1).server("A", 1, 2);
    const Tracker tracker = tracked(story);
    EXPECT_EQ(states(tracker, Role::Client),
              "CLOSED SYN_SENT SYN_RCVD ESTABLISHED? FIN_WAIT_1 FIN_WAIT_2?");
}

TEST_P(TrackerOf, WhichOfTwoSegmentsCameFirstMayBeAGuess) {
    // The RST answers the data; whether the ACK of the FIN came before it nobody can tell.
    story.client("S", 0).wait(std::chrono::milliseconds(10)).server("SA", 0, 1).client("A", 1, 1);
    story.client("FA", 1, 1).server("PA", 1, 1, 4).server("A", 5, 2).client("R", 1);
    const Tracker tracker = tracked(story);
    EXPECT_EQ(states(tracker, Role::Client), "CLOSED SYN_SENT ESTABLISHED FIN_WAIT_1 CLOSED?");
}

}  // namespace
}  // namespace tcpstep::model::tracking
