#include "model/timeline.hpp"

#include <random>

#include <gtest/gtest.h>

#include "tests/model/story.hpp"

namespace tcpstep::model {
namespace {

using testing::Story;

Story long_story() {
    Story story(0xffffff00);
    story.lab().listen().handshake();
    for (std::uint32_t i = 0; i < 200; ++i) {
        story.client("PA", 1 + 5 * i, 1, 5).server("A", 1, 6 + 5 * i);
    }
    return story;
}

TEST(Timeline, FoldOfEveryPrefixEqualsApplyingOneByOne) {
    const Story story = long_story();
    const Timeline timeline(story.trace(), ConnectionIndex{0});
    ASSERT_GT(timeline.size(), 4 * Timeline::kStride);
    Connection one_by_one;
    EXPECT_EQ(timeline.at(0), one_by_one);
    for (std::size_t i = 0; i < timeline.size(); ++i) {
        EXPECT_EQ(apply(one_by_one, timeline.event(i)), timeline.effects(i)) << "event " << i;
        EXPECT_EQ(timeline.at(i + 1), one_by_one) << "after event " << i;
    }
}

TEST(Timeline, AnyOrderOfLookingGivesTheSame) {
    const Story story = long_story();
    const Timeline forward(story.trace(), ConnectionIndex{0});
    std::vector<Connection> expected;
    for (std::size_t p = 0; p <= forward.size(); ++p) expected.push_back(forward.at(p));

    const Timeline jumping(story.trace(), ConnectionIndex{0});
    for (std::size_t p = expected.size(); p-- > 0;)
        EXPECT_EQ(jumping.at(p), expected[p]) << "back at " << p;
    std::mt19937 random(7);
    std::uniform_int_distribution<std::size_t> any(0, expected.size() - 1);
    for (int i = 0; i < 500; ++i) {
        const std::size_t p = any(random);
        EXPECT_EQ(jumping.at(p), expected[p]) << "jump to " << p;
    }
}

TEST(Timeline, GrowsWithItsTrace) {
    const Story story = long_story();
    Trace growing;
    growing.intern(story.trace().connections()[0]);
    Timeline timeline(growing, ConnectionIndex{0});
    for (const Event& event : story.trace().events()) {
        growing.append(event);
        timeline.catch_up();
    }
    const Timeline whole(story.trace(), ConnectionIndex{0});
    ASSERT_EQ(timeline.size(), whole.size());
    for (std::size_t p = 0; p <= whole.size(); ++p) EXPECT_EQ(timeline.at(p), whole.at(p));
}

TEST(Timeline, SeesItsConnectionAndWhatConcernsAll) {
    Story story;
    story.lab().listen().handshake();
    Trace trace = story.trace();
    const ConnectionIndex other = trace.intern(*parse_connection_id("127.0.0.1:2-127.0.0.1:8000"));
    Segment syn;
    syn.id = 99;
    syn.flags = Flags(Flags::kSyn);
    trace.append({trace.events().back().time, other, SegmentSent{syn}});

    const Timeline first(trace, ConnectionIndex{0});
    EXPECT_EQ(first.size(), 6U);
    EXPECT_EQ(first.event_of_segment(99), std::nullopt);
    const Timeline second(trace, other);
    EXPECT_EQ(second.size(), 4U);
    EXPECT_EQ(second.at(4).client.state(), State::SynSent);
    EXPECT_EQ(second.at(4).server.state(), State::SynRcvd) << "it shares the listener";
    const Timeline none(trace);
    EXPECT_EQ(none.size(), 3U);
    EXPECT_EQ(none.at(3).server.state(), State::Listen);
}

TEST(Timeline, FindsSegmentsAndWhatACopyCopies) {
    Story story;
    story.lab(true)
        .listen()
        .client("S", 0)
        .fact(SegmentDuplicated{1, 2})
        .fact(SegmentDuplicated{2, 3});
    const Timeline timeline(story.trace(), ConnectionIndex{0});
    EXPECT_EQ(timeline.event_of_segment(1), 3U);
    EXPECT_EQ(timeline.event_of_segment(3), 5U);
    ASSERT_NE(timeline.segment(3), nullptr);
    EXPECT_TRUE(timeline.segment(3)->flags.syn());
    EXPECT_EQ(timeline.segment(4), nullptr);
}

TEST(Timeline, ACopyOfItselfEndsNowhere) {
    Story story;
    story.fact(SegmentDuplicated{5, 5});
    const Timeline timeline(story.trace(), ConnectionIndex{0});
    EXPECT_EQ(timeline.segment(5), nullptr);
}

}  // namespace
}  // namespace tcpstep::model
