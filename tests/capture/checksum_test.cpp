#include "capture/checksum.hpp"

#include <gtest/gtest.h>

#include "capture/layer.hpp"
#include "tests/capture/frame.hpp"

namespace tcpstep::capture {
namespace {

constexpr std::size_t kTcpChecksum = 16;

/// The sum of all words, carries added; what is right sums up to 0xffff (RFC 1071).
std::uint32_t sum(const Octets& octets, std::uint32_t start = 0) {
    std::uint32_t total = start;
    for (std::size_t i = 0; i < octets.size(); ++i) {
        total += i % 2 == 0 ? octets[i] * 256U : octets[i];
    }
    while (total > 0xffff) total = total % 0x10000 + total / 0x10000;
    return total;
}

Octets part(const Octets& of, std::size_t from, std::size_t to) {
    return {of.begin() + static_cast<long>(from), of.begin() + static_cast<long>(to)};
}

TEST(Checksums, OfBothHeadersAreFilledInWhateverWasThere) {
    for (const std::size_t octets : {0U, 1U, 2U, 1001U, 65'000U}) {
        for (const bool v6 : {false, true}) {
            SCOPED_TRACE((v6 ? "IPv6, " : "IPv4, ") + std::to_string(octets) + " octets");
            const Octets tcp = with16(tcp_header(), kTcpChecksum, 0xbeef) + payload(octets);
            Octets packet = v6 ? ipv6(tcp) : ipv4(tcp);
            ASSERT_TRUE(fill_in_checksums(packet));
            const std::size_t header = v6 ? 40 : 20;
            const Octets addresses = v6 ? part(packet, 8, 40) : part(packet, 12, 20);
            const auto length = static_cast<std::uint32_t>(tcp.size());
            EXPECT_EQ(sum(part(packet, header, packet.size()), sum(addresses) + 6 + length),
                      0xffffU);
            if (!v6) {
                EXPECT_EQ(sum(part(packet, 0, 20)), 0xffffU);
            }
        }
    }
}

TEST(Checksums, StandBehindOptionsAndExtensionHeaders) {
    Octets with_options = ipv4(tcp_header(), Octets(8, 1));
    ASSERT_TRUE(fill_in_checksums(with_options));
    EXPECT_NE(be16(with_options, 28 + kTcpChecksum), 0U);
    EXPECT_EQ(sum(part(with_options, 0, 28)), 0xffffU);

    Octets behind_extension = ipv6(hex("0600000000000000") + tcp_header(), 60);
    ASSERT_TRUE(fill_in_checksums(behind_extension));
    EXPECT_NE(be16(behind_extension, 48 + kTcpChecksum), 0U);
}

TEST(Checksums, AreNotMadeOfWhatIsNoWholeSegment) {
    const Octets whole = ipv4(tcp_header() + payload(10));
    const Octets kCases[] = {
        {},
        hex("45"),
        hex("60"),
        part(whole, 0, 49),
        ipv4(tcp_header(), {}, 17),
        ipv4(payload(19)),
        ipv6(payload(19)),
        with8(whole, 0, 0x70),
    };
    for (const Octets& octets : kCases) {
        Octets copy = octets;
        const auto filled = fill_in_checksums(copy);
        ASSERT_FALSE(filled) << octets.size();
        EXPECT_EQ(filled.error().kind, ErrorKind::BadInput);
        EXPECT_EQ(copy, octets);
    }
}

}  // namespace
}  // namespace tcpstep::capture
