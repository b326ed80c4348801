#include "tests/model/tracking/tracker_of.hpp"

namespace tcpstep::model::tracking {
namespace {

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
