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
        {{34, 4, 0xab, 0xcd, 1}, "opt-34,nop"},  // Fast Open
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
