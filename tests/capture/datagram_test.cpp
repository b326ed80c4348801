#include "capture/datagram.hpp"

#include <gtest/gtest.h>

#include "capture/packet.hpp"
#include "tests/capture/frame.hpp"

namespace tcpstep::capture {
namespace {

// What Linux sent on loopback for five octets to a port where nobody was, Ethernet header included.
const Octets kUdp =
    hex("00000000000000000000000008004500002125444000401117867f0000017f0000019c400009000dfe2068656c"
        "6c6f");
const Octets kRefused =
    hex("000000000000000000000000080045c0003da5ce00004001d62f7f0000017f00000103031eb300000000450000"
        "2125444000401117867f0000017f0000019c400009000dfe2068656c6c6f");
const Octets kUdp6 =
    hex("00000000000000000000000086dd60082f84000d11400000000000000000000000000000000100000000000000"
        "0000000000000000019c400009000d002068656c6c6f");
const Octets kRefused6 = hex(
    "00000000000000000000000086dd600d1d4d003d3a400000000000000000000000000000000100000000000000"
    "0000000000000000010104 7d5e0000000060082f84000d1140000000000000000000000000000000010000000000"
    "00000000000000000000019c400009000d002068656c6c6f");

Decoded decode_frame(const Octets& frame) {
    return decode(frame, LinkType::Ethernet, static_cast<std::uint32_t>(frame.size()));
}

std::string told(const Decoded& decoded) {
    if (const auto* one = std::get_if<Datagram>(&decoded)) {
        return to_string(one->source) + " > " + to_string(one->destination) + " (" +
               std::to_string(one->length) + ")";
    }
    if (const auto* error = std::get_if<IcmpError>(&decoded)) {
        return std::to_string(error->type) + "/" + std::to_string(error->code) + " about " +
               to_string(error->source) + " > " + to_string(error->destination);
    }
    if (const auto* other = std::get_if<NotTcp>(&decoded)) return other->reason;
    return "something else";
}

TEST(Datagram, ReadsWhatLinuxSent) {
    EXPECT_EQ(told(decode_frame(kUdp)), "127.0.0.1:40000 > 127.0.0.1:9 (5)");
    EXPECT_EQ(told(decode_frame(kUdp6)), "[::1]:40000 > [::1]:9 (5)");
}

TEST(Datagram, KeepsTheFirstOctetsOfThePayload) {
    const auto kept = [](const Octets& frame, std::uint32_t wire_length) {
        return std::get<Datagram>(decode(frame, LinkType::Ethernet, wire_length)).payload;
    };
    EXPECT_EQ(kept(kUdp, 47), hex("68656c6c6f"));
    EXPECT_EQ(kept(kUdp6, 67), hex("68656c6c6f"));
    EXPECT_EQ(kept(Octets(kUdp.begin(), kUdp.end() - 3), 47), hex("6865"));
    EXPECT_EQ(kept(kUdp + payload(13), 60), hex("68656c6c6f"));  // a short frame is filled up
    const Octets data = payload(model::kMostPayload + 9);
    const Octets header =
        with16(hex("9c40000900000000"), 4, static_cast<std::uint16_t>(data.size() + 8));
    const Octets kept_data = kept(ethernet(0x0800, ipv4(header + data, {}, 17)), 0);
    EXPECT_EQ(kept_data, Octets(data.begin(), data.begin() + model::kMostPayload));
}

TEST(Datagram, ReadsTheErrorsThatLinuxAnswered) {
    EXPECT_EQ(told(decode_frame(kRefused)), "3/3 about 127.0.0.1:40000 > 127.0.0.1:9");
    EXPECT_EQ(told(decode_frame(kRefused6)), "1/4 about [::1]:40000 > [::1]:9");
}

TEST(Datagram, ReadsALongOneByWhatWasCaptured) {
    const Octets only_headers(kUdp.begin(), kUdp.end() - 5);
    EXPECT_EQ(told(decode(only_headers, LinkType::Ethernet, 47)),
              "127.0.0.1:40000 > 127.0.0.1:9 (5)");
}

// Whatever is missing, there is an answer, and never a length that was not there.
TEST(Datagram, WhatIsCutIsNone) {
    for (const Octets& whole : {kUdp, kUdp6, kRefused, kRefused6}) {
        const bool quotes = whole.size() > 70;
        const std::size_t payload = 5;
        for (std::size_t size = 0; size < whole.size() - payload; ++size) {
            const Octets cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
            const auto length = static_cast<std::uint32_t>(whole.size());
            EXPECT_FALSE(read_datagram(cut, LinkType::Ethernet, length)) << size;
            EXPECT_FALSE(read_icmp_error(cut, LinkType::Ethernet, length)) << size << quotes;
        }
    }
}

TEST(Datagram, OtherIcmpIsNoError) {
    // An echo request, and an error that quotes a segment.
    EXPECT_EQ(told(decode_frame(with8(kRefused, 34, 8))), "IP protocol 1");
    EXPECT_EQ(told(decode_frame(with8(kRefused, 51, 6))), "IP protocol 1");
    EXPECT_EQ(told(decode_frame(with8(kRefused6, 54, 129))), "IP protocol 58");
}

TEST(Datagram, ALengthThatCannotBeIsRefused) {
    EXPECT_EQ(told(decode_frame(with16(kUdp, 38, 7))), "IP protocol 17");
    EXPECT_EQ(told(decode_frame(with16(kUdp, 38, 8))), "127.0.0.1:40000 > 127.0.0.1:9 (0)");
}

}  // namespace
}  // namespace tcpstep::capture
