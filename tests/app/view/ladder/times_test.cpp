#include "app/view/ladder/times.hpp"

#include <gtest/gtest.h>

#include "app/view/ladder/axis.hpp"
#include "tests/app/view/ladder/sample.hpp"

namespace tcpstep::view::ladder {
namespace {

using namespace model;
using namespace std::chrono_literals;
using namespace testing;

// Steps one millisecond apart, and a pause of ten seconds before the last one.
Trace with_pause() {
    Trace trace;
    const Time begin{};
    for (int i = 0; i < 9; ++i) trace.append({begin + i * 1ms, {}, Marker{"note", "x"}});
    trace.append({begin + 10s, {}, Marker{"note", "y"}});
    return trace;
}

TEST(LadderTimes, LinearIsTheTimeSinceTheFirstEvent) {
    const LadderSample sample(with_pause());
    EXPECT_EQ(sample.times.at(0, TimeAxis::Linear), 0ms);
    EXPECT_EQ(sample.times.at(3, TimeAxis::Linear), 3ms);
    EXPECT_EQ(sample.times.at(9, TimeAxis::Linear), 10s);
}

TEST(LadderTimes, CollapsedCutsWhatIsMuchLongerThanUsual) {
    const LadderSample sample(with_pause());
    EXPECT_EQ(sample.times.at(8, TimeAxis::Collapsed), 8ms);
    EXPECT_EQ(sample.times.at(9, TimeAxis::Collapsed), 8ms + sample.times.limit());
    EXPECT_GE(sample.times.limit(), 1ms);
    EXPECT_LT(sample.times.limit(), 9ms);
    EXPECT_EQ(sample.times.cut_before(8, sample.index), std::nullopt);
    EXPECT_EQ(sample.times.cut_before(9, sample.index), 10s - 8ms);
}

// As in a lesson whose segments are held: calls a few microseconds apart, segments some
// milliseconds, then TIME_WAIT.
TEST(LadderTimes, WhatIsLongIsSoBesideAllOtherGaps) {
    Trace trace;
    Time now{};
    const auto step = [&](Duration gap) { trace.append({now += gap, {}, Marker{"note", "x"}}); };
    for (int i = 0; i < 10; ++i) {
        for (int k = 0; k < 4; ++k) step(20us * (k + 1));
        step(1ms);
        step(7730us);
    }
    step(57s);
    step(8ms);
    const LadderSample sample(trace);
    for (std::size_t i = 0; i < sample.timeline.size(); ++i) {
        const auto cut = sample.times.cut_before(i, sample.index);
        EXPECT_EQ(cut.has_value(), i == 60) << i;
        if (cut) {
            EXPECT_EQ(*cut, 57s);
        }
    }
    // It is drawn no shorter than what is not cut.
    EXPECT_GE(sample.times.limit(), 8ms);
    EXPECT_LE(sample.times.limit(), 17ms);
}

TEST(LadderTimes, NothingIsCutWhereNoGapStandsApart) {
    Trace trace;
    Time now{};
    Duration gap = 1ms;
    for (int i = 0; i < 12; ++i) trace.append({now += gap += 1ms, {}, Marker{"note", "x"}});
    const LadderSample sample(trace);
    for (std::size_t i = 0; i < sample.timeline.size(); ++i)
        EXPECT_FALSE(sample.times.cut_before(i, sample.index)) << i;
}

TEST(LadderTimes, GrowAsTheTimelineDoes) {
    const Trace whole = whole_run(true);
    Trace grown;
    for (const ConnectionId& id : whole.connections()) grown.intern(id);
    Timeline timeline(grown, 0);
    TimelineIndex index;
    LadderTimes times;
    for (const Event& event : whole.events()) {
        grown.append(event);
        timeline.catch_up();
        index.catch_up(timeline);
        times.catch_up(timeline, index);
    }
    const LadderSample sample(whole);
    ASSERT_EQ(times.size(), sample.times.size());
    for (std::size_t i = 0; i < times.size(); ++i) {
        for (TimeAxis axis : {TimeAxis::Linear, TimeAxis::Collapsed})
            EXPECT_EQ(times.at(i, axis), sample.times.at(i, axis)) << i;
    }
}

TEST(LadderAxis, AllOfALinearTimeIsInSight) {
    const LadderSample sample(with_pause());
    LadderInput input = sample.input_at(10, 760, 400);
    input.axis = TimeAxis::Linear;
    const LadderAxis axis(input);
    EXPECT_LT(axis.end(10), 400);
    EXPECT_GT(axis.end(10), 200);
    // In proportion.
    EXPECT_NEAR((axis.at(8) - axis.at(0)) / (axis.at(9) - axis.at(0)), 0.0008, 1e-6);
    input.zoom = 10;
    EXPECT_NEAR(LadderAxis(input).at(9) - axis.at(0), 10 * (axis.at(9) - axis.at(0)), 1e-3);
}

TEST(LadderAxis, FindsTheFirstEventBelowAPlaceOnEachAxis) {
    const LadderSample sample(whole_run(true));
    for (TimeAxis kind : {TimeAxis::ByEvent, TimeAxis::Linear, TimeAxis::Collapsed}) {
        LadderInput input = sample.input_at(sample.timeline.size(), 760, 400);
        input.axis = kind;
        const LadderAxis axis(input);
        EXPECT_EQ(axis.first_below(-5), 0U);
        EXPECT_EQ(axis.first_below(1e7), sample.timeline.size());
        const std::size_t i = axis.first_below(axis.end(sample.timeline.size()) / 2);
        ASSERT_LT(i, sample.timeline.size());
        EXPECT_GE(axis.end(i + 1), axis.end(sample.timeline.size()) / 2);
    }
}

TEST(Ladder, OnAnAxisOfTimeShowsGapsThatWereCut) {
    const LadderSample sample(with_pause());
    LadderInput input = sample.input_at(10, 760, 2000);
    input.axis = TimeAxis::Collapsed;
    const Ladder ladder = lay_out_ladder(input);
    ASSERT_EQ(ladder.breaks.size(), 1U);
    EXPECT_EQ(ladder.breaks[0].length, 10s - 8ms);
    EXPECT_TRUE(says(ladder, "9.99 s"));
    input.axis = TimeAxis::Linear;
    EXPECT_TRUE(lay_out_ladder(input).breaks.empty());
}

TEST(Ladder, LongTimesAreWholeAndRound) {
    for (const auto& [pause, round] :
         {std::pair{400s, "2 min"}, std::pair{3 * 3600s, "2 h"}, std::pair{30 * 3600s, "12 h"}}) {
        testing::RunBuilder run;
        run.send(Role::Client, Flags::kSyn, 0, 0).later(pause);
        run.send(Role::Server, Flags::kSyn | Flags::kAck, 0, 1);
        const LadderSample sample(run.trace);
        for (const TimeAxis axis : {TimeAxis::ByEvent, TimeAxis::Linear, TimeAxis::Collapsed}) {
            LadderInput input = sample.input_at(sample.timeline.size(), 760, 400);
            input.axis = axis;
            const Ladder ladder = lay_out_ladder(input);
            for (const LadderText& text : ladder.texts) {
                if (text.box.right() > ladder.column) continue;
                EXPECT_EQ(text.text.find("…"), std::string::npos) << text.text;
            }
            EXPECT_TRUE(axis != TimeAxis::Linear || says(ladder, round)) << round;
        }
    }
}

TEST(Ladder, ALinearAxisHasRoundMoments) {
    const LadderSample sample(with_pause());
    LadderInput input = sample.input_at(10, 760, 400);
    input.axis = TimeAxis::Linear;
    const Ladder ladder = lay_out_ladder(input);
    EXPECT_TRUE(says(ladder, "5.00 s") || says(ladder, "4.00 s") || says(ladder, "5 s"));
}

}  // namespace
}  // namespace tcpstep::view::ladder
