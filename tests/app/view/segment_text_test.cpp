#include "app/view/segment_text.hpp"

#include <gtest/gtest.h>

#include "model/timeline.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::view {
namespace {

using namespace model;

Segment with(std::uint16_t flags, std::uint32_t length = 0) {
    Segment segment;
    segment.flags = Flags(flags);
    segment.length = length;
    return segment;
}

TEST(KindOf, IsWhatTheSegmentIsFirstOfAll) {
    struct Case {
        std::uint16_t flags;
        std::uint32_t length;
        SegmentKind kind;
    };
    for (const Case& c : {Case{Flags::kSyn, 0, SegmentKind::Syn},
                          Case{Flags::kSyn | Flags::kAck, 0, SegmentKind::Syn},
                          Case{Flags::kFin | Flags::kAck, 5, SegmentKind::Fin},
                          Case{Flags::kRst | Flags::kAck, 0, SegmentKind::Rst},
                          Case{Flags::kAck, 0, SegmentKind::Ack},
                          Case{Flags::kPsh | Flags::kAck, 5, SegmentKind::Data}}) {
        EXPECT_EQ(kind_of(with(c.flags, c.length)), c.kind) << c.flags;
    }
}

TEST(FlagsLabel, NamesFlagsAndPayload) {
    EXPECT_EQ(flags_label(with(Flags::kSyn | Flags::kAck)), "SYN, ACK");
    EXPECT_EQ(flags_label(with(Flags::kPsh | Flags::kAck, 5)), "PSH, ACK · 5 octets");
    EXPECT_EQ(flags_label(with(Flags::kAck, 1)), "ACK · 1 octet");
}

// RFC 9293 3.10.7.4: back in LISTEN an end has forgotten its number, and a SYN,ACK that meets no
// socket tells it to nobody.
TEST(BaseOf, IsWhatASynToldWhateverBecameOfIt) {
    constexpr Role C = Role::Client;
    constexpr Role S = Role::Server;
    testing::RunBuilder run(true);
    run.call(S, "socket").returns(S, "socket", 4);
    run.call(S, "listen", {{"fd", std::int64_t{4}}}).returns(S, "listen", 0);
    run.call(C, "connect").send(C, Flags::kSyn, 0, 0).returns(C, "connect", -1, "ETIMEDOUT");
    run.delivered(1).send(S, Flags::kSyn | Flags::kAck, 0, 1).delivered(2);
    run.send(C, Flags::kRst, 1, 0).delivered(3);
    const Timeline timeline(run.trace, ConnectionIndex{0});
    const Connection& over = timeline.at(timeline.size());
    ASSERT_EQ(over.server.state(), State::Listen);
    ASSERT_FALSE(over.server.iss() || over.client.irs()) << "neither end knows it";
    for (std::size_t at = *timeline.event_of_segment(2) + 1; at <= timeline.size(); ++at) {
        const Connection& now = timeline.at(at);
        EXPECT_EQ(to_line(*timeline.segment(2), base_of(now, S, false)), "S. 0:0(0) ack 1") << at;
        EXPECT_EQ(base_of(now, S, true).sender, SeqNum()) << "raw";
    }
    EXPECT_EQ(to_line(*timeline.segment(3), base_of(over, C, false)), "R 1:1(0)");
}

TEST(NumberWords, AreRelativeAndTheMostTellingComeFirst) {
    Segment segment = with(Flags::kSyn | Flags::kAck);
    segment.seq = SeqNum(0xffffffff);
    segment.ack = SeqNum(0);
    segment.window = 65483;
    segment.options = {MaximumSegmentSize{65495}, SackPermitted{}, WindowScale{7}};
    // The client's initial number is the last before the circle closes.
    const auto words = number_words(segment, {SeqNum(0xffffffff), SeqNum(0xffffffff)});
    EXPECT_EQ(most_telling(words, 6), "seq 0  ack 1  win 65483  mss 65495  sackOK  wscale 7");
}

TEST(NumberWords, TellWhatIsBehindAGapRightAfterWhatIsAcknowledged) {
    Segment segment = with(Flags::kAck);
    segment.seq = SeqNum(0xffffffff);
    segment.ack = SeqNum(6);
    using Block = SackBlocks::Block;
    segment.options = {NoOperation{}, SackBlocks{{Block{SeqNum(13), SeqNum(18)}}}};
    const SeqBase base{SeqNum(0xfffffffe), SeqNum(5)};
    const auto words = number_words(segment, base);
    EXPECT_EQ(most_telling(words, 9), "seq 1  ack 1  SACK 8-13  win 0") << "relative as the others";
    EXPECT_EQ(most_telling(words, 2), "ack 1  SACK 8-13");
    EXPECT_EQ(most_telling(words, 1), "ack 1");
    segment.options = {SackBlocks{{Block{SeqNum(13), SeqNum(18)}, Block{SeqNum(25), SeqNum(30)}}}};
    EXPECT_EQ(most_telling(number_words(segment, base), 2), "ack 1  SACK 8-13 20-25");
    segment.options = {SackBlocks{}};
    EXPECT_EQ(most_telling(number_words(segment, base), 9), "seq 1  ack 1  win 0");
}

TEST(NumberWords, WithoutTheAckFlagThereIsNoAck) {
    EXPECT_EQ(most_telling(number_words(with(Flags::kRst), {}), 9), "seq 0  win 0");
}

TEST(NumberWords, WhatASegmentIsForIsKeptLongest) {
    const auto line = [](std::uint16_t flags, std::uint32_t length, bool said, std::size_t count) {
        Segment segment = with(flags, length);
        segment.seq = SeqNum(6);
        segment.ack = SeqNum(9);
        return most_telling(number_words(segment, {}, said), count);
    };
    EXPECT_EQ(line(Flags::kAck, 0, false, 3), "seq 6  ack 9  win 0");
    EXPECT_EQ(line(Flags::kAck, 0, false, 2), "seq 6  ack 9");
    EXPECT_EQ(line(Flags::kAck, 0, false, 1), "ack 9");
    EXPECT_EQ(line(Flags::kSyn, 0, false, 1), "seq 6");
    EXPECT_EQ(line(Flags::kSyn | Flags::kAck, 0, false, 1), "seq 6");
    EXPECT_EQ(line(Flags::kFin | Flags::kAck, 0, false, 1), "seq 6");
    EXPECT_EQ(line(Flags::kPsh | Flags::kAck, 5, false, 4), "seq 6  ack 9  len 5  win 0");
    EXPECT_EQ(line(Flags::kPsh | Flags::kAck, 5, false, 2), "seq 6  len 5");
    EXPECT_EQ(line(Flags::kPsh | Flags::kAck, 5, false, 1), "len 5");
    EXPECT_EQ(line(Flags::kPsh | Flags::kAck, 5, true, 9), "seq 6  ack 9  win 0");
    EXPECT_EQ(line(Flags::kPsh | Flags::kAck, 5, true, 1), "seq 6") << "its label tells the length";
}

}  // namespace
}  // namespace tcpstep::view
