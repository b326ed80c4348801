#include "model/packetdrill_line.hpp"

#include <chrono>

#include <gtest/gtest.h>

namespace tcpstep::model {
namespace {

using namespace std::chrono_literals;

const SeqBase kBase{SeqNum(0xfffffffe), SeqNum(5000)};

Segment segment(Role from, std::uint16_t flags, std::uint32_t relative_seq,
                std::uint32_t relative_ack, std::uint32_t length) {
    Segment s;
    s.from = from;
    s.flags = Flags(flags);
    s.seq = kBase.sender + relative_seq;
    s.ack = kBase.receiver + relative_ack;
    s.window = 512;
    s.length = length;
    return s;
}

TEST(PacketdrillLine, TellsWhoSentWhatAndWhen) {
    const Role client = Role::Client;
    const Role server = Role::Server;
    struct Case {
        Segment segment;
        Role under_test;
        Duration since;
        const char* line;
    };
    for (const Case& c :
         {Case{segment(client, Flags::kSyn, 0, 0, 0), client, 0ns, "+0.000000 > S 0:0(0) win 512"},
          Case{segment(server, Flags::kSyn | Flags::kAck, 0, 1, 0), client, 11902us,
               "+0.011902 < S. 0:0(0) ack 1 win 512"},
          Case{segment(client, Flags::kAck, 1, 1, 0), server, 1s,
               "+1.000000 < . 1:1(0) ack 1 win 512"},
          Case{segment(client, Flags::kPsh | Flags::kAck, 1, 1, 5), client, 12s + 5us + 999ns,
               "+12.000005 > P. 1:6(5) ack 1 win 512"},
          Case{segment(client, Flags::kFin | Flags::kPsh | Flags::kAck, 1, 1, 5), client, 0ns,
               "+0.000000 > FP. 1:6(5) ack 1 win 512"},
          // For packetdrill's parser the dot comes last.
          Case{segment(server, Flags::kSyn | Flags::kAck | Flags::kEce, 0, 1, 0), client, 0ns,
               "+0.000000 < SE. 0:0(0) ack 1 win 512"},
          Case{segment(client, Flags::kSyn | Flags::kAe | Flags::kCwr | Flags::kEce, 0, 0, 0),
               client, 0ns, "+0.000000 > SEWA 0:0(0) win 512"},
          Case{segment(client, Flags::kPsh | Flags::kUrg | Flags::kAck, 1, 1, 5), client, 0ns,
               "+0.000000 > PU. 1:6(5) ack 1 win 512"},
          Case{segment(client, Flags::kRst, 6, 0, 0), client, 0ns, "+0.000000 > R 6:6(0) win 512"},
          Case{segment(client, 0, 1, 0, 0), client, -1s, "+0.000000 > - 1:1(0) win 512"}}) {
        EXPECT_EQ(packetdrill_line(c.segment, kBase, c.under_test, c.since), c.line);
    }
}

TEST(PacketdrillLine, NamesTheOptionsThatPacketdrillKnows) {
    struct Case {
        std::vector<TcpOption> options;
        const char* words;
    };
    using Block = SackBlocks::Block;
    for (const Case& c :
         {Case{{MaximumSegmentSize{65495}, SackPermitted{}, Timestamps{7, 3}, NoOperation{},
                WindowScale{7}},
               " <mss 65495,sackOK,TS val 7 ecr 3,nop,wscale 7>"},
          Case{{SackBlocks{{Block{SeqNum(5001), SeqNum(5006)}, Block{SeqNum(5011), SeqNum(5016)}}},
                EndOfOptions{}},
               " <sack 1:6 11:16,eol,eol>"},
          Case{{FastOpen{false, {0xab, 0x01}}, FastOpen{true, {}}}, " <FO ab01,FOEXP>"},
          // What is left out was as long as the NOPs in its place.
          Case{{NoOperation{}, WindowScale{7}, OtherOption{99, {}}, NoOperation{}},
               " <nop,wscale 7,nop,nop,nop,nop>"},
          Case{{MultipathTcp{{0x00}}, OtherOption{99, {}}, MalformedOptions{{1}}}, ""},
          Case{{}, ""}}) {
        Segment ack = segment(Role::Client, Flags::kAck, 1, 1, 0);
        ack.options = c.options;
        EXPECT_EQ(packetdrill_line(ack, kBase, Role::Client, 0ns),
                  std::string("+0.000000 > . 1:1(0) ack 1 win 512") + c.words);
    }
}

}  // namespace
}  // namespace tcpstep::model
