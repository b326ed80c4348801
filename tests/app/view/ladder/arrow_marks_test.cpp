#include "app/view/ladder/arrow_marks.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include <gtest/gtest.h>

namespace tcpstep::view::ladder {
namespace {

constexpr float kEm = 18;

Arrow arrow(SegmentKind kind, Flight flight = Flight::Arrives, bool again = false) {
    Arrow one;
    one.segment = 1;
    one.from = {100, 50};
    one.to = {500, 90};
    one.kind = kind;
    one.flight = flight;
    one.again = again;
    if (flight == Flight::InFlight) one.grown = 0.5F;
    return one;
}

constexpr SegmentKind kKinds[] = {SegmentKind::Syn, SegmentKind::Fin, SegmentKind::Rst,
                                  SegmentKind::Data, SegmentKind::Ack};

// Longer than it is thick: not a dot.
bool is_dash(const Stroke& stroke) {
    return stroke.off > 0 && stroke.on > 2 * stroke.thickness;
}

TEST(ArrowMarks, DashesAreOfRetransmissionsOnly) {
    for (const SegmentKind kind : kKinds) {
        for (const Flight flight :
             {Flight::Arrives, Flight::InFlight, Flight::Lost, Flight::Ghost}) {
            for (const Stroke& stroke : marks_of(arrow(kind, flight), kEm).strokes)
                EXPECT_FALSE(is_dash(stroke)) << static_cast<int>(kind);
        }
        for (const Flight flight : {Flight::Arrives, Flight::InFlight, Flight::Lost}) {
            const ArrowMarks marks = marks_of(arrow(kind, flight, true), kEm);
            EXPECT_TRUE(std::any_of(marks.strokes.begin(), marks.strokes.end(), is_dash))
                << static_cast<int>(kind);
        }
    }
}

TEST(ArrowMarks, KindsDifferWithoutTheirColours) {
    using Seen = std::tuple<std::size_t, float, bool, bool>;
    for (const bool again : {false, true}) {
        std::set<Seen> seen;
        for (const SegmentKind kind : kKinds) {
            const ArrowMarks marks = marks_of(arrow(kind, Flight::Arrives, again), kEm);
            seen.insert({marks.strokes.size(), marks.strokes.front().thickness,
                         marks.strokes.front().off > 0, marks.disc.has_value()});
        }
        EXPECT_EQ(seen.size(), std::size(kKinds)) << again;
    }
}

TEST(ArrowMarks, AFinIsTwoWholeLinesBesideEachOther) {
    const ArrowMarks marks = marks_of(arrow(SegmentKind::Fin), kEm);
    ASSERT_EQ(marks.strokes.size(), 3U) << "two lines and the bar at the tail";
    const Stroke& a = marks.strokes[0];
    const Stroke& b = marks.strokes[1];
    EXPECT_EQ(a.off, 0);
    EXPECT_EQ(b.off, 0);
    const float apart = std::abs(a.from.y - b.from.y);
    EXPECT_GT(apart, a.thickness + 1) << "a gap is seen";
    EXPECT_LT(a.to.x, 500) << "they end in the head";
    EXPECT_GE(thickness_of(arrow(SegmentKind::Fin), kEm), apart + a.thickness);
    EXPECT_EQ(marks.head->tip, (Point{500, 90}));
}

TEST(ArrowMarks, WhatHasNotComeToPassIsThinGreyDots) {
    const ArrowMarks held = marks_of(arrow(SegmentKind::Data, Flight::InFlight), kEm);
    ASSERT_EQ(held.strokes.size(), 2U);
    const Stroke& rest = held.strokes[0];
    EXPECT_EQ(rest.from, (Point{300, 70}));
    EXPECT_EQ(rest.to, (Point{500, 90}));
    EXPECT_EQ(rest.colour, ColourRole::Edge);
    EXPECT_GT(rest.off, 0);
    EXPECT_EQ(held.strokes[1].to, rest.from);
    EXPECT_EQ(held.strokes[1].off, 0);
    EXPECT_FALSE(held.head.has_value()) << "it has not arrived";
    const ArrowMarks ghost = marks_of(arrow(SegmentKind::Syn, Flight::Ghost), kEm);
    ASSERT_EQ(ghost.strokes.size(), 1U);
    EXPECT_EQ(ghost.strokes[0].on, rest.on);
    EXPECT_EQ(ghost.strokes[0].colour, ColourRole::Edge);
    EXPECT_FALSE(ghost.disc.has_value());
}

TEST(ArrowMarks, WhatIsLostEndsInACrossAndHasNoHead) {
    const ArrowMarks lost = marks_of(arrow(SegmentKind::Ack, Flight::Lost), kEm);
    ASSERT_EQ(lost.strokes.size(), 3U);
    for (const Stroke& stroke : {lost.strokes[1], lost.strokes[2]}) {
        EXPECT_EQ(stroke.colour, ColourRole::Rst);
        EXPECT_EQ((stroke.from.x + stroke.to.x) / 2, 500);
    }
    EXPECT_FALSE(lost.head.has_value());
}

TEST(ArrowMarks, GrowWithTheLetters) {
    const Arrow fin = arrow(SegmentKind::Fin);
    EXPECT_FLOAT_EQ(marks_of(fin, 36).strokes[0].thickness,
                    2 * marks_of(fin, 18).strokes[0].thickness);
    EXPECT_FLOAT_EQ(thickness_of(fin, 36), 2 * thickness_of(fin, 18));
    EXPECT_FLOAT_EQ(tail_box(fin, 36).h, 2 * tail_box(fin, 18).h);
}

TEST(ArrowMarks, TheBoxesAreAroundWhatStandsAtTheEnds) {
    EXPECT_TRUE(tail_box(arrow(SegmentKind::Rst), kEm).contains({100, 50}));
    EXPECT_EQ(tail_box(arrow(SegmentKind::Data), kEm).h, 0);
    const Rect head = end_box(arrow(SegmentKind::Ack), kEm);
    EXPECT_FLOAT_EQ(head.right(), 500);
    EXPECT_GT(head.w, 10);
    EXPECT_LT(head.y, 90);
    EXPECT_GT(head.bottom(), 90);
    EXPECT_TRUE(end_box(arrow(SegmentKind::Ack, Flight::Lost), kEm).contains({500, 90}));
    EXPECT_EQ(end_box(arrow(SegmentKind::Ack, Flight::InFlight), kEm).h, 0);
}

}  // namespace
}  // namespace tcpstep::view::ladder
