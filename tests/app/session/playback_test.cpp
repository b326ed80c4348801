#include "app/session/playback.hpp"

#include <gtest/gtest.h>

#include "tests/app/view/sample_run.hpp"

namespace tcpstep::session {
namespace {

using namespace std::chrono_literals;
using model::Flags;
using model::Role;
using view::TimelineIndex;

constexpr Moment kStart = Moment(1000s);

// Ten calls, each entered and returned, and before them the scenario: 21 events, 20 of them steps.
// The stops are 0, 2, 3, ... 21.
model::Trace ten_calls() {
    testing::RunBuilder run;
    for (int i = 0; i < 10; ++i)
        run.call(Role::Client, "socket").returns(Role::Client, "socket", i);
    return run.trace;
}

struct Sample {
    explicit Sample(model::Trace t = ten_calls()) : trace(std::move(t)), timeline(trace) {
        index.catch_up(timeline);
    }
    model::Trace trace;
    model::Timeline timeline;
    TimelineIndex index;
};

TEST(Playback, BeginsAtTheBeginning) {
    const Playback playback;
    EXPECT_EQ(playback.position(), 0U);
    EXPECT_FALSE(playback.playing());
    EXPECT_FALSE(playback.following());
    EXPECT_EQ(playback.speed(), 1);
    EXPECT_FALSE(playback.next_due().has_value());
}

TEST(Playback, MovesByHand) {
    const Sample sample;
    struct Case {
        const char* what;
        void (*move)(Playback&, const TimelineIndex&);
        std::size_t from, to;
    };
    const Case cases[] = {
        {"step", [](Playback& p, const TimelineIndex& i) { p.step_forward(i); }, 0, 2},
        {"step", [](Playback& p, const TimelineIndex& i) { p.step_forward(i); }, 2, 3},
        {"step at the end", [](Playback& p, const TimelineIndex& i) { p.step_forward(i); }, 21, 21},
        {"back", [](Playback& p, const TimelineIndex& i) { p.step_back(i); }, 3, 2},
        {"back", [](Playback& p, const TimelineIndex& i) { p.step_back(i); }, 2, 0},
        {"back at the beginning", [](Playback& p, const TimelineIndex& i) { p.step_back(i); }, 0,
         0},
        {"home", [](Playback& p, const TimelineIndex&) { p.home(); }, 7, 0},
        {"end", [](Playback& p, const TimelineIndex& i) { p.end(i); }, 7, 21},
        {"5 tenths", [](Playback& p, const TimelineIndex& i) { p.seek_tenth(i, 5); }, 7, 10},
        {"0 tenths", [](Playback& p, const TimelineIndex& i) { p.seek_tenth(i, 0); }, 7, 0},
        {"9 tenths", [](Playback& p, const TimelineIndex& i) { p.seek_tenth(i, 9); }, 7, 18},
        {"seek beyond", [](Playback& p, const TimelineIndex& i) { p.seek(i, 99); }, 7, 21},
    };
    for (const Case& c : cases) {
        Playback playback;
        playback.seek(sample.index, c.from);
        c.move(playback, sample.index);
        EXPECT_EQ(playback.position(), c.to) << c.what << " from " << c.from;
    }
}

TEST(Playback, PlaysTwoStepsASecond) {
    const Sample sample;
    Playback playback;
    playback.toggle_play(sample.index, false, kStart);
    EXPECT_EQ(playback.next_due(), kStart + 500ms);
    EXPECT_FALSE(playback.advance(sample.index, false, kStart + 499ms));
    EXPECT_EQ(playback.position(), 0U);
    EXPECT_TRUE(playback.advance(sample.index, false, kStart + 500ms));
    EXPECT_EQ(playback.position(), 2U);
    EXPECT_TRUE(playback.advance(sample.index, false, kStart + 1000ms));
    EXPECT_EQ(playback.position(), 3U);
}

TEST(Playback, CatchesUpAfterAPause) {
    const Sample sample;
    Playback playback;
    playback.toggle_play(sample.index, false, kStart);
    EXPECT_TRUE(playback.advance(sample.index, false, kStart + 2s));
    EXPECT_EQ(playback.position(), 5U);  // four steps: 2, 3, 4, 5
}

TEST(Playback, SpeedsDoubleAndHaveBounds) {
    const Sample sample;
    Playback playback;
    const double faster[] = {2, 4, 8, 8};
    for (double speed : faster) {
        playback.faster();
        EXPECT_EQ(playback.speed(), speed);
    }
    const double slower[] = {4, 2, 1, 0.5, 0.25, 0.25};
    for (double speed : slower) {
        playback.slower();
        EXPECT_EQ(playback.speed(), speed);
    }
    playback.toggle_play(sample.index, false, kStart);
    EXPECT_EQ(playback.next_due(), kStart + 2s);
}

TEST(Playback, StopsAtTheEndOfWhatWillEverCome) {
    const Sample sample;
    Playback playback;
    playback.toggle_play(sample.index, false, kStart);
    EXPECT_TRUE(playback.advance(sample.index, false, kStart + 1h));
    EXPECT_EQ(playback.position(), 21U);
    EXPECT_FALSE(playback.playing());
}

TEST(Playback, StartedAtTheEndItBeginsAnew) {
    const Sample sample;
    Playback playback;
    playback.end(sample.index);
    playback.toggle_play(sample.index, false, kStart);
    EXPECT_EQ(playback.position(), 0U);
    EXPECT_TRUE(playback.playing());
}

TEST(Playback, WaitsAtTheEndOfARunThatGoesOn) {
    Sample sample;
    Playback playback;
    playback.end(sample.index);
    playback.toggle_play(sample.index, true, kStart);
    EXPECT_EQ(playback.position(), 21U);
    EXPECT_FALSE(playback.advance(sample.index, true, kStart + 10s));
    EXPECT_TRUE(playback.playing());
    // Nothing is owed for the ten seconds.
    EXPECT_EQ(playback.next_due(), kStart + 10500ms);
}

TEST(Playback, MovingByHandPauses) {
    const Sample sample;
    for (auto move : {+[](Playback&p, const TimelineIndex&i) { p.step_forward(i); },
                      +[](Playback&p, const TimelineIndex&i) { p.step_back(i); },
                      +[](Playback&p, const TimelineIndex&i) { p.seek_tenth(i, 3); },
                      +[](Playback&p, const TimelineIndex&i) { p.end(i); },
                      +[](Playback&p, const TimelineIndex&) { p.home(); }}) {
        Playback playback;
        playback.toggle_play(sample.index, false, kStart);
        move(playback, sample.index);
        EXPECT_FALSE(playback.playing());
    }
}

TEST(Playback, FollowsOnlyAfterEnd) {
    Sample sample;
    Playback playback;
    playback.seek(sample.index, 21);
    Playback following;
    following.end(sample.index);

    model::Event more;
    more.time = sample.trace.events().back().time;
    more.fact = model::Marker{"note", "more"};
    sample.trace.append(more);
    sample.timeline.catch_up();
    sample.index.catch_up(sample.timeline);
    playback.grown(sample.index);
    following.grown(sample.index);
    EXPECT_EQ(playback.position(), 21U);
    EXPECT_EQ(following.position(), 22U);
    following.step_back(sample.index);
    following.grown(sample.index);
    EXPECT_EQ(following.position(), 21U);
}

TEST(Playback, AnEmptyTimelineHoldsStill) {
    const Sample sample{model::Trace()};
    Playback playback;
    playback.step_forward(sample.index);
    playback.step_back(sample.index);
    playback.seek_tenth(sample.index, 9);
    playback.toggle_play(sample.index, false, kStart);
    playback.advance(sample.index, false, kStart + 1h);
    EXPECT_EQ(playback.position(), 0U);
    EXPECT_FALSE(playback.playing());
}

}  // namespace
}  // namespace tcpstep::session
