#include "model/tcpdump_line.hpp"

#include <chrono>

#include <gtest/gtest.h>

namespace tcpstep::model {
namespace {

using namespace std::chrono_literals;

const SeqBase kBase{SeqNum(1000), SeqNum(5000)};

ConnectionId between(const char* client, const char* server) {
    return {*parse_socket_address(client), *parse_socket_address(server), 1};
}

Segment segment(std::uint16_t flags, std::uint32_t seq, std::uint32_t ack, std::uint32_t length) {
    Segment s;
    s.flags = Flags(flags);
    s.seq = SeqNum(seq);
    s.ack = SeqNum(ack);
    s.window = 512;
    s.length = length;
    return s;
}

std::string line(const Segment& s) {
    return tcpdump_line(s, between("127.0.0.1:43512", "127.0.0.1:8000"), kBase,
                        Time(13h + 5min + 7s + 23us));
}

// Each line was compared with `TZ=UTC tcpdump -n -r` of such a packet (tcpdump 4.99.3).
TEST(TcpdumpLine, IsTcpdumps) {
    struct Case {
        Segment segment;
        const char* rest;
    };
    for (const Case& c :
         {Case{segment(Flags::kSyn, 1000, 0, 0), "Flags [S], seq 1000, win 512, length 0"},
          Case{segment(Flags::kSyn | Flags::kAck, 1000, 5001, 0),
               "Flags [S.], seq 1000, ack 5001, win 512, length 0"},
          Case{segment(Flags::kAck, 1001, 5001, 0), "Flags [.], ack 1, win 512, length 0"},
          Case{segment(Flags::kPsh | Flags::kAck, 1001, 5001, 5),
               "Flags [P.], seq 1:6, ack 1, win 512, length 5"},
          Case{segment(Flags::kFin | Flags::kAck, 1006, 5001, 0),
               "Flags [F.], seq 6, ack 1, win 512, length 0"},
          Case{segment(Flags::kFin | Flags::kPsh | Flags::kAck, 1001, 5001, 5),
               "Flags [FP.], seq 1:6, ack 1, win 512, length 5"},
          Case{segment(Flags::kRst, 1001, 0, 0), "Flags [R], seq 1001, win 512, length 0"},
          Case{segment(Flags::kSyn | Flags::kEce | Flags::kCwr, 1000, 0, 0),
               "Flags [SEW], seq 1000, win 512, length 0"},
          Case{segment(0, 1001, 0, 0), "Flags [none], win 512, length 0"}}) {
        EXPECT_EQ(line(c.segment),
                  std::string("13:05:07.000023 IP 127.0.0.1.43512 > 127.0.0.1.8000: ") + c.rest);
    }
}

TEST(TcpdumpLine, HasItsOptions) {
    Segment syn = segment(Flags::kSyn, 1000, 0, 0);
    syn.options = {MaximumSegmentSize{65495}, SackPermitted{}, Timestamps{7, 0}, NoOperation{},
                   WindowScale{7}};
    EXPECT_TRUE(
        line(syn).ends_with("win 512, options [mss 65495,sackOK,TS val 7 ecr 0,nop,wscale "
                            "7], length 0"))
        << line(syn);
}

TEST(TcpdumpLine, OfTheServerAndOfIpv6) {
    Segment answer = segment(Flags::kAck, 1001, 5001, 0);
    answer.from = Role::Server;
    EXPECT_EQ(tcpdump_line(answer, between("[::1]:43512", "[::1]:8000"), SeqBase(), Time(0s)),
              "00:00:00.000000 IP6 ::1.8000 > ::1.43512: Flags [.], ack 5001, win 512, length 0");
}

TEST(TcpdumpLine, CountsAcrossTheEndOfTheNumbers) {
    Segment data = segment(Flags::kAck, 2, 5001, 5);
    const SeqBase base{SeqNum(0xfffffffe), SeqNum(5000)};
    EXPECT_NE(tcpdump_line(data, between("127.0.0.1:1", "127.0.0.1:2"), base, Time(0s))
                  .find("seq 4:9, ack 1"),
              std::string::npos);
}

}  // namespace
}  // namespace tcpstep::model
