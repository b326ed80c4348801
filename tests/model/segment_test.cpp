#include "model/segment.hpp"

#include <gtest/gtest.h>

namespace tcpstep::model {
namespace {

Segment segment(std::uint16_t flags, std::uint32_t seq, std::uint32_t ack, std::uint32_t length) {
    Segment s;
    s.flags = Flags(flags);
    s.seq = SeqNum(seq);
    s.ack = SeqNum(ack);
    s.length = length;
    return s;
}

constexpr SeqBase kBase{SeqNum(1000), SeqNum(5000)};

TEST(SegmentLine, IsTcpdumpsAndPacketdrills) {
    struct Row {
        Segment segment;
        const char* line;
    };
    const Row kRows[] = {
        {segment(Flags::kSyn, 1000, 0, 0), "S 0:0(0)"},
        {segment(Flags::kSyn | Flags::kAck, 1000, 5001, 0), "S. 0:0(0) ack 1"},
        {segment(Flags::kAck, 1001, 5001, 0), ". ack 1"},
        {segment(Flags::kPsh | Flags::kAck, 1001, 5001, 5), "P. 1:6(5) ack 1"},
        {segment(Flags::kFin | Flags::kAck, 1006, 5001, 0), "F. 6:6(0) ack 1"},
        {segment(Flags::kRst, 1001, 0, 0), "R 1:1(0)"},
        {segment(Flags::kRst | Flags::kAck, 1001, 5001, 0), "R. 1:1(0) ack 1"},
        {segment(Flags::kSyn | Flags::kEce | Flags::kCwr, 1000, 0, 0), "SEW 0:0(0)"},
        {segment(0, 1001, 0, 0), "none 1:1(0)"},
    };
    for (const Row& row : kRows) EXPECT_EQ(to_line(row.segment, kBase), row.line);
}

TEST(SegmentLine, InFullHasWindowAndOptions) {
    Segment syn = segment(Flags::kSyn, 1000, 0, 0);
    syn.window = 65495;
    syn.options = {MaximumSegmentSize{65495}, SackPermitted{}, Timestamps{1, 0}, NoOperation{},
                   WindowScale{7}};
    EXPECT_EQ(to_line(syn, kBase, LineDetail::Full),
              "S 0:0(0) win 65495 <mss 65495,sackOK,TS val 1 ecr 0,nop,wscale 7>");
}

TEST(SegmentLine, NumbersWrapWithTheCircle) {
    const SeqBase base{SeqNum(0xfffffffe), SeqNum(0xffffffff)};
    EXPECT_EQ(to_line(segment(Flags::kPsh | Flags::kAck, 0xffffffff, 0, 5), base),
              "P. 1:6(5) ack 1");
}

TEST(Segment, SynAndFinTakeOneNumberEach) {
    EXPECT_EQ(segment(Flags::kSyn, 0, 0, 0).sequence_length(), 1U);
    EXPECT_EQ(segment(Flags::kFin | Flags::kAck, 0, 0, 7).sequence_length(), 8U);
    EXPECT_EQ(segment(Flags::kAck, 0, 0, 0).sequence_length(), 0U);
    EXPECT_EQ(segment(Flags::kFin, 0xffffffff, 0, 1).end(), SeqNum(1));
}

TEST(Flags, AreNamedInTheOrderOfSpeech) {
    EXPECT_EQ(to_label(Flags(Flags::kSyn | Flags::kAck)), "SYN, ACK");
    EXPECT_EQ(to_label(Flags(Flags::kFin | Flags::kPsh | Flags::kAck)), "FIN, PSH, ACK");
    EXPECT_EQ(to_label(Flags(0)), "none");
}

}  // namespace
}  // namespace tcpstep::model
