#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "model/connection.hpp"
#include "model/timeline.hpp"
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

TEST(Connection, ACopyStandsRightBehindAndAnInjectedSegmentBeforeAll) {
    Story story;
    story.lab(true).listen().client("S", 0).client("S", 0).fact(SegmentHeld{1});
    story.fact(SegmentDuplicated{1, 3});
    Segment rst;
    rst.id = 4;
    story.fact(SegmentInjected{rst});
    const Connection connection = story.result();
    std::vector<SegmentId> order;
    for (const InFlight& one : connection.in_flight) order.push_back(one.segment.id);
    EXPECT_EQ(order, (std::vector<SegmentId>{4, 1, 3, 2}));
    EXPECT_TRUE(connection.in_flight[2].held) << "as what it copies";
    EXPECT_EQ(next_held(connection)->segment.id, 4U);
}

TEST(Connection, WhatIsHeldBackStandsBehindAnother) {
    struct Case {
        SegmentId id, behind;
        std::vector<SegmentId> order;
    };
    for (const Case& c : {Case{1, 2, {2, 1, 3}}, Case{1, 3, {2, 3, 1}}, Case{3, 1, {1, 3, 2}},
                          Case{2, 2, {1, 2, 3}}, Case{1, 0, {1, 2, 3}}, Case{9, 1, {1, 2, 3}}}) {
        Story story;
        story.lab(true).listen().client("S", 0).client("S", 0).client("S", 0);
        story.fact(SegmentHeldBack{c.id, c.behind});
        std::vector<SegmentId> order;
        for (const InFlight& one : story.result().in_flight) order.push_back(one.segment.id);
        EXPECT_EQ(order, c.order) << c.id << " behind " << c.behind;
        const bool waits = c.behind == 0;
        EXPECT_EQ(story.result().in_flight[0].held_back, waits) << c.id << " behind " << c.behind;
        story.fact(SegmentHeld{c.id});
        EXPECT_FALSE(story.result().in_flight[0].held_back);
    }
}

TEST(Connection, AnAbsorbedCopyIsNotNextUntilItStandsForItself) {
    Story story;
    story.lab(true).listen().client("S", 0).fact(SegmentHeld{1});
    Segment again = story.result().in_flight[0].segment;
    again.id = 2;
    story.fact(SegmentSent{again, 1});
    EXPECT_EQ(absorbed_copies(story.result(), 1), 1U);
    EXPECT_EQ(next_held(story.result())->segment.id, 1U);
    story.fact(SegmentDropped{1});
    EXPECT_EQ(next_held(story.result()), nullptr);
    story.fact(SegmentHeld{2});
    EXPECT_EQ(absorbed_copies(story.result(), 1), 0U);
    EXPECT_EQ(next_held(story.result())->segment.id, 2U);
}

TEST(Connection, InSlowMotionASegmentGoesOnByItself) {
    Story story;
    story.lab(true).listen().client("S", 0).fact(SegmentHeld{1, 400});
    const Connection connection = story.result();
    EXPECT_EQ(connection.in_flight[0].passes_at,
              story.trace().events().back().time + std::chrono::milliseconds(400));
    EXPECT_EQ(next_held(connection), nullptr) << "it waits for nobody";
    story.fact(SegmentHeld{1});
    EXPECT_EQ(story.result().in_flight[0].passes_at, std::nullopt);
}

}  // namespace
}  // namespace tcpstep::model
