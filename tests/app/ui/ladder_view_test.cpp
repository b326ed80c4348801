#include "app/ui/ladder_view.hpp"

#include <gtest/gtest.h>

#include "app/view/ladder/axis.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::ui {
namespace {

using namespace session;

constexpr Moment kNow{};

// A recording, looked at from its end, and a ladder of 300 pixels' height.
struct Seen {
    Seen() {
        session.open_recording(testing::whole_run(), "run.qlog");
        session.apply(GoEnd{}, kNow);
    }
    view::ladder::LadderInput frame(const LadderGesture& gesture = {}) {
        ladder.catch_up(session);
        view::ladder::LadderInput input{session.timeline(), session.index(), ladder.rows()};
        input.position = session.position();
        input.width = 760;
        input.height = 300;
        input.em = 18;
        input.measure = [](view::TextStyle style, std::string_view text) {
            return 10 * view::scale_of(style) * static_cast<float>(text.size());
        };
        ladder.settle(input, gesture, false);
        return input;
    }
    double end() const { return ladder.content() - 300; }

    Session session;
    LadderView ladder;
};

TEST(LadderView, FollowsWhatHappensUntilItIsMoved) {
    Seen seen;
    const double followed = seen.frame().scroll;
    const double end = seen.end();
    EXPECT_EQ(followed, end);
    EXPECT_GT(end, 100);
    EXPECT_EQ(seen.frame({-50}).scroll, end - 50);
    EXPECT_FALSE(seen.ladder.follows());
    EXPECT_EQ(seen.frame().scroll, end - 50);
    LadderGesture follow;
    follow.follow = true;
    EXPECT_EQ(seen.frame(follow).scroll, end);
    EXPECT_TRUE(seen.ladder.follows());
}

const view::ladder::Arrow* arrow_of(const view::ladder::Ladder& ladder, model::SegmentId id) {
    for (const view::ladder::Arrow& arrow : ladder.arrows)
        if (arrow.segment == id) return &arrow;
    return nullptr;
}

float lowest_box(const view::ladder::Ladder& ladder) {
    float lowest = 0;
    for (const view::ladder::LadderText& text : ladder.texts)
        if (text.frame == view::ladder::Frame::Box || text.frame == view::ladder::Frame::FaintBox)
            lowest = std::max(lowest, text.box.bottom());
    return lowest;
}

// Also where the list of events and the rules leave the ladder hardly any room.
TEST(LadderView, WhatIsHeldStaysInSightWhileItFollows) {
    for (const model::Trace& trace :
         {testing::held_handshake(), testing::impatient_handshake(), testing::busy_wire()}) {
        Session session;
        session.open_recording(trace, "run.qlog");
        std::size_t held = 0;
        for (std::size_t at = 1; at <= session.timeline().size(); ++at) {
            session.apply(Seek{at}, kNow);
            for (const bool live : {false, true}) {
                for (const float height : {40.0F, 80.0F, 150.0F, 300.0F}) {
                    LadderView view;
                    view.catch_up(session);
                    view::ladder::LadderInput input{session.timeline(), session.index(),
                                                    view.rows()};
                    input.position = session.position();
                    if (live) input.now = session.timeline().event(at - 1).time;
                    input.width = 760;
                    input.height = height;
                    input.em = 18;
                    input.measure = [](view::TextStyle style, std::string_view text) {
                        return 10 * view::scale_of(style) * static_cast<float>(text.size());
                    };
                    view.settle(input, {}, true);
                    const auto ladder = view::ladder::lay_out_ladder(input);
                    if (!ladder.held) continue;
                    ++held;
                    EXPECT_GE(ladder.held->box.y, 0) << at << ", " << height;
                    EXPECT_LE(ladder.held->box.bottom(), height + 0.01F) << at << ", " << height;
                    // So is its tail, or what has happened and the boxes need all the room.
                    const view::ladder::Arrow* arrow = arrow_of(ladder, ladder.held->segment);
                    ASSERT_NE(arrow, nullptr);
                    if (arrow->from.y >= 0 || ladder.held->box.y <= 1.4F * input.em + 0.01F)
                        continue;
                    const double now =
                        view::ladder::LadderAxis(input).end(input.position) - input.scroll;
                    const float lowest = std::max(lowest_box(ladder), static_cast<float>(now));
                    EXPECT_GE(lowest + 2 * input.em, height - 0.01F) << at << ", " << height;
                }
            }
        }
        EXPECT_GT(held, 0U);
    }
}

// With its tail, rather than room for what comes; and what has happened since is in sight too.
TEST(LadderView, TheNewestArrowStaysInSightWhileItFollows) {
    std::size_t seen = 0;
    for (const bool v6 : {false, true}) {
        Session session;
        session.open_recording(testing::whole_run(v6), "run.qlog");
        for (std::size_t at = 1; at <= session.timeline().size(); ++at) {
            session.apply(Seek{at}, kNow);
            for (const float height : {90.0F, 130.0F, 200.0F, 300.0F}) {
                LadderView view;
                view.catch_up(session);
                view::ladder::LadderInput input{session.timeline(), session.index(), view.rows()};
                input.position = session.position();
                input.width = 760;
                input.height = height;
                input.em = 18;
                input.measure = [](view::TextStyle style, std::string_view text) {
                    return 10 * view::scale_of(style) * static_cast<float>(text.size());
                };
                view.settle(input, {}, true);
                const auto newest = view::ladder::newest_segment(input);
                if (!newest) continue;
                const double end = view::ladder::LadderAxis(input).end(input.position);
                EXPECT_LE(end - input.scroll, height + 0.01) << at << ", " << height;
                if (end - newest->top + 2 * 18 > height) continue;
                EXPECT_GE(newest->top - input.scroll, input.scroll > 0 ? 18 : 0)
                    << at << ", " << height;
                ++seen;
            }
        }
    }
    EXPECT_GT(seen, 40U);
}

TEST(LadderView, IsMovedNoFurtherThanItReaches) {
    Seen seen;
    EXPECT_EQ(seen.frame({-1e6F}).scroll, 0);
    const double on = seen.frame({1e6F}).scroll;
    EXPECT_EQ(on, seen.end());
}

TEST(LadderView, ZoomsAroundWhatIsPointedAt) {
    Seen seen;
    seen.frame({-100});
    const double before = seen.frame().scroll;
    LadderGesture zoom;
    zoom.zoom = 1;
    zoom.zoom_at = 120;
    const view::ladder::LadderInput input = seen.frame(zoom);
    EXPECT_FLOAT_EQ(input.zoom, 1.25F);
    const double pad = view::ladder::LadderAxis(input).at(0);
    EXPECT_NEAR(input.scroll, (before + 120 - pad) * 1.25 + pad - 120, 0.01);
    zoom.zoom = -1;
    EXPECT_NEAR(seen.frame(zoom).scroll, before, 0.01);
    EXPECT_TRUE(seen.ladder.has_normal_size());
}

// On the axes of time, however often, what follows sees now; and on any a key keeps it where it is.
TEST(LadderView, NowStaysInSightWhileItZooms) {
    const auto now_at = [](const view::ladder::LadderInput& input) {
        return view::ladder::LadderAxis(input).end(input.position) - input.scroll;
    };
    for (const model::Trace& trace : {testing::whole_run(), testing::held_handshake(),
                                      testing::impatient_handshake(), testing::busy_wire()}) {
        for (const view::TimeAxis axis :
             {view::TimeAxis::ByEvent, view::TimeAxis::Linear, view::TimeAxis::Collapsed}) {
            Seen seen;
            seen.session.open_recording(trace, "run.qlog");
            seen.session.apply(ChooseTimeAxis{axis}, kNow);
            for (std::size_t at = 1; at <= seen.session.timeline().size(); ++at) {
                seen.session.apply(Seek{at}, kNow);
                LadderGesture reset;
                reset.reset = true;
                seen.frame(reset);
                LadderGesture zoom;
                zoom.zoom = 1;
                for (int step = 0; step < 12; ++step) {
                    const double now = now_at(seen.frame(zoom));
                    // By event the whole box of what is held comes first.
                    if (axis == view::TimeAxis::ByEvent) continue;
                    EXPECT_GE(now, 0) << at << ", " << step << " on " << static_cast<int>(axis);
                    EXPECT_LE(now, 300.01)
                        << at << ", " << step << " on " << static_cast<int>(axis);
                }
                // Moved by hand it does not follow any more.
                const double moved = now_at(seen.frame({-40}));
                if (seen.ladder.follows() || moved < 0 || moved > 300) continue;
                const double kept = now_at(seen.frame(zoom));
                EXPECT_NEAR(kept, moved, 0.5) << at << " on " << static_cast<int>(axis);
            }
        }
    }
}

TEST(LadderView, ZoomsNoFurtherThanMakesSense) {
    Seen seen;
    LadderGesture zoom;
    zoom.zoom = -100;
    const view::ladder::LadderInput all = seen.frame(zoom);
    EXPECT_NEAR(view::ladder::ladder_height(all, false), 300, 30);
    zoom.zoom = 100;
    seen.frame(zoom);  // stops at the normal size
    EXPECT_EQ(seen.frame().zoom, 1);
    EXPECT_EQ(seen.frame(zoom).zoom, 8);
}

TEST(LadderView, FollowingAlreadyItReturnsToItsNormalSize) {
    Seen seen;
    LadderGesture zoom;
    zoom.zoom = 2;
    seen.frame(zoom);
    EXPECT_TRUE(seen.ladder.follows());
    LadderGesture follow;
    follow.follow = true;
    EXPECT_EQ(seen.frame(follow).zoom, 1);
}

TEST(LadderView, TakesTheCommandsThatAreItsOwn) {
    Seen seen;
    EXPECT_TRUE(seen.ladder.take(ZoomLadder{2}));
    EXPECT_TRUE(seen.ladder.take(MoveInList{-1}));
    EXPECT_TRUE(seen.ladder.take(FollowLadder{}));
    EXPECT_FALSE(seen.ladder.take(StepBack{}));
    const LadderGesture asked = seen.ladder.asked_by_key(18);
    EXPECT_EQ(asked.zoom, 2);
    EXPECT_LT(asked.pan, 0);
    EXPECT_TRUE(asked.follow);
    EXPECT_EQ(seen.ladder.asked_by_key(18).zoom, 0);
}

TEST(LadderView, AnotherTimelineOrAxisIsSeenFromItsEnd) {
    Seen seen;
    seen.frame({-50});
    seen.session.apply(ChooseTimeAxis{view::TimeAxis::Linear}, kNow);
    EXPECT_EQ(seen.frame().axis, view::TimeAxis::Linear);
    EXPECT_TRUE(seen.ladder.follows());
    seen.session.apply(ChooseTimeAxis{view::TimeAxis::ByEvent}, kNow);
    seen.frame({-50});
    EXPECT_FALSE(seen.ladder.follows());
    seen.session.open_recording(testing::whole_run(), "another.qlog");
    seen.frame();
    EXPECT_TRUE(seen.ladder.follows());
}

}  // namespace
}  // namespace tcpstep::ui
