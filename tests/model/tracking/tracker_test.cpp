#include "model/tracking/tracker.hpp"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "tests/model/story.hpp"

namespace tcpstep::model::tracking {
namespace {

using model::testing::Story;

Tracker tracked(const Story& story, Duration silence = {}) {
    Tracker tracker;
    Time last;
    for (const Event& event : story.trace().events()) {
        const auto* sent = std::get_if<SegmentSent>(&event.fact);
        if (sent != nullptr) tracker.take(summary_of(sent->segment, event.time));
        last = event.time;
    }
    tracker.finish(last + silence);
    return tracker;
}

// "SYN_SENT ESTABLISHED?": the states in order; a question mark where one is only assumed.
std::string states(const Tracker& tracker, Role role) {
    std::string text;
    for (const TrackedChange& change : tracker.changes()) {
        if (change.endpoint != role) continue;
        if (!text.empty()) text += ' ';
        text += name(change.to);
        if (change.doubt != Doubt::None) text += '?';
    }
    return text;
}

// Every story again where the circle closes.
class TrackerOf : public ::testing::TestWithParam<std::uint32_t> {
  public:
    Story story{GetParam(), GetParam() + 7};
};
INSTANTIATE_TEST_SUITE_P(AtIsn, TrackerOf,
                         ::testing::Values(1000U, 0xffffffffU, 0xfffffffeU, 0U - 34U));

#define EXPECT_STATES(client_states, server_states)              \
    do {                                                         \
        const Tracker tracker = tracked(story);                  \
        EXPECT_EQ(states(tracker, Role::Client), client_states); \
        EXPECT_EQ(states(tracker, Role::Server), server_states); \
    } while (false)

// ---- Opening ----

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

// ---- Refusal and reset ----

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

// ---- Closing ----

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

// ---- What is still on its way ----

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

// ---- Other connections between the same addresses ----

TEST_P(TrackerOf, ASegmentOfAnEarlierConnectionIsPassedOver) {
    story.client("S", 0).server("FA", 0U - 70000, 0U - 90000).server("SA", 0, 1).client("A", 1, 1);
    EXPECT_STATES("CLOSED SYN_SENT ESTABLISHED", "LISTEN SYN_RCVD ESTABLISHED?");
}

TEST_P(TrackerOf, AnotherSynAckForTheSameSynBeginsAnew) {
    story.client("S", 0).server("SA", 0, 1).server("SA", 4000000, 1).client("A", 1, 4000001);
    story.client("PA", 1, 4000001, 3).server("A", 4000001, 4);
    EXPECT_STATES("CLOSED SYN_SENT ESTABLISHED", "LISTEN SYN_RCVD ESTABLISHED");
}

TEST(Tracker, GivesWayToTheNextConnection) {
    Story story;
    story.client("S", 0);
    Tracker tracker = tracked(story);
    tracker.give_way(Role::Client);
    EXPECT_EQ(states(tracker, Role::Client), "CLOSED SYN_SENT CLOSED?");
}

TEST(Tracker, ASocketConnectedToItselfIsTheClientAlone) {
    Story story(1000, 1000);
    story.client("S", 0).client("SA", 0, 1).client("A", 1, 1).client("PA", 1, 1, 3);
    story.client("A", 4, 4).client("FA", 4, 4).client("A", 5, 5);
    Tracker tracker(true);
    for (const Event& event : story.trace().events()) {
        tracker.take(summary_of(std::get<SegmentSent>(event.fact).segment, event.time));
    }
    EXPECT_EQ(states(tracker, Role::Client),
              "CLOSED SYN_SENT SYN_RCVD ESTABLISHED FIN_WAIT_1 CLOSING TIME_WAIT?");
    EXPECT_EQ(states(tracker, Role::Server), "");
}

// ---- Captures that begin in the middle ----

TEST_P(TrackerOf, NothingIsKnownFromAnAckAlone) {
    story.client("A", 10, 20).server("A", 20, 10);
    EXPECT_STATES("", "");
}

TEST_P(TrackerOf, WhoSendsDataInTheMiddleIsTakenForEstablished) {
    story.client("PA", 10, 20, 5).server("A", 20, 15);
    EXPECT_STATES("ESTABLISHED?", "");
}

TEST_P(TrackerOf, EstablishedIsProvedOnceBothSendWhatIsNew) {
    story.client("PA", 10, 20, 5).server("PA", 20, 15, 5).client("PA", 15, 25, 5);
    story.server("PA", 25, 20, 5);
    EXPECT_STATES("ESTABLISHED", "ESTABLISHED");
}

TEST_P(TrackerOf, ACloseWhoseBeginningWasNotCaptured) {
    story.client("FA", 10, 20).server("FA", 20, 11).client("A", 11, 21);
    // When the client sent its FIN, it had not taken the server's. But that may have been lost
    // before.
    EXPECT_STATES("ESTABLISHED? FIN_WAIT_1 FIN_WAIT_2 TIME_WAIT",
                  "ESTABLISHED? CLOSE_WAIT? LAST_ACK? CLOSED?");
}

TEST_P(TrackerOf, ASynAckWithoutItsSyn) {
    story.server("SA", 0, 1).client("A", 1, 1).client("PA", 1, 1, 3).server("A", 1, 4);
    EXPECT_STATES("SYN_SENT? ESTABLISHED", "LISTEN? SYN_RCVD ESTABLISHED");
}

// ---- Where the capture begins, and ends ----

TEST_P(TrackerOf, WhatFollowsAnAssumedBeginningIsAssumedToo) {
    // The client's FIN was sent before: its ACK comes first here.
    story.server("A", 1, 2).server("FA", 1, 2).client("A", 2, 2);
    EXPECT_STATES("ESTABLISHED? CLOSE_WAIT?", "ESTABLISHED? FIN_WAIT_1? FIN_WAIT_2?");
}

TEST_P(TrackerOf, ARstEndsWhatWasAssumed) {
    story.client("A", 1, 1, 10).server("A", 1, 11, 10).server("RA", 11, 11);
    EXPECT_STATES("ESTABLISHED? CLOSED?", "ESTABLISHED? CLOSED");
}

TEST_P(TrackerOf, WhatWasCapturedLastMayHaveArrived) {
    story.lab().client("S", 0).server("SA", 0, 1);
    EXPECT_STATES("CLOSED SYN_SENT?", "LISTEN SYN_RCVD");
    // Its answer would have been captured by now.
    EXPECT_EQ(states(tracked(story, std::chrono::milliseconds(900)), Role::Client),
              "CLOSED SYN_SENT");
}

// ---- Long talks ----

// 31 bits tell what is before the initial sequence number no longer.
TEST_P(TrackerOf, MoreThan2GiBIsOneConnectionStill) {
    story.handshake();
    constexpr std::uint32_t kStride = 1U << 26U;
    std::uint32_t at = 1;
    for (int i = 0; i < 70; ++i, at += kStride) {
        story.client("PA", at, 1, kStride).server("A", 1, at + kStride);
        if (i % 23 != 22) continue;  // at 1.4, 2.9 and 4.3 GiB
        Story closed = story;
        closed.client("FA", at + kStride, 1)
            .server("FA", 1, at + kStride + 1)
            .client("A", at + kStride + 1, 2);
        EXPECT_EQ(states(tracked(closed), Role::Client),
                  "CLOSED SYN_SENT ESTABLISHED FIN_WAIT_1 FIN_WAIT_2 TIME_WAIT")
            << i;
        Story reset = story;
        reset.client("RA", at + kStride, 1);
        EXPECT_EQ(states(tracked(reset), Role::Client), "CLOSED SYN_SENT ESTABLISHED CLOSED") << i;
    }
}

// Files may state any time.
TEST_P(TrackerOf, TimesFarApartOrBackwardsOverflowNothing) {
    story.handshake().client("PA", 1, 1, 10).server("A", 1, 11).client("PA", 1, 1, 10);
    story.four_way_close();
    for (const Duration step : {Duration(9'100'000'000'000'000'000), Duration(-5'000'000'000)}) {
        Tracker tracker;
        Time time;
        for (const Event& event : story.trace().events()) {
            const auto& segment = std::get<SegmentSent>(event.fact).segment;
            time = segment.id % 2 == 0 ? Time(step) : Time();
            tracker.take(summary_of(segment, time));
        }
        tracker.finish(time);
        EXPECT_TRUE(states(tracker, Role::Client).starts_with("CLOSED SYN_SENT ESTABLISHED"));
    }
}

}  // namespace
}  // namespace tcpstep::model::tracking
