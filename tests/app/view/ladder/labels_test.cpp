// Labels move, are shortened, then left out: which words go first, and whose they are.
#include <algorithm>
#include <map>
#include <string>
#include <utility>

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
        EXPECT_TRUE(tells(ladder, 4, "7 octets") || tells(ladder, 4, "len 7")) << width;
        EXPECT_TRUE(tells(ladder, 5, "5 octets") || tells(ladder, 5, "len 5")) << width;
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
                    // Said once, and with its unit.
                    std::string said;
                    for (const LadderText& text : texts_of(ladder, arrow.segment))
                        said += text.text + "\n";
                    const auto count = [&said](const std::string& words) {
                        std::size_t found = 0;
                        for (std::size_t at = said.find(words); at != std::string::npos;
                             at = said.find(words, at + 1))
                            ++found;
                        return found;
                    };
                    const std::size_t times = count("5 octets") + count("len 5");
                    EXPECT_LE(times, 1U) << said;
                    EXPECT_EQ(said.find("· 5\n"), std::string::npos) << said;
                    ++(times > 0 ? lengths : lengthless);
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

// What is in sight stays where it is on its arrow, whatever comes into sight at the edges.
TEST(Labels, ScrollWithTheirArrow) {
    std::size_t compared = 0;
    for (const Trace& trace : {whole_run(), whole_run(true), overtaken(), busy_wire()}) {
        const LadderSample sample(trace);
        const std::size_t end = sample.timeline.size();
        const double whole = sample.height(end);
        std::map<std::pair<SegmentId, std::string>, Point> before;
        for (double scroll = 0; scroll < whole - 300; scroll += 9) {
            const Ladder ladder = sample.at(end, 760, 300, scroll);
            std::map<std::pair<SegmentId, std::string>, Point> now;
            for (const LadderText& text : ladder.texts) {
                if (text.segment == 0 || text.box.y < 0 || text.box.bottom() > 300) continue;
                const Arrow& arrow = arrow_of(ladder, text.segment);
                if (arrow.to.y - arrow.from.y >= 8 * 18) continue;
                const Point at{text.box.x, text.box.y + static_cast<float>(scroll)};
                now[{text.segment, text.text}] = at;
                const auto found = before.find({text.segment, text.text});
                if (found == before.end()) continue;
                EXPECT_NEAR(at.x, found->second.x, 0.1) << text.text << " at " << scroll;
                EXPECT_NEAR(at.y, found->second.y, 0.1) << text.text << " at " << scroll;
                ++compared;
            }
            before = std::move(now);
        }
    }
    EXPECT_GT(compared, 500U);
}

// As its arrow is scrolled away they glide along it: never a jump, at most they vanish.
TEST(Labels, OfATallArrowGlideAlongIt) {
    RunBuilder run(true);
    run.send(C, Flags::kRst | Flags::kAck, 1, 1).held(1);
    for (int i = 0; i < 12; ++i) run.call(S, "recv").returns(S, "recv", 0);
    run.delivered(1);
    const LadderSample sample(run.trace);
    const std::size_t end = sample.timeline.size();
    std::map<std::string, Point> before;
    std::size_t glided = 0;
    for (double scroll = 0; scroll < sample.height(end) - 60; scroll += 1) {
        const Ladder ladder = sample.at(end, 760, 200, scroll);
        std::map<std::string, Point> now;
        for (const LadderText& text : texts_of(ladder, 1)) {
            if (text.box.bottom() < 0 || text.box.y > 200) continue;
            now[text.text] = {text.box.x, text.box.y};
            const auto found = before.find(text.text);
            if (found == before.end()) continue;
            EXPECT_NEAR(text.box.x, found->second.x, 3) << text.text << " at " << scroll;
            EXPECT_NEAR(text.box.y, found->second.y, 1.1) << text.text << " at " << scroll;
            if (text.box.x != found->second.x) ++glided;
        }
        before = std::move(now);
    }
    EXPECT_GT(glided, 100U);
}

// What lies behind the gap is said, among the numbers or, where these have no room, with its flags.
TEST(Labels, ADuplicateAckTellsItsSackBlocks) {
    const Trace plain = overtaken();
    Trace trace;
    trace.intern(plain.connections().front());
    for (Event event : plain.events()) {
        if (auto* sent = std::get_if<SegmentSent>(&event.fact); sent && sent->segment.id == 6) {
            const std::uint32_t gap = sent->segment.ack.raw();
            sent->segment.options = {SackBlocks{{{SeqNum(gap + 7), SeqNum(gap + 12)}}}};
        }
        trace.append(std::move(event));
    }
    const LadderSample sample(trace);
    for (const float width : {640.0F, 766.0F, 1000.0F, 1400.0F}) {
        const Ladder ladder = sample.at(sample.timeline.size(), width);
        EXPECT_TRUE(tells(ladder, 6, "SACK 8-13")) << width;
        EXPECT_TRUE(tells(ladder, 6, "ack 1")) << width;
        EXPECT_FALSE(tells(ladder, 7, "SACK")) << width;
    }
}

// Elsewhere it would be taken for what the other one is.
TEST(Labels, ThatOneIsHeldBackIsSaidBesideItsOwnArrow) {
    const LadderSample sample(overtaken());
    std::size_t said = 0;
    for (const TimeAxis axis : {TimeAxis::ByEvent, TimeAxis::Linear, TimeAxis::Collapsed}) {
        for (const float width : {640.0F, 766.0F, 1000.0F, 1400.0F}) {
            LadderInput input = sample.input_at(sample.timeline.size(), width);
            input.axis = axis;
            for (const LadderText& text : lay_out_ladder(input).texts) {
                if (!text.text.ends_with("held back")) continue;
                EXPECT_EQ(text.segment, 4U) << width;
                ++said;
            }
        }
    }
    EXPECT_GE(said, 4U);
}

// Whoever looks closer sees no less of a segment: its flags, a number.
TEST(Labels, AGreaterZoomTellsWhatASmallerOneTold) {
    for (const Trace& trace : {whole_run(), whole_run(true), held_handshake(), overtaken()}) {
        const LadderSample sample(trace);
        std::map<SegmentId, std::size_t> before;
        for (const float zoom : {0.4F, 0.51F, 0.64F, 0.8F, 1.0F, 1.25F, 1.56F, 1.95F, 2.44F}) {
            LadderInput input = sample.input_at(sample.timeline.size());
            input.zoom = zoom;
            input.height = 8000;
            const Ladder ladder = lay_out_ladder(input);
            std::map<SegmentId, std::size_t> now;
            for (const Arrow& arrow : ladder.arrows) {
                const bool number = tells(ladder, arrow.segment, "seq ") ||
                                    tells(ladder, arrow.segment, "ack ") ||
                                    tells(ladder, arrow.segment, "len ");
                now[arrow.segment] =
                    (texts_of(ladder, arrow.segment).empty() ? 0U : 1U) + (number ? 1U : 0U);
            }
            for (const auto& [id, told] : before)
                EXPECT_GE(now[id], told) << "segment " << id << " at " << zoom;
            before = std::move(now);
        }
    }
}

}  // namespace
}  // namespace tcpstep::view::ladder
