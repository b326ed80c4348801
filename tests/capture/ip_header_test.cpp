#include "capture/ip_header.hpp"

#include <array>

#include <gtest/gtest.h>

#include "tests/capture/frame.hpp"

namespace tcpstep::capture {
namespace {

// Extension headers: next header, length in units of 8 octets beyond the first, content.
Octets extension(std::uint8_t next, std::uint8_t units = 0) {
    return Octets{next, units} + Octets(6U + 8U * units, 0);
}
Octets fragment(std::uint8_t next, std::uint16_t offset_and_more) {
    // The second octet is reserved: where the others have their length, it means nothing.
    return with16(Octets{next, 0x77, 0, 0, 0xaa, 0xbb, 0xcc, 0xdd}, 2, offset_and_more);
}

const Octets kTcp = tcp_header() + payload(100);
constexpr std::uint32_t kTcpLength = 120;
using Sixteen = std::array<std::uint8_t, 16>;
constexpr std::uint8_t kHopByHop = 0, kTcpNext = 6, kRouting = 43, kFragment = 44,
                       kAuthentication = 51, kDestinationOptions = 60;

TEST(Ipv4Header, TellsAddressesAndWhatIsBehindIt) {
    const auto header = read_ipv4_header(ipv4(kTcp), 140);
    ASSERT_TRUE(header.has_value());
    // They held addresses of the other family before.
    model::IpAddress source = {true, Sixteen{1, 2, 3, 4, 5, 6, 7, 8}};
    model::IpAddress destination = source;
    read_ipv4_addresses(ipv4(kTcp), source, destination);
    EXPECT_EQ(source, model::parse_ip("127.0.0.1"));
    EXPECT_EQ(destination, model::parse_ip("127.0.0.2"));
    EXPECT_EQ(header->id, 0x3a92);
    EXPECT_EQ(header->length, 20U);
    EXPECT_EQ(header->tcp_length, kTcpLength);
}

TEST(Ipv6Header, TellsAddressesAndWhatIsBehindIt) {
    const auto header = read_ipv6_header(ipv6(kTcp), 160);
    ASSERT_TRUE(header.has_value());
    // They held addresses of the other family before.
    model::IpAddress source = {false, Sixteen{1, 2, 3, 4, 5, 6, 7, 8}};
    model::IpAddress destination = source;
    read_ipv6_addresses(ipv6(kTcp), source, destination);
    EXPECT_EQ(source, model::parse_ip("::1"));
    EXPECT_EQ(destination, model::parse_ip("::2"));
    EXPECT_EQ(header->id, 0);
    EXPECT_EQ(header->length, 40U);
    EXPECT_EQ(header->tcp_length, kTcpLength);
}

using Read = Layer<IpHeader> (*)(Bytes, std::uint32_t);

TEST(IpHeader, TheLengthIsTheHeadersAndNotTheWires) {
    struct Row {
        const char* name;
        Read read;
        Octets packet;
        std::uint32_t wire_length;
        std::uint32_t length;
        std::uint32_t tcp_length;
    };
    const Octets options = hex("94040000 01010100");
    const Row kRows[] = {
        {"padding of a short Ethernet frame", read_ipv4_header, ipv4(tcp_header()) + payload(6), 46,
         20, 20},
        {"four octets of wire are missing", read_ipv4_header, ipv4(kTcp), 136, 20, 120},
        {"options", read_ipv4_header, ipv4(kTcp, options), 148, 28, 120},
        {"60 octets of header", read_ipv4_header, ipv4(kTcp, Octets(40, 1)), 180, 60, 120},
        {"first fragment", read_ipv4_header, with16(ipv4(kTcp), 6, 0x2000), 140, 20, 120},
        {"total length 0: offload", read_ipv4_header, with16(ipv4(kTcp), 2, 0), 70020, 20, 70000},
        {"padding", read_ipv6_header, ipv6(kTcp) + payload(6), 166, 40, 120},
        {"payload length 0: BIG TCP", read_ipv6_header, with16(ipv6(kTcp), 4, 0), 70040, 40, 70000},
        {"hop-by-hop", read_ipv6_header, ipv6(extension(kTcpNext, 2) + kTcp, kHopByHop), 184, 64,
         120},
        {"jumbogram", read_ipv6_header, with16(ipv6(extension(kTcpNext) + kTcp, kHopByHop), 4, 0),
         70048, 48, 70000},
        {"each extension header", read_ipv6_header,
         ipv6(extension(kRouting) + extension(kDestinationOptions, 1) + extension(kFragment) +
                  fragment(kTcpNext, 0x0001) + kTcp,
              kHopByHop),
         200, 80, 120},
        {"authentication, in units of its own", read_ipv6_header,
         ipv6(Octets{kTcpNext, 4} + Octets(22, 0) + kTcp, kAuthentication), 184, 64, 120},
    };
    for (const Row& row : kRows) {
        const auto header = row.read(row.packet, row.wire_length);
        ASSERT_TRUE(header.has_value()) << row.name;
        EXPECT_EQ(header->length, row.length) << row.name;
        EXPECT_EQ(header->tcp_length, row.tcp_length) << row.name;
    }
}

TEST(IpHeader, TellsTheFirstOfSeveralFragments) {
    struct Row {
        const char* name;
        Read read;
        Octets packet;
        bool first_fragment;
    };
    const Row kRows[] = {
        {"whole", read_ipv4_header, ipv4(kTcp), false},
        {"more fragments", read_ipv4_header, with16(ipv4(kTcp), 6, 0x2000), true},
        {"don't fragment", read_ipv4_header, with16(ipv4(kTcp), 6, 0x4000), false},
        {"whole, IPv6", read_ipv6_header, ipv6(kTcp), false},
        {"more fragments, IPv6", read_ipv6_header,
         ipv6(fragment(kTcpNext, 0x0001) + kTcp, kFragment), true},
        {"the only fragment (RFC 6946)", read_ipv6_header,
         ipv6(fragment(kTcpNext, 0x0000) + kTcp, kFragment), false},
    };
    for (const Row& row : kRows) {
        const auto header = row.read(row.packet, 200);
        ASSERT_TRUE(header.has_value()) << row.name;
        EXPECT_EQ(header->first_fragment, row.first_fragment) << row.name;
    }
}

TEST(IpHeader, TellsWhatIsNoTcpAndWhatIsImpossible) {
    struct Row {
        const char* name;
        Read read;
        Octets packet;
        Stop stop;
    };
    const Row kRows[] = {
        {"UDP", read_ipv4_header, ipv4(kTcp, {}, 17), {StopReason::IpProtocol, 17}},
        {"second fragment",
         read_ipv4_header,
         with16(ipv4(kTcp), 6, 0x0010),
         {StopReason::LaterFragment, 128}},
        {"version",
         read_ipv4_header,
         with8(ipv4(kTcp), 0, 0x65),
         {StopReason::OtherVersionInIpv4, 6}},
        {"header too short",
         read_ipv4_header,
         with8(ipv4(kTcp), 0, 0x44),
         {StopReason::ShortIpv4Header, 4}},
        {"total length too short",
         read_ipv4_header,
         with16(ipv4(kTcp), 2, 19),
         {StopReason::ShortIpv4Length, 19, 20}},
        {"ICMPv6", read_ipv6_header, ipv6(kTcp, 58), {StopReason::IpProtocol, 58}},
        {"ICMPv6 behind options",
         read_ipv6_header,
         ipv6(extension(58) + kTcp, kHopByHop),
         {StopReason::IpProtocol, 58}},
        {"no next header", read_ipv6_header, ipv6({}, 59), {StopReason::IpProtocol, 59}},
        {"encrypted", read_ipv6_header, ipv6(kTcp, 50), {StopReason::IpProtocol, 50}},
        {"second fragment",
         read_ipv6_header,
         ipv6(fragment(kTcpNext, 0x0081) + kTcp, kFragment),
         {StopReason::LaterFragment, 128}},
        {"version",
         read_ipv6_header,
         with8(ipv6(kTcp), 0, 0x45),
         {StopReason::OtherVersionInIpv6, 4}},
        {"extension longer than the packet",
         read_ipv6_header,
         ipv6(Octets{kTcpNext, 255, 0, 0, 0, 0, 0, 0} + kTcp, kRouting),
         {StopReason::LongExtension}},
        {"no room for the extension",
         read_ipv6_header,
         with16(ipv6(extension(kTcpNext) + kTcp, kRouting), 4, 7),
         {StopReason::LongExtension}},
        {"extensions without end",
         read_ipv6_header,
         ipv6(Octets(40, 0), kHopByHop),
         {StopReason::LongExtension}},
    };
    for (const Row& row : kRows) {
        const auto header = row.read(row.packet, static_cast<std::uint32_t>(row.packet.size()));
        ASSERT_FALSE(header.has_value()) << row.name;
        EXPECT_EQ(header.error(), row.stop) << row.name;
    }
}

}  // namespace
}  // namespace tcpstep::capture
