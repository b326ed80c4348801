#include "model/tcp_option.hpp"

#include <gtest/gtest.h>

namespace tcpstep::model {
namespace {

using Bytes = std::vector<std::uint8_t>;

TEST(TcpOptions, OfALinuxSyn) {
    const Bytes area = {2, 4, 0xff, 0xd7, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0, 1, 3, 3, 7};
    EXPECT_EQ(to_line(parse_tcp_options(area)), "mss 65495,sackOK,TS val 1 ecr 0,nop,wscale 7");
}

TEST(TcpOptions, SackEdgesAreRelative) {
    const Bytes area = {1, 1, 5, 10, 0, 0, 0x10, 0x00, 0, 0, 0x20, 0x00};
    EXPECT_EQ(to_line(parse_tcp_options(area), SeqNum(0x1000)), "nop,nop,sack 0:4096");
}

// The lines are what tcpdump 4.99 writes for them, but of what it does not call valid we say what
// kind it is, and of Multipath TCP no more than the subtype.
TEST(TcpOptions, FastOpenAndMultipathTcpAreNamed) {
    struct Row {
        Bytes area;
        const char* line;
    };
    const Row kRows[] = {
        {{34, 2, 1}, "tfo  cookiereq,nop"},
        {{34, 6, 1, 0x23, 0xab, 0xff}, "tfo  cookie 0123abff"},
        {{34, 18, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16},
         "tfo  cookie 0102030405060708090a0b0c0d0e0f10"},
        {{34, 20, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18}, "opt-34"},
        {{34, 4, 0xab, 0xcd, 1}, "opt-34,nop"},
        {{34, 7, 1, 2, 3, 4, 5, 1}, "opt-34,nop"},
        {{254, 4, 0xf9, 0x89}, "exp-tfo cookiereq"},
        {{254, 8, 0xf9, 0x89, 1, 2, 3, 4}, "exp-tfo cookie 01020304"},
        {{254, 6, 0xf9, 0x89, 1, 2}, "opt-254"},
        {{254, 4, 0xf9, 0x88}, "opt-254"},
        {{254, 3, 0xf9, 1}, "opt-254,nop"},
        {{253, 4, 0xf9, 0x89}, "opt-253"},
        {{30, 4, 0x01, 0x81}, "mptcp capable"},
        {{30, 3, 0x10, 30, 3, 0x20}, "mptcp join,mptcp dss"},
        {{30, 3, 0x30, 30, 3, 0x40}, "mptcp add-addr,mptcp rem-addr"},
        {{30, 3, 0x50, 30, 3, 0x60}, "mptcp prio,mptcp fail"},
        {{30, 3, 0x70, 30, 3, 0x80}, "mptcp fast-close,mptcp reset"},
        {{30, 3, 0x90, 30, 3, 0xff}, "mptcp unknown,mptcp unknown"},
        {{30, 2, 1}, "opt-30,nop"},
    };
    for (const Row& row : kRows) EXPECT_EQ(to_line(parse_tcp_options(row.area)), row.line);
    const auto kept = parse_tcp_options(Bytes{254, 8, 0xf9, 0x89, 1, 2, 3, 4, 30, 3, 0x1f});
    EXPECT_EQ(kept, (std::vector<TcpOption>{FastOpen{true, {1, 2, 3, 4}}, MultipathTcp{{0x1f}}}));
}

TEST(TcpOptions, NothingIsReadAfterTheEnd) {
    EXPECT_EQ(to_line(parse_tcp_options(Bytes{1, 0, 2, 4})), "nop,eol");
}

struct Broken {
    Bytes area;
    const char* line;
};

TEST(TcpOptions, WhatMakesNoSenseIsKeptAndSaid) {
    const Broken kBroken[] = {
        {{2}, "bad options"},           // no length
        {{2, 1, 0, 0}, "bad options"},  // shorter than itself
        {{2, 0}, "bad options"},
        {{1, 2, 4, 0}, "nop,bad options"},  // cut off
        {{2, 3, 9, 1}, "opt-2,nop"},        // wrong length for its kind, but it can be skipped
        {{5, 2}, "opt-5"},                  // SACK without a block
        {{5, 5, 1, 2, 3}, "opt-5"},
        {{19, 4, 0xab, 0xcd, 1}, "opt-19,nop"},
        {{}, ""},
    };
    for (const Broken& broken : kBroken)
        EXPECT_EQ(to_line(parse_tcp_options(broken.area)), broken.line);
    const auto kept = parse_tcp_options(Bytes{1, 2, 4, 0});
    EXPECT_EQ(std::get<MalformedOptions>(kept.back()).data, (Bytes{2, 4, 0}));
}

TEST(TcpOptions, NoAreaOfFortyOctetsReadsPastItself) {
    // Every kind with every length at every place; the sanitizers watch.
    for (unsigned kind = 0; kind < 256; ++kind) {
        for (unsigned length = 0; length < 48; ++length) {
            Bytes area(40, 1);
            area[38] = static_cast<std::uint8_t>(kind);
            area[39] = static_cast<std::uint8_t>(length);
            parse_tcp_options(area);
            area[0] = static_cast<std::uint8_t>(kind);
            area[1] = static_cast<std::uint8_t>(length);
            parse_tcp_options(area);
        }
    }
}

}  // namespace
}  // namespace tcpstep::model
