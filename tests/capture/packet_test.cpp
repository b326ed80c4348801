#include "capture/packet.hpp"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "tests/capture/frame.hpp"

namespace tcpstep::capture {
namespace {

// What Linux sent on loopback for a handshake and five octets, Ethernet header included.
const Octets kSyn = hex(
    "00000000000000000000000008004500003c3a924000400602287f0000017f000001e24e996f6f90792500000000"
    "a002ffd7fe3000000204ffd70402080a6ae0117c000000000103030a");
const Octets kSynAck = hex(
    "00000000000000000000000008004500003c0000400040063cba7f0000017f000001996fe24e28475f946f907926"
    "a012ffcbfe3000000204ffd70402080ac510afa16ae0117c0103030a");
const Octets kData = hex(
    "0000000000000000000000000800450000393a944000400602297f0000017f000001e24e996f6f90792628475f95"
    "80180040fe2d00000101080a6ae0117cc510afa168656c6c6f");
const Octets kFin6 =
    hex("00000000000000000000000086dd600f32a4002006400000000000000000000000000000000100000000000000"
        "000000000000000001ba56862f23298ee2b4de8d1f80110040002800000101080a09717525b5bcee80");

Decoded decode_frame(const Octets& frame) {
    return decode(frame, LinkType::Ethernet, static_cast<std::uint32_t>(frame.size()));
}

std::string told(const Decoded& decoded) {
    if (const auto* packet = std::get_if<Packet>(&decoded)) {
        const model::SeqBase raw{model::SeqNum(0), model::SeqNum(0)};
        return to_string(packet->source) + " > " + to_string(packet->destination) + " " +
               to_line(packet->segment, raw, model::LineDetail::Full);
    }
    if (const auto* other = std::get_if<NotTcp>(&decoded)) return "not TCP: " + other->reason;
    return "malformed: " + std::get<Malformed>(decoded).what;
}

TEST(Decode, ReadsWhatLinuxSent) {
    EXPECT_EQ(told(decode_frame(kSyn)),
              "127.0.0.1:57934 > 127.0.0.1:39279 S 1871739173:1871739173(0) win 65495 "
              "<mss 65495,sackOK,TS val 1793069436 ecr 0,nop,wscale 10>");
    EXPECT_EQ(told(decode_frame(kSynAck)),
              "127.0.0.1:39279 > 127.0.0.1:57934 S. 675766164:675766164(0) ack 1871739174 "
              "win 65483 <mss 65495,sackOK,TS val 3306205089 ecr 1793069436,nop,wscale 10>");
    EXPECT_EQ(told(decode_frame(kData)),
              "127.0.0.1:57934 > 127.0.0.1:39279 P. 1871739174:1871739179(5) ack 675766165 win 64 "
              "<nop,nop,TS val 1793069436 ecr 3306205089>");
    EXPECT_EQ(told(decode_frame(kFin6)),
              "[::1]:47702 > [::1]:34351 F. 589926114:589926114(0) ack 3034483999 win 64 "
              "<nop,nop,TS val 158430501 ecr 3049057920>");
}

TEST(Decode, KeepsIpAndTcpHeaderAndNothingElse) {
    const auto data = std::get<Packet>(decode_frame(kData));
    EXPECT_EQ(data.segment.headers, Octets(kData.begin() + 14, kData.end() - 5));
    EXPECT_EQ(data.ip_id, 0x3a94);
    const auto fin = std::get<Packet>(decode_frame(kFin6));
    EXPECT_EQ(fin.segment.headers, Octets(kFin6.begin() + 14, kFin6.end()));
    const Octets options = ipv4(tcp_header(6, hex("01010101")) + payload(9), hex("01010101"));
    const auto optioned = std::get<Packet>(decode_frame(ethernet(0x0800, options)));
    EXPECT_EQ(optioned.segment.headers, Octets(options.begin(), options.begin() + 48));
}

// Of the payload of a captured packet: what is kept.
Octets kept(const Octets& frame, std::uint32_t wire_length) {
    return std::get<Packet>(decode(frame, LinkType::Ethernet, wire_length)).segment.payload;
}

TEST(Decode, KeepsTheFirstOctetsOfThePayload) {
    const Octets hello = hex("68656c6c6f");
    const auto size = [](const Octets& frame) { return static_cast<std::uint32_t>(frame.size()); };
    EXPECT_EQ(kept(kData, size(kData)), hello);
    EXPECT_TRUE(kept(kSyn, size(kSyn)).empty());
    const Octets behind_a_trailer = kData + payload(4);
    EXPECT_EQ(kept(behind_a_trailer, size(behind_a_trailer)), hello);
    const Octets cut(kData.begin(), kData.end() - 2);
    EXPECT_EQ(kept(cut, size(kData)), hex("68656c"));
    const Octets padded = ethernet(0x0800, ipv4(tcp_header())) + payload(6);
    EXPECT_TRUE(kept(padded, size(padded)).empty());
    const Octets six = ethernet(0x86dd, ipv6(tcp_header() + hello));
    EXPECT_EQ(kept(six, size(six)), hello);
    for (const std::size_t length :
         {model::kMostPayload - 1, model::kMostPayload, model::kMostPayload + 1}) {
        const Octets data = payload(length);
        const Octets frame = ethernet(0x0800, ipv4(tcp_header() + data));
        const auto most = static_cast<std::ptrdiff_t>(std::min(length, model::kMostPayload));
        EXPECT_EQ(kept(frame, size(frame)), Octets(data.begin(), data.begin() + most)) << length;
    }
    // The TCP header itself is not whole: what follows is none.
    const Octets header_cut(kData.begin(), kData.end() - 5 - 3);
    EXPECT_TRUE(kept(header_cut, size(kData)).empty());
}

TEST(Decode, KeepsAllNineFlags) {
    constexpr std::uint16_t kBits[] = {0x000, 0x001, 0x0ff, 0x100, 0x1ff};
    for (const std::uint16_t bits : kBits) {
        const auto header = with16(tcp_header(), 12, static_cast<std::uint16_t>(0x5000 | bits));
        EXPECT_EQ(std::get<Packet>(decode_frame(ethernet(0x0800, ipv4(header)))).segment.flags,
                  model::Flags(bits));
    }
    const auto reserved = with16(tcp_header(), 12, 0x5e02);  // the reserved bits are no flags
    EXPECT_EQ(std::get<Packet>(decode_frame(ethernet(0x0800, ipv4(reserved)))).segment.flags,
              model::Flags(model::Flags::kSyn));
}

TEST(Decode, PayloadIsCountedFromTheIpHeaderHoweverLittleWasCaptured) {
    struct Row {
        const char* name;
        Octets captured;
        std::uint32_t wire_length;
        std::uint32_t length;
    };
    const Octets whole = ethernet(0x0800, ipv4(tcp_header() + payload(1000)));
    const Octets short_of = Octets(whole.begin(), whole.begin() + 256);
    const Octets segment6 = ethernet(0x86dd, ipv6(tcp_header() + payload(300)));
    const Row kRows[] = {
        {"all of it", whole, 1054, 1000},
        {"256 octets of it", short_of, 1054, 1000},
        {"the wire length was lost, too", short_of, 256, 1000},
        {"the file claims a wire length of 0", short_of, 0, 1000},
        {"neither the file nor the header says it", with16(whole, 16, 0), 0, 1000},
        {"only the headers", Octets(whole.begin(), whole.begin() + 54), 1054, 1000},
        {"padded to the shortest Ethernet frame", ethernet(0x0800, ipv4(tcp_header())) + payload(6),
         60, 0},
        {"trailer of a switch", whole + payload(4), 1058, 1000},
        {"IPv6", segment6, 374, 300},
        {"IPv6 cut", Octets(segment6.begin(), segment6.begin() + 80), 374, 300},
        {"64 KiB at once", with16(short_of, 16, 65535), 65549, 65495},
        {"more than 64 KiB at once", with16(short_of, 16, 0), 200014, 199960},
        {"more than 64 KiB at once, IPv6", with16(segment6, 18, 0), 200014, 199940},
        {"VLAN", ethernet(0x8100, hex("0005 0800") + ipv4(tcp_header() + payload(7))), 65, 7},
        {"a header of 60 octets",
         ethernet(0x0800, ipv4(tcp_header(15, Octets(40, 1)) + payload(7))), 81, 7},
    };
    for (const Row& row : kRows) {
        const Decoded decoded = decode(row.captured, LinkType::Ethernet, row.wire_length);
        ASSERT_TRUE(std::holds_alternative<Packet>(decoded)) << row.name << ": " << told(decoded);
        EXPECT_EQ(std::get<Packet>(decoded).segment.length, row.length) << row.name;
    }
}

TEST(Decode, TellsWhatContradictsItself) {
    struct Row {
        const char* name;
        Octets packet;
        const char* told;
    };
    const Row kRows[] = {
        {"data offset 0", ipv4(tcp_header(0)),
         "malformed: TCP data offset of 0 words is less than 5"},
        {"data offset 4", ipv4(tcp_header(4)),
         "malformed: TCP data offset of 4 words is less than 5"},
        {"options beyond the segment", ipv4(tcp_header(6)),
         "malformed: TCP header of 24 octets in a segment of 20"},
        {"options beyond the segment, in its padding",
         with16(ipv4(tcp_header(6) + payload(4)), 2, 40),
         "malformed: TCP header of 24 octets in a segment of 20"},
        {"no room for a header", with16(ipv4(tcp_header()), 2, 39),
         "malformed: 19 octets are too few for a TCP header of at least 20"},
        {"no TCP at all", with16(ipv4(tcp_header()), 2, 20),
         "malformed: 0 octets are too few for a TCP header of at least 20"},
        {"no room for a header, IPv6", with16(ethernet(0x86dd, ipv6(tcp_header())), 18, 19),
         "malformed: 19 octets are too few for a TCP header of at least 20"},
        {"UDP", ipv4(tcp_header(), {}, 17), "not TCP: IP protocol 17"},
    };
    for (const Row& row : kRows) {
        const bool framed = row.packet[0] == 0;
        const Octets frame = framed ? row.packet : ethernet(0x0800, row.packet);
        EXPECT_EQ(told(decode_frame(frame)), row.told) << row.name;
    }
    EXPECT_EQ(told(decode_frame(ethernet(0x0806, payload(28)))), "not TCP: EtherType 0x0806");
}

TEST(Decode, OptionsThatMakeNoSenseAreKept) {
    const Octets frame = ethernet(0x0800, ipv4(tcp_header(6, hex("0299 0000"))));
    const auto packet = std::get<Packet>(decode_frame(frame));
    EXPECT_EQ(packet.segment.options,
              std::vector<model::TcpOption>{model::MalformedOptions{hex("0299 0000")}});
}

// A copy on the heap of exactly that size: the address sanitizer sees one octet too far.
Decoded decode_first(const Octets& frame, std::size_t size, LinkType link) {
    const Octets captured(frame.begin(), frame.begin() + static_cast<std::ptrdiff_t>(size));
    return decode(captured, link, static_cast<std::uint32_t>(frame.size()));
}

TEST(Decode, EveryTruncationIsMalformedUntilTheTcpHeaderIsThereAndThenRight) {
    struct Row {
        const char* name;
        LinkType link;
        Octets frame;
        std::size_t header_end;  // octets up to the end of the TCP header without its options
    };
    const Octets segment = tcp_header(8, hex("0101 080a 11111111 22222222")) + payload(30);
    const Octets chain = Octets{60, 0, 0, 0, 0, 0, 0, 0} + Octets{44, 1} + Octets(14, 0) +
                         Octets{6, 0, 0, 1, 0, 0, 0, 0};
    const Row kRows[] = {
        {"SYN", LinkType::Ethernet, kSyn, 54},
        {"data", LinkType::Ethernet, kData, 54},
        {"IPv6", LinkType::Ethernet, kFin6, 74},
        {"VLAN and IPv4 options", LinkType::Ethernet,
         ethernet(0x88a8, hex("0005 8100 0006 0800") + ipv4(segment, Octets(40, 1))), 102},
        {"extension headers", LinkType::Ethernet, ethernet(0x86dd, ipv6(chain + segment, 43)), 106},
        {"raw", LinkType::RawIp, ipv4(segment), 40},
        {"raw IPv6", LinkType::RawIp, ipv6(segment), 60},
        {"cooked", LinkType::LinuxCookedV1, Octets(14, 0) + hex("0800") + ipv4(segment), 56},
        {"cooked v2", LinkType::LinuxCookedV2, hex("0800") + Octets(18, 0) + ipv4(segment), 60},
        {"BSD", LinkType::BsdLoopback, hex("02000000") + ipv4(segment), 44},
    };
    for (const Row& row : kRows) {
        const Decoded whole = decode_first(row.frame, row.frame.size(), row.link);
        ASSERT_TRUE(std::holds_alternative<Packet>(whole)) << row.name << ": " << told(whole);
        const model::Segment expected = std::get<Packet>(whole).segment;
        for (std::size_t size = 0; size < row.frame.size(); ++size) {
            const Decoded cut = decode_first(row.frame, size, row.link);
            const auto* packet = std::get_if<Packet>(&cut);
            // The window, the checksum and the urgent pointer come behind the flags.
            ASSERT_EQ(packet != nullptr, size + 6 >= row.header_end)
                << row.name << " cut to " << size;
            if (packet == nullptr) {
                EXPECT_TRUE(std::holds_alternative<Malformed>(cut)) << told(cut);
                continue;
            }
            model::Segment segment_cut = packet->segment;
            EXPECT_TRUE(std::equal(segment_cut.headers.begin(), segment_cut.headers.end(),
                                   expected.headers.begin()));
            EXPECT_EQ(segment_cut.window, size + 4 >= row.header_end ? expected.window : 0);
            // Of the payload what is there, and none before the headers are.
            ASSERT_LE(segment_cut.payload.size(), expected.payload.size());
            const std::size_t ends = row.frame.size() - expected.payload.size();
            EXPECT_EQ(segment_cut.payload.size(), size > ends ? size - ends : 0);
            EXPECT_TRUE(std::equal(segment_cut.payload.begin(), segment_cut.payload.end(),
                                   expected.payload.begin()));
            segment_cut.payload = expected.payload;
            segment_cut.window = expected.window;
            segment_cut.options = expected.options;
            segment_cut.headers = expected.headers;
            EXPECT_EQ(segment_cut, expected) << row.name << " cut to " << size;
        }
    }
}

TEST(Decode, AnyOctetsGiveSomeAnswerAndNoLongerSegmentThanTheirIpHeaderStates) {
    std::mt19937 random(9293);  // the same numbers each time
    const Octets frames[] = {kSyn, kData, kFin6,
                             ethernet(0x86dd, ipv6(Octets(16, 0) + tcp_header(), 0))};
    for (int round = 0; round < 100'000; ++round) {
        Octets frame = frames[random() % std::size(frames)];
        for (unsigned changes = 1 + random() % 4; changes > 0; --changes) {
            frame[random() % frame.size()] = static_cast<std::uint8_t>(random());
        }
        const auto link = static_cast<LinkType>(random() % 5);
        const Decoded decoded = decode_first(frame, random() % (frame.size() + 1), link);
        if (const auto* packet = std::get_if<Packet>(&decoded)) {
            EXPECT_LE(packet->segment.length, 65535U);
            EXPECT_GE(packet->segment.headers.size(), 34U);
        }
    }
}

}  // namespace
}  // namespace tcpstep::capture
