#include "model/connection.hpp"

#include <gtest/gtest.h>

#include "tests/model/story.hpp"

namespace tcpstep::model {
namespace {

using testing::Story;

TEST(Connection, AGatedSegmentIsInFlightUntilItIsDelivered) {
    Story story;
    story.lab(true).listen().client("S", 0);
    ASSERT_EQ(story.result().in_flight.size(), 1U);
    EXPECT_FALSE(story.result().in_flight[0].held);
    EXPECT_EQ(story.result().server.state(), State::Listen);

    story.fact(SegmentHeld{1});
    EXPECT_TRUE(story.result().in_flight[0].held);

    story.fact(SegmentDelivered{1});
    EXPECT_TRUE(story.result().in_flight.empty());
    EXPECT_EQ(story.result().server.state(), State::SynRcvd);
}

TEST(Connection, ADroppedSegmentNeverArrives) {
    Story story;
    story.lab(true).listen().client("S", 0).fact(SegmentDropped{1}).fact(SegmentDelivered{1});
    EXPECT_EQ(story.result().server.state(), State::Listen);
    EXPECT_EQ(story.result().client.state(), State::SynSent);
}

TEST(Connection, ACopyArrivesBesideTheOriginal) {
    Story story;
    story.lab(true).listen().client("S", 0).fact(SegmentDuplicated{1, 2}).fact(SegmentDropped{1});
    ASSERT_EQ(story.result().in_flight.size(), 1U);
    story.fact(SegmentDelivered{2});
    EXPECT_EQ(story.result().server.state(), State::SynRcvd);
}

TEST(Connection, AnInjectedRstMovesItsReceiverOnly) {
    Story story;
    story.lab(true)
        .listen()
        .client("S", 0)
        .fact(SegmentDelivered{1})
        .server("SA", 0, 1)
        .fact(SegmentDelivered{2});
    Segment rst;
    rst.id = 3;
    rst.from = Role::Server;
    rst.flags = Flags(Flags::kRst);
    rst.seq = SeqNum(5001);
    story.fact(SegmentInjected{rst}).fact(SegmentDelivered{3});
    EXPECT_EQ(story.result().client.state(), State::Closed);
    EXPECT_EQ(story.result().server.state(), State::SynRcvd);
}

TEST(Connection, ACallIsOpenUntilItReturns) {
    Story story;
    story.lab().fact(CallEntered{1, Role::Server, "accept", {{"fd", std::int64_t{3}}}});
    ASSERT_EQ(story.result().open_calls.size(), 1U);
    EXPECT_EQ(story.result().open_calls[0].call.call, "accept");
    story.fact(CallReturned{1, Role::Server, "accept", 4, ""});
    EXPECT_TRUE(story.result().open_calls.empty());
}

TEST(Connection, FactsAboutWhatIsNotThereAreHarmless) {
    Story story;
    story.fact(SegmentDelivered{9})
        .fact(SegmentDropped{9})
        .fact(SegmentHeld{9})
        .fact(SegmentDuplicated{9, 10});
    story.fact(CallReturned{9, Role::Server, "listen", 0, ""});
    EXPECT_TRUE(story.result().in_flight.empty());
    EXPECT_EQ(story.result().server.state(), State::Unknown);
}

TEST(Connection, LostSegmentsAreCarried) {
    Story story;
    story.fact(SegmentsLost{7});
    EXPECT_EQ(story.result().segments_lost, 7U);
}

}  // namespace
}  // namespace tcpstep::model
