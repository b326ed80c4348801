// What is in flight, as the ladder shows it: held, absorbed, in slow motion, expected.
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "tests/app/view/ladder/sample.hpp"

namespace tcpstep::view::ladder {
namespace {

using namespace model;
using namespace std::chrono_literals;
using namespace testing;

constexpr Role C = Role::Client;
constexpr Role S = Role::Server;

TEST(HeldOnTheLadder, StandsInABoxOnItsWayAndSaysSoWhileTheKernelWaits) {
    const LadderSample sample(held_handshake());
    const Ladder live = sample.live();
    const LadderText* box = box_of(live, 2);
    ASSERT_NE(box, nullptr);
    EXPECT_EQ(box->frame, Frame::Box);
    ASSERT_TRUE(live.held.has_value());
    EXPECT_EQ(live.held->segment, 2U);
    EXPECT_EQ(live.held->box, box->box);
    const Arrow& arrow = arrow_of(live, 2);
    EXPECT_NEAR(box->box.centre().x, (arrow.from.x + arrow.to.x) / 2, 1);
    EXPECT_NEAR(box->box.centre().y, (arrow.from.y + arrow.to.y) / 2, 1);
    EXPECT_FLOAT_EQ(arrow.grown, 0.5F);
    const LadderText* words = text_of(live, "held in flight – the kernel really is waiting");
    ASSERT_NE(words, nullptr);
    EXPECT_GT(words->box.y, box->box.bottom());
    // In a recording nothing waits any more.
    EXPECT_NE(box_of(sample.whole(), 2), nullptr);
    EXPECT_FALSE(says(sample.whole(), "held in flight – the kernel really is waiting"));
}

TEST(HeldOnTheLadder, ItsNumbersAreRightBelowIt) {
    const Ladder live = LadderSample(held_handshake()).live();
    const auto numbers =
        std::find_if(live.texts.begin(), live.texts.end(), [](const LadderText& text) {
            return text.segment == 2 && text.style == TextStyle::MonoSmall;
        });
    ASSERT_NE(numbers, live.texts.end());
    EXPECT_EQ(numbers->text.find("seq 0  ack 1  win 65495"), 0U) << numbers->text;
    EXPECT_GE(numbers->box.y, live.held->box.bottom());
    EXPECT_LE(numbers->box.y, live.held->box.bottom() + 0.6F * 18);
    const LadderText* words = text_of(live, "held in flight – the kernel really is waiting");
    ASSERT_NE(words, nullptr);
    EXPECT_GE(words->box.y, numbers->box.bottom());
}

// Three segments of data in flight, the first held back behind the second.
RunBuilder reordered_data() {
    RunBuilder run(true);
    for (std::uint32_t i = 0; i < 3; ++i) {
        run.send(C, Flags::kPsh | Flags::kAck, 1 + 5 * i, 1, 5).held(i + 1);
    }
    run.held_back(1, 2);
    return run;
}

TEST(HeldOnTheLadder, OthersAreFaintAndArriveInTheOrderThatWasChosen) {
    const Ladder ladder = LadderSample(reordered_data().trace).live();
    EXPECT_EQ(ladder.held->segment, 2U);
    EXPECT_EQ(box_of(ladder, 1)->frame, Frame::FaintBox);
    EXPECT_EQ(box_of(ladder, 3)->frame, Frame::FaintBox);
    // The first and the second cross.
    EXPECT_LT(arrow_of(ladder, 1).from.y, arrow_of(ladder, 2).from.y);
    EXPECT_GT(arrow_of(ladder, 1).to.y, arrow_of(ladder, 2).to.y);
    EXPECT_GT(arrow_of(ladder, 3).to.y, arrow_of(ladder, 1).to.y);
}

TEST(HeldOnTheLadder, ThereIsRoomToSayWhichOneWaitsThoughAnotherIsBehindIt) {
    RunBuilder run(true);
    run.send(S, Flags::kSyn, 0, 0).send(C, Flags::kSyn, 0, 0).held(1).held(2).absorbed(1);
    const Ladder ladder = LadderSample(run.trace).live();
    const LadderText* words = text_of(ladder, "held in flight – the kernel really is waiting");
    const LadderText* again = text_of(ladder, "sent again once");
    ASSERT_TRUE(words != nullptr && again != nullptr);
    // Below its box are its numbers, and below these the other's line would cross the words. So
    // they stand above it, both in the middle.
    const Rect box = box_of(ladder, 1)->box;
    for (const LadderText* said : {words, again})
        EXPECT_NEAR(said->box.centre().x, box.centre().x, 1) << said->text;
    for (const LadderText* said : {words, again}) {
        EXPECT_LE(said->box.y - box.bottom(), 2 * 18) << said->text;
        EXPECT_LE(box.y - said->box.bottom(), 2 * 18) << said->text;
    }
    const auto numbers = std::find_if(ladder.texts.begin(), ladder.texts.end(), [](const auto& t) {
        return t.segment == 1 && t.style == TextStyle::MonoSmall;
    });
    ASSERT_NE(numbers, ladder.texts.end()) << "the badge takes no place from them";
    EXPECT_EQ(numbers->text.substr(0, 4), "seq ");
    EXPECT_FLOAT_EQ(arrow_of(ladder, 2).grown, 0.5F);  // in the middle, as the first one
}

TEST(HeldOnTheLadder, EveryBoxIsOnItsWayAtEverySize) {
    for (float width : {300.0F, 500.0F, 760.0F, 1400.0F}) {
        const Ladder ladder = LadderSample(reordered_data().trace).live({}, width);
        for (SegmentId id : {1U, 2U, 3U}) {
            ASSERT_NE(box_of(ladder, id), nullptr) << width;
            const Rect box = box_of(ladder, id)->box;
            EXPECT_GE(box.x, ladder.client_x) << width;
            EXPECT_LE(box.right(), ladder.server_x) << width;
        }
    }
}

TEST(HeldOnTheLadder, NumbersAreLeftOutWhereAnotherArrowCrosses) {
    RunBuilder run(true);
    run.send(S, Flags::kSyn, 0, 0).send(C, Flags::kSyn, 0, 0).held(1).held(2);
    run.delivered(1).delivered(2);
    const Ladder ladder = LadderSample(run.trace).whole();
    for (const LadderText& text : ladder.texts) {
        if (text.style != TextStyle::MonoSmall) continue;
        for (const Arrow& arrow : ladder.arrows) {
            for (float t = 0; t <= 1; t += 0.01F) {
                const Point at = {arrow.from.x + t * (arrow.to.x - arrow.from.x),
                                  arrow.from.y + t * (arrow.to.y - arrow.from.y)};
                EXPECT_FALSE(text.box.contains(at)) << text.text << " of " << text.segment;
            }
        }
    }
}

// Where something else stands in the middle of its way the box is beside it, and the arrow knows.
TEST(HeldOnTheLadder, TheArrowEndsAtItsBox) {
    const LadderSample sample(busy_wire());
    std::size_t moved = 0;
    for (std::size_t position = 0; position <= sample.timeline.size(); ++position) {
        const Ladder ladder = sample.at(position, 1400);
        for (const Arrow& arrow : ladder.arrows) {
            const LadderText* box = box_of(ladder, arrow.segment);
            if (box == nullptr) continue;
            const float x = arrow.from.x + arrow.grown * (arrow.to.x - arrow.from.x);
            EXPECT_NEAR(box->box.centre().x, x, 1) << position;
            if (arrow.grown != 0.5F) ++moved;
        }
    }
    EXPECT_GT(moved, 0U);
}

TEST(HeldOnTheLadder, WhatNoEndSentComesFromNoLifeline) {
    auto run = reordered_data();
    run.duplicated(2).injected(S, Flags::kRst, 1);
    const LadderSample sample(run.trace);
    const Ladder ladder = sample.live();
    EXPECT_EQ(arrow_of(ladder, 5).kind, SegmentKind::Rst);
    EXPECT_EQ(ladder.held->segment, 5U);  // it overtakes all others
    EXPECT_LT(arrow_of(ladder, 5).from.x, ladder.server_x - 36);
    EXPECT_GT(arrow_of(ladder, 4).from.x, ladder.client_x + 36);
    EXPECT_EQ(box_of(ladder, 5)->text, "RST · injected");
    EXPECT_EQ(box_of(ladder, 4)->text, "PSH, ACK · 5 octets · copy");
}

TEST(HeldOnTheLadder, AllOfItFitsIntoTheHeight) {
    for (const Trace& trace : all_runs()) {
        const LadderSample sample(trace);
        for (std::size_t position = 1; position <= sample.timeline.size(); ++position) {
            LadderInput input = sample.input_at(position);
            input.now = sample.timeline.event(position - 1).time;
            const double height = ladder_height(input, false);
            const Ladder ladder = lay_out_ladder(input);
            for (const Arrow& arrow : ladder.arrows) EXPECT_LE(arrow.to.y, height) << position;
            if (ladder.held) {
                EXPECT_LE(ladder.held->box.bottom(), height) << position;
            }
        }
    }
}

TEST(AbsorbedOnTheLadder, CopiesAreABadgeOfWhatTheyCopy) {
    const LadderSample sample(impatient_handshake());
    const Ladder ladder = sample.live();
    EXPECT_EQ(ladder.arrows.size(), 3U);  // SYN, SYN-ACK, the ghost
    const LadderText* syn = text_of(ladder, "sent again 3 times");
    const LadderText* syn_ack = text_of(ladder, "sent again 2 times");
    ASSERT_TRUE(syn != nullptr && syn_ack != nullptr);
    EXPECT_EQ(syn->segment, 1U);
    EXPECT_EQ(syn_ack->segment, 4U);
}

TEST(AbsorbedOnTheLadder, TheBadgeCountsUpToThePositionAndStaysWhenTheyAreDropped) {
    const LadderSample sample(impatient_handshake());
    const std::size_t first = *sample.timeline.event_of_segment(2);
    EXPECT_FALSE(says(sample.at(first), "sent again once"));
    EXPECT_TRUE(says(sample.at(first + 1), "sent again once"));
    EXPECT_TRUE(says(sample.at(first + 2), "sent again 2 times"));
    for (std::size_t i = first + 2; i <= *sample.timeline.event_of_segment(6); ++i) {
        EXPECT_TRUE(says(sample.at(i), "sent again 2 times")) << i;
    }
}

TEST(AbsorbedOnTheLadder, ACopyThatIsNeededHasItsArrowFromThenOn) {
    const LadderSample sample(busy_wire());
    const std::size_t needed = *sample.index.begin_of(sample.timeline, 3);
    const auto has_arrow = [](const Ladder& ladder) {
        return std::any_of(ladder.arrows.begin(), ladder.arrows.end(),
                           [](const Arrow& arrow) { return arrow.segment == 3; });
    };
    EXPECT_FALSE(has_arrow(sample.at(needed)));
    EXPECT_TRUE(says(sample.at(needed), "sent again 2 times"));
    const Ladder after = sample.at(needed + 1);
    ASSERT_TRUE(has_arrow(after));
    EXPECT_TRUE(arrow_of(after, 3).again);
    EXPECT_TRUE(arrow_of(after, 3).now);
    EXPECT_GT(arrow_of(after, 3).from.y, arrow_of(after, 2).to.y);
    EXPECT_EQ(sample.rows.height(needed), LadderRows::kSent);
    EXPECT_TRUE(says(after, "sent again once"));  // the other one
    EXPECT_NE(box_of(after, 3), nullptr);
}

TEST(AbsorbedOnTheLadder, WhereverOneHasScrolledToEachArrowIsThereOnceAndInItsTime) {
    const LadderSample sample(busy_wire());
    const std::size_t needed = *sample.index.begin_of(sample.timeline, 3);
    for (float scroll = 0; scroll < sample.height(sample.timeline.size()); scroll += 10) {
        for (const std::size_t position : {needed, needed + 1, sample.timeline.size()}) {
            std::vector<SegmentId> seen;
            for (const Arrow& arrow : sample.at(position, 760, 300, scroll).arrows) {
                EXPECT_EQ(std::count(seen.begin(), seen.end(), arrow.segment), 0) << scroll;
                seen.push_back(arrow.segment);
            }
            if (position == needed) {
                EXPECT_EQ(std::count(seen.begin(), seen.end(), 3U), 0) << scroll;
            }
        }
    }
}

TEST(SlowMotionOnTheLadder, TheArrowGrowsWithTime) {
    RunBuilder run(true);
    run.send(C, Flags::kSyn, 0, 0).held(1, 400);
    const LadderSample sample(run.trace);
    float before = 0;
    for (int ms = 0; ms <= 400; ms += 16) {
        const Ladder ladder = sample.live(std::chrono::milliseconds(ms));
        const Arrow& arrow = arrow_of(ladder, 1);
        EXPECT_EQ(arrow.flight, Flight::InFlight);
        EXPECT_GT(arrow.grown, before);
        EXPECT_EQ(ladder.changes_in.has_value(), ms < 400) << ms;
        EXPECT_EQ(box_of(ladder, 1), nullptr);
        EXPECT_FALSE(ladder.held.has_value());
        before = arrow.grown;
    }
    EXPECT_FLOAT_EQ(before, 1);
    EXPECT_FLOAT_EQ(arrow_of(sample.live(2s), 1).grown, 1);
    EXPECT_FALSE(sample.live(2s).changes_in.has_value());
    // Of the past nothing moves.
    EXPECT_FALSE(sample.whole().changes_in.has_value());
    EXPECT_LT(arrow_of(sample.whole(), 1).grown, 0.2F);
}

TEST(SlowMotionOnTheLadder, WhatWasHeldGoesOnFromItsBox) {
    RunBuilder run(true);
    run.send(C, Flags::kSyn, 0, 0).held(1).later(9s).held(1, 400);
    const LadderSample sample(run.trace);
    EXPECT_FLOAT_EQ(arrow_of(sample.live(), 1).grown, 0.5F);
    EXPECT_FLOAT_EQ(arrow_of(sample.live(200ms), 1).grown, 0.75F);
}

TEST(GhostOnTheLadder, IsWhatTcpDemandsNextAndOnlyNow) {
    const LadderSample sample(held_handshake());
    const Ladder live = sample.live();
    ASSERT_EQ(live.arrows.size(), 3U);
    const Arrow& ghost = live.arrows.back();
    EXPECT_EQ(ghost.flight, Flight::Ghost);
    EXPECT_EQ(ghost.kind, SegmentKind::Ack);
    EXPECT_LT(ghost.from.x, ghost.to.x);  // the client's
    EXPECT_GT(ghost.from.y, arrow_of(live, 2).to.y);
    EXPECT_TRUE(says(live, "next: ACK"));
    EXPECT_FALSE(says(sample.whole(), "next: ACK"));
}

TEST(GhostOnTheLadder, IsNotThereWhileSomeoneIsToPredictIt) {
    const LadderSample sample(held_handshake());
    LadderInput input = sample.input_at(sample.timeline.size());
    input.now = sample.trace.events().back().time;
    input.foretells = false;
    EXPECT_EQ(lay_out_ladder(input).arrows.size(), 2U);
    EXPECT_FALSE(says(lay_out_ladder(input), "next: ACK"));
}

TEST(GhostOnTheLadder, CopiesThatAreAbsorbedTakeNoPlaceBeforeIt) {
    const Ladder ladder = LadderSample(impatient_handshake()).live();
    EXPECT_LT(ladder.arrows.back().from.y, arrow_of(ladder, 4).to.y + 3 * 18);
}

TEST(TimeWaitOnTheLadder, ItsEndIsTold) {
    RunBuilder run;
    run.send(C, Flags::kSyn, 0, 0).send(S, Flags::kSyn | Flags::kAck, 0, 1);
    run.send(C, Flags::kAck, 1, 1).send(C, Flags::kFin | Flags::kAck, 1, 1);
    run.send(S, Flags::kFin | Flags::kAck, 1, 2).send(C, Flags::kAck, 2, 2);
    run.later(60s).sample(C, State::Closed);
    const Ladder ladder = LadderSample(run.trace).whole();
    EXPECT_TRUE(says(ladder, "2 MSL are over"));
    const auto client = std::find_if(ladder.lifelines.rbegin(), ladder.lifelines.rend(),
                                     [](const LifelineSpan& span) { return span.role == C; });
    EXPECT_EQ(client->state, State::Closed);
}

}  // namespace
}  // namespace tcpstep::view::ladder
