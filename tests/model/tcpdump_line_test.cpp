#include "model/tcpdump_line.hpp"

#include <gtest/gtest.h>

#include "tests/model/story.hpp"

namespace tcpstep::model {
namespace {

const ConnectionId kConnection = {*parse_socket_address("127.0.0.1:50944"),
                                  *parse_socket_address("127.0.0.1:8000"), 1};

Segment segment(Role from, const std::string& flags, std::uint32_t seq, std::uint32_t ack,
                std::uint32_t length = 0) {
    Segment segment;
    segment.from = from;
    segment.flags = testing::flags_of(flags);
    segment.seq = SeqNum(seq);
    segment.ack = SeqNum(ack);
    segment.length = length;
    segment.window = 64;
    return segment;
}

// The client's numbers begin at 1000, the server's at 5000.
std::string line(const Segment& segment) {
    const bool client = segment.from == Role::Client;
    const SeqBase base{SeqNum(client ? 1000 : 5000), SeqNum(client ? 5000 : 1000)};
    return to_tcpdump_line(segment, kConnection, base);
}

// What tcpdump 4.99.3 printed of the same segments.
TEST(TcpdumpLine, IsTcpdumpsOwn) {
    Segment syn = segment(Role::Client, "S", 1000, 0);
    syn.window = 65495;
    syn.options = {MaximumSegmentSize{65495}, SackPermitted{}, Timestamps{7, 0}, NoOperation{},
                   WindowScale{10}};
    EXPECT_EQ(line(syn),
              "IP 127.0.0.1.50944 > 127.0.0.1.8000: Flags [S], seq 1000, win 65495, options [mss "
              "65495,sackOK,TS val 7 ecr 0,nop,wscale 10], length 0");
    EXPECT_EQ(line(segment(Role::Server, "SA", 5000, 1001)),
              "IP 127.0.0.1.8000 > 127.0.0.1.50944: Flags [S.], seq 5000, ack 1001, win 64, length "
              "0");
    Segment ack = segment(Role::Client, "A", 1001, 5001);
    ack.options = {NoOperation{}, NoOperation{}, Timestamps{8, 7}};
    EXPECT_EQ(line(ack),
              "IP 127.0.0.1.50944 > 127.0.0.1.8000: Flags [.], ack 1, win 64, options [nop,nop,TS "
              "val 8 ecr 7], length 0");
    EXPECT_EQ(line(segment(Role::Client, "PA", 1001, 5001, 5)),
              "IP 127.0.0.1.50944 > 127.0.0.1.8000: Flags [P.], seq 1:6, ack 1, win 64, length 5");
    EXPECT_EQ(line(segment(Role::Server, "FA", 5004, 1006)),
              "IP 127.0.0.1.8000 > 127.0.0.1.50944: Flags [F.], seq 4, ack 6, win 64, length 0");
    EXPECT_EQ(line(segment(Role::Server, "R", 5005, 0)),
              "IP 127.0.0.1.8000 > 127.0.0.1.50944: Flags [R], seq 5005, win 64, length 0");
    EXPECT_EQ(line(segment(Role::Client, "", 1001, 0)),
              "IP 127.0.0.1.50944 > 127.0.0.1.8000: Flags [none], win 64, length 0");
}

TEST(TcpdumpLine, NumbersRunOverTheEndOfTheirCircle) {
    const SeqBase base{SeqNum(0xffffffff), SeqNum(0xfffffffe)};
    EXPECT_EQ(to_tcpdump_line(segment(Role::Client, "PA", 0, 0xffffffff, 5), kConnection, base),
              "IP 127.0.0.1.50944 > 127.0.0.1.8000: Flags [P.], seq 1:6, ack 1, win 64, length 5");
}

TEST(TcpdumpLine, NamesIpv6) {
    const ConnectionId v6 = {*parse_socket_address("[::1]:50944"),
                             *parse_socket_address("[::1]:8000"), 1};
    EXPECT_EQ(to_tcpdump_line(segment(Role::Client, "A", 1, 1), v6, {}),
              "IP6 ::1.50944 > ::1.8000: Flags [.], ack 1, win 64, length 0");
}

}  // namespace
}  // namespace tcpstep::model
