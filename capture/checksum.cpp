#include "capture/checksum.hpp"

#include <cstddef>

#include "capture/ip_header.hpp"
#include "capture/layer.hpp"

namespace tcpstep::capture {

namespace {

constexpr std::uint8_t kTcp = 6;  // IANA "Protocol Numbers"
constexpr std::size_t kTcpMinimum = 20;
constexpr std::size_t kIpv4Checksum = 10;  // where they are in their headers
constexpr std::size_t kTcpChecksum = 16;

// RFC 1071: as 16-bit words in network byte order; an octet that is left over has a zero after it.
// 64 bits hold the carries of any packet.
std::uint64_t sum_of(Bytes octets) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i + 1 < octets.size(); i += 2) sum += be16(octets, i);
    if (octets.size() % 2 != 0) sum += std::uint64_t{octets.back()} << 8U;
    return sum;
}

// One's complement of the one's complement sum.
std::uint16_t fold(std::uint64_t sum) {
    while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16U);
    return static_cast<std::uint16_t>(~sum);
}

void put16(std::span<std::uint8_t> to, std::size_t at, std::uint16_t value) {
    to[at] = static_cast<std::uint8_t>(value >> 8U);
    to[at + 1] = static_cast<std::uint8_t>(value);
}

// RFC 9293 3.1, RFC 8200 8.1: both addresses, the protocol and the length count as well. The sum is
// the same for both families, for zeros add nothing.
std::uint64_t pseudo_header(Bytes packet, bool v6, const IpHeader& ip) {
    const Bytes addresses = v6 ? packet.subspan(8, 32) : packet.subspan(12, 8);
    return sum_of(addresses) + kTcp + ip.tcp_length;
}

tl::unexpected<Error> no_segment(std::string why) {
    return fail(ErrorKind::BadInput, "checksum of a packet: " + std::move(why));
}

}  // namespace

Result<void> fill_in_checksums(std::span<std::uint8_t> ip_packet) {
    if (ip_packet.empty()) return no_segment("it is empty");
    const bool v6 = ip_packet[0] >> 4U == 6;
    const auto size = static_cast<std::uint32_t>(ip_packet.size());
    const Layer<IpHeader> ip =
        v6 ? read_ipv6_header(ip_packet, size) : read_ipv4_header(ip_packet, size);
    if (!ip) return no_segment(to_string(ip.error()));
    if (ip->tcp_length < kTcpMinimum) return no_segment("it has no room for a TCP header");
    if (ip_packet.size() < ip->length + ip->tcp_length) return no_segment("it is not whole");

    if (!v6) {
        const auto header = ip_packet.first(ip->length);
        put16(header, kIpv4Checksum, 0);
        put16(header, kIpv4Checksum, fold(sum_of(header)));
    }
    const auto tcp = ip_packet.subspan(ip->length, ip->tcp_length);
    put16(tcp, kTcpChecksum, 0);
    put16(tcp, kTcpChecksum, fold(pseudo_header(ip_packet, v6, *ip) + sum_of(tcp)));
    return {};
}

}  // namespace tcpstep::capture
