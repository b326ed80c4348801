#include "capture/packet_builder.hpp"

#include <cassert>
#include <cstddef>

#include "capture/checksum.hpp"

namespace tcpstep::capture {

namespace {

using Octets = std::vector<std::uint8_t>;

constexpr std::uint8_t kTcp = 6;  // IANA "Protocol Numbers"
constexpr std::uint8_t kHops = 64;
constexpr std::uint16_t kTcpLength = 20, kIpv4Length = 20;
constexpr std::uint16_t kDontFragment = 0x4000;

void put16(Octets& to, std::uint16_t value) {
    to.push_back(static_cast<std::uint8_t>(value >> 8U));
    to.push_back(static_cast<std::uint8_t>(value));
}

void put32(Octets& to, std::uint32_t value) {
    put16(to, static_cast<std::uint16_t>(value >> 16U));
    put16(to, static_cast<std::uint16_t>(value));
}

void put(Octets& to, const model::IpAddress& address) {
    const auto* first = address.bytes.data();
    to.insert(to.end(), first, first + (address.v6 ? 16 : 4));
}

// Identification 0, as Linux has it in a segment that belongs to no socket: RFC 6864 allows it with
// "don't fragment".
void put_ipv4(Octets& to, const model::IpAddress& source, const model::IpAddress& destination) {
    to.push_back(0x45);  // version 4, five words
    to.push_back(0);
    put16(to, kIpv4Length + kTcpLength);
    put16(to, 0);
    put16(to, kDontFragment);
    to.push_back(kHops);
    to.push_back(kTcp);
    put16(to, 0);  // checksum
    put(to, source);
    put(to, destination);
}

void put_ipv6(Octets& to, const model::IpAddress& source, const model::IpAddress& destination) {
    put32(to, 6U << 28U);  // version 6, no traffic class and no flow label
    put16(to, kTcpLength);
    to.push_back(kTcp);
    to.push_back(kHops);
    put(to, source);
    put(to, destination);
}

void put_tcp(Octets& to, std::uint16_t from, std::uint16_t towards, const model::Segment& segment) {
    put16(to, from);
    put16(to, towards);
    put32(to, segment.seq.raw());
    put32(to, segment.ack.raw());
    put16(to, static_cast<std::uint16_t>(5U << 12U | segment.flags.bits()));  // five words
    put16(to, segment.window);
    put16(to, 0);  // checksum
    put16(to, 0);  // urgent pointer
}

}  // namespace

std::vector<std::uint8_t> build_packet(const model::SocketAddress& source,
                                       const model::SocketAddress& destination,
                                       const model::Segment& segment) {
    assert(source.ip.v6 == destination.ip.v6);
    Octets packet;
    source.ip.v6 ? put_ipv6(packet, source.ip, destination.ip)
                 : put_ipv4(packet, source.ip, destination.ip);
    put_tcp(packet, source.port, destination.port, segment);
    [[maybe_unused]] const auto filled = fill_in_checksums(packet);
    assert(filled);
    return packet;
}

}  // namespace tcpstep::capture
