#include "model/proc_net_tcp.hpp"

#include <string>

#include <gtest/gtest.h>

namespace tcpstep::model {
namespace {

constexpr auto kLittle = std::endian::little;

// As Linux 6.18 printed them on a little-endian machine.
constexpr const char* kListener =
    "   0: 0100007F:1F40 00000000:0000 0A 00000000:00000002 00:00000000 00000000  1000        0 "
    "24310 1 0000000000000000 100 0 0 10 0";
constexpr const char* kConnected =
    "   1: 0100007F:A5C6 0100007F:1F40 01 00000005:0000000C 01:00000014 00000003     0        0 "
    "24312 2 0000000000000000 20 4 30 10 -1";

TEST(ProcNetTcp, ReadsEveryField) {
    const auto listener = parse_proc_net_tcp(kListener, kLittle);
    ASSERT_TRUE(listener);
    EXPECT_EQ(listener->slot, 0U);
    EXPECT_EQ(to_string(listener->local), "127.0.0.1:8000");
    EXPECT_EQ(to_string(listener->remote), "0.0.0.0:0");
    EXPECT_EQ(listener->st, 0x0a);
    EXPECT_EQ(listener->state, State::Listen);
    EXPECT_EQ(listener->tx_queue, 0U);
    EXPECT_EQ(listener->rx_queue, 2U);
    EXPECT_EQ(listener->timer, 0);
    EXPECT_EQ(listener->uid, 1000U);
    EXPECT_EQ(listener->inode, 24310U);

    const auto connected = parse_proc_net_tcp(kConnected, kLittle);
    ASSERT_TRUE(connected);
    EXPECT_EQ(connected->slot, 1U);
    EXPECT_EQ(to_string(connected->local), "127.0.0.1:42438");
    EXPECT_EQ(to_string(connected->remote), "127.0.0.1:8000");
    EXPECT_EQ(connected->state, State::Established);
    EXPECT_EQ(connected->tx_queue, 5U);
    EXPECT_EQ(connected->rx_queue, 12U);
    EXPECT_EQ(connected->timer, 1);
    EXPECT_EQ(connected->timer_ticks, 20U);
    EXPECT_EQ(connected->retransmits, 3U);
    EXPECT_EQ(connected->inode, 24312U);
}

// The kernel prints the word as a number of its own; the port is a number on every machine.
TEST(ProcNetTcp, AnAddressStandsInTheHostsOrder) {
    std::string big = kListener;
    big.replace(big.find("0100007F"), 8, "7F000001");
    const auto row = parse_proc_net_tcp(big, std::endian::big);
    ASSERT_TRUE(row);
    EXPECT_EQ(to_string(row->local), "127.0.0.1:8000");
    EXPECT_EQ(to_string(parse_proc_net_tcp(big, kLittle)->local), "1.0.0.127:8000");
}

TEST(ProcNetTcp, ReadsIpv6ByWords) {
    const auto row = parse_proc_net_tcp(
        "  12: 00000000000000000000000001000000:1F40 B80D0120000000000000000001000000:0016 06 "
        "00000000:00000000 03:00001770 00000000     0        0 0 3 0000000000000000",
        kLittle);
    ASSERT_TRUE(row);
    EXPECT_EQ(row->slot, 12U);
    EXPECT_EQ(to_string(row->local), "[::1]:8000");
    EXPECT_EQ(to_string(row->remote), "[2001:db8::1]:22");
    EXPECT_EQ(row->state, State::TimeWait);
    EXPECT_EQ(row->timer, 3);
    EXPECT_EQ(row->timer_ticks, 6000U);
    EXPECT_EQ(row->inode, 0U);
}

TEST(ProcNetTcp, EachStateHasItsNumber) {
    const char* const kNames[] = {
        "UNKNOWN", "ESTABLISHED", "SYN_SENT", "SYN_RCVD", "FIN_WAIT_1", "FIN_WAIT_2", "TIME_WAIT",
        "CLOSED",  "CLOSE_WAIT",  "LAST_ACK", "LISTEN",   "CLOSING",    "UNKNOWN"};
    for (std::uint8_t st = 0; st <= 12; ++st) EXPECT_EQ(name(state_of_st(st)), kNames[st]) << +st;
    EXPECT_EQ(state_of_st(255), State::Unknown);
}

TEST(ProcNetTcp, WhatIsNoRowIsRefused) {
    EXPECT_FALSE(parse_proc_net_tcp(""));
    EXPECT_FALSE(parse_proc_net_tcp("   "));
    EXPECT_FALSE(parse_proc_net_tcp(
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  "
        "timeout inode"));
    for (const char* broken : {"0100007F:1F40 01", "A5C6 ", "24312", ":1F40 01", " 01:00000014"}) {
        std::string row = kConnected;
        row.replace(row.find(broken), std::string(broken).size(), "?");
        EXPECT_FALSE(parse_proc_net_tcp(row)) << row;
    }
    const std::string whole = kConnected;
    const std::size_t least = whole.find("24312") + 1;
    for (std::size_t length = 0; length < least; ++length) {
        EXPECT_FALSE(parse_proc_net_tcp(whole.substr(0, length))) << length;
    }
}

}  // namespace
}  // namespace tcpstep::model
