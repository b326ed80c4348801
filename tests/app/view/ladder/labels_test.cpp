// Labels move, are shortened, then left out: which words go first, and whose they are.
#include <algorithm>

#include <gtest/gtest.h>

#include "app/view/ladder/frame.hpp"
#include "tests/app/view/ladder/sample.hpp"

namespace tcpstep::view::ladder {
namespace {

using namespace model;
using namespace std::chrono_literals;
using namespace testing;

constexpr Role C = Role::Client;
constexpr Role S = Role::Server;

// The second of two segments of data overtakes the first, as in lesson "reorder".
Trace overtaken() {
    RunBuilder run(true);
    run.send(C, Flags::kSyn, 0, 0).held(1).delivered(1);
    run.send(S, Flags::kSyn | Flags::kAck, 0, 1).held(2).delivered(2);
    run.send(C, Flags::kAck, 1, 1).held(3).delivered(3);
    run.send(C, Flags::kPsh | Flags::kAck, 1, 1, 7).held(4);
    run.call(C, "send").returns(C, "send", 5);
    run.send(C, Flags::kPsh | Flags::kAck, 8, 1, 5).held(5).held_back(4, 5);
    run.delivered(5).send(S, Flags::kAck, 1, 1).held(6).delivered(4);
    run.send(S, Flags::kAck, 1, 13).held(7).delivered(6).delivered(7);
    return run.trace;
}

std::vector<LadderText> texts_of(const Ladder& ladder, SegmentId id) {
    std::vector<LadderText> found;
    std::copy_if(ladder.texts.begin(), ladder.texts.end(), std::back_inserter(found),
                 [id](const LadderText& text) { return text.segment == id; });
    return found;
}

bool tells(const Ladder& ladder, SegmentId id, std::string_view word) {
    const auto texts = texts_of(ladder, id);
    return std::any_of(texts.begin(), texts.end(), [&](const LadderText& text) {
        return text.text.find(word) != std::string::npos;
    });
}

TEST(Labels, StandNearerToTheirOwnArrowThanToOneThatCrosses) {
    const LadderSample sample(overtaken());
    for (const float width : {500.0F, 766.0F, 1000.0F, 1400.0F}) {
        const Ladder ladder = sample.at(sample.timeline.size(), width);
        for (const LadderText& text : ladder.texts) {
            if (text.segment == 0) continue;
            const Point middle = text.box.centre();
            const float own = distance(arrow_of(ladder, text.segment), middle);
            for (const Arrow& other : ladder.arrows) {
                if (other.segment == text.segment) continue;
                EXPECT_GT(distance(other, middle), 1.3F * own)
                    << text.text << " of " << text.segment << " in " << width;
            }
        }
        EXPECT_TRUE(tells(ladder, 4, "· 7") || tells(ladder, 4, "len 7")) << width;
        EXPECT_TRUE(tells(ladder, 5, "· 5") || tells(ladder, 5, "len 5")) << width;
        EXPECT_TRUE(tells(ladder, 4, "PSH, ACK") && tells(ladder, 5, "PSH, ACK")) << width;
    }
}

// However near to each other the rows are, and in the end nothing is said at all.
TEST(Labels, WhatASegmentIsForIsLeftOutLast) {
    RunBuilder run;
    run.send(C, Flags::kSyn, 0, 0).send(S, Flags::kSyn | Flags::kAck, 0, 1);
    run.send(C, Flags::kAck, 1, 1);
    for (std::uint32_t i = 0; i < 4; ++i) {
        run.send(C, Flags::kPsh | Flags::kAck, 1 + 5 * i, 1, 5);
        run.send(S, Flags::kAck, 1, 6 + 5 * i);
    }
    const LadderSample sample(run.trace);
    std::size_t acks = 0;
    std::size_t bare = 0;
    std::size_t lengths = 0;
    std::size_t lengthless = 0;
    for (float zoom = 1; zoom > 0.1F; zoom -= 0.02F) {
        for (const float width : {300.0F, 420.0F, 760.0F}) {
            LadderInput input = sample.input_at(sample.timeline.size(), width);
            input.zoom = zoom;
            const Ladder ladder = lay_out_ladder(input);
            for (const Arrow& arrow : ladder.arrows) {
                if (arrow.segment == 0 || texts_of(ladder, arrow.segment).empty()) continue;
                if (arrow.kind == SegmentKind::Ack) {
                    ++(tells(ladder, arrow.segment, "ack ") ? acks : bare);
                }
                if (arrow.kind == SegmentKind::Data) {
                    EXPECT_TRUE(tells(ladder, arrow.segment, "PSH, ACK"))
                        << arrow.segment << " at " << zoom << " in " << width;
                    const bool told = tells(ladder, arrow.segment, "· 5") ||
                                      tells(ladder, arrow.segment, "len 5");
                    ++(told ? lengths : lengthless);
                }
                if (arrow.kind == SegmentKind::Ack && tells(ladder, arrow.segment, "seq")) {
                    EXPECT_TRUE(tells(ladder, arrow.segment, "ack ")) << zoom << " in " << width;
                }
            }
        }
    }
    EXPECT_GT(lengths, 100U);
    EXPECT_GT(acks, 100U);
    EXPECT_LT(bare, acks / 12);
    EXPECT_LT(lengthless, lengths / 4) << "only where the ladder is very narrow";
}

TEST(Labels, TheNumberOfAnAckTakesThePlaceOfItsFlagsWhereThereIsOneOnly) {
    RunBuilder run;
    run.send(C, Flags::kSyn, 0, 0).send(S, Flags::kSyn | Flags::kAck, 0, 1);
    for (std::uint32_t i = 0; i < 6; ++i) run.send(C, Flags::kAck, 1, 1 + i);
    const LadderSample sample(run.trace);
    std::size_t numbers = 0;
    std::size_t flags = 0;
    for (float zoom = 1; zoom > 0.2F; zoom -= 0.01F) {
        LadderInput input = sample.input_at(sample.timeline.size());
        input.zoom = zoom;
        const Ladder ladder = lay_out_ladder(input);
        const auto texts = texts_of(ladder, 5);
        if (texts.size() != 1) continue;
        ++(texts[0].text == "ack 3" ? numbers : flags);
    }
    EXPECT_GE(numbers, 1U);
    EXPECT_LE(flags, 1U) << "where there is room for three letters and not for five";
}

// A segment that is a retransmission and was itself sent again.
TEST(Labels, NothingIsSaidToBeSentAgainTwice) {
    RunBuilder run(true);
    run.send(C, Flags::kSyn, 0, 0).held(1).dropped(1);
    run.later(1s).send(C, Flags::kSyn, 0, 0).held(2);
    run.later(2s).absorbed(2).later(4s).absorbed(2);
    const LadderSample sample(run.trace);
    for (const Ladder& ladder : {sample.live(), sample.whole()}) {
        EXPECT_EQ(box_of(ladder, 2)->text, "SYN · sent again");
        EXPECT_TRUE(says(ladder, "and 2 more times"));
        EXPECT_FALSE(tells(ladder, 2, "sent again 2 times"));
    }
}

TEST(Labels, ABadgeTakesNoPlaceFromNumbers) {
    for (const Trace& trace : {impatient_handshake(), busy_wire()}) {
        const LadderSample sample(trace);
        for (const float width : {300.0F, 500.0F, 760.0F, 1400.0F}) {
            for (std::size_t at = 1; at <= sample.timeline.size(); ++at) {
                const Ladder ladder = sample.at(at, width);
                for (const LadderText& text : ladder.texts) {
                    if (text.text.find("again") == std::string::npos ||
                        text.style != TextStyle::Small)
                        continue;
                    // Numbers are never above a box.
                    const LadderText* box = box_of(ladder, text.segment);
                    if (box != nullptr && text.box.y < box->box.y) continue;
                    const Arrow& arrow = arrow_of(ladder, text.segment);
                    const char* key = arrow.kind == SegmentKind::Ack ? "ack " : "seq ";
                    EXPECT_TRUE(tells(ladder, text.segment, key)) << at << " in " << width;
                }
            }
        }
    }
}

// The arrow begins above what is visible.
TEST(Labels, MoveToThePartOfTheirArrowThatIsInSight) {
    RunBuilder run(true);
    run.send(C, Flags::kRst | Flags::kAck, 1, 1).held(1);
    for (int i = 0; i < 6; ++i) run.call(S, "recv").returns(S, "recv", 0);
    run.delivered(1);
    const LadderSample sample(run.trace);
    const std::size_t end = sample.timeline.size();
    const Arrow whole = arrow_of(sample.at(end), 1);
    const float above = whole.from.y + 0.55F * (whole.to.y - whole.from.y);
    const Ladder ladder = sample.at(end, 760, 400, static_cast<double>(above));
    const auto texts = texts_of(ladder, 1);
    ASSERT_FALSE(texts.empty());
    for (const LadderText& text : texts) {
        EXPECT_GE(text.box.y, 1.2F * 18) << text.text;
        EXPECT_LE(text.box.bottom(), 400) << text.text;
    }
    EXPECT_TRUE(tells(ladder, 1, "RST, ACK"));
}

}  // namespace
}  // namespace tcpstep::view::ladder
