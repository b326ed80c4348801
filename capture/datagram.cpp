#include "capture/datagram.hpp"

#include <algorithm>

#include "capture/ip_header.hpp"
#include "capture/link_header.hpp"

namespace tcpstep::capture {

namespace {

constexpr std::uint8_t kIcmp = 1, kUdp = 17, kIcmp6 = 58;  // IANA "Protocol Numbers"
constexpr std::size_t kUdpHeader = 8;                      // RFC 768
constexpr std::size_t kIcmpHeader = 8;                     // of an error, before what it quotes

// An IP packet and what is behind its headers.
struct IpPacket {
    model::IpAddress source;
    model::IpAddress destination;
    Bytes body;
};

std::optional<IpPacket> read_ip(Bytes packet, bool v6, std::uint8_t protocol,
                                std::uint32_t wire_length) {
    const auto ip = v6 ? read_ipv6_header_before(protocol, packet, wire_length)
                       : read_ipv4_header_before(protocol, packet, wire_length);
    if (!ip || ip->length > packet.size()) return std::nullopt;
    IpPacket found;
    (v6 ? read_ipv6_addresses : read_ipv4_addresses)(packet, found.source, found.destination);
    found.body = packet.subspan(ip->length);
    return found;
}

// What is behind the link header, if that is the protocol's.
std::optional<IpPacket> read_packet(Bytes bytes, LinkType link, std::uint32_t wire_length, bool v6,
                                    std::uint8_t protocol) {
    const Layer<LinkHeader> below = read_link_header(bytes, link);
    if (!below || (below->ip == IpVersion::V6) != v6) return std::nullopt;
    const auto on_wire = std::max<std::size_t>(wire_length, bytes.size()) - below->length;
    return read_ip(bytes.subspan(below->length), v6, protocol, static_cast<std::uint32_t>(on_wire));
}

std::optional<Datagram> datagram_in(const IpPacket& packet) {
    if (packet.body.size() < kUdpHeader) return std::nullopt;
    const std::uint16_t length = be16(packet.body, 4);
    if (length < kUdpHeader) return std::nullopt;
    const std::size_t payload = length - kUdpHeader;
    const Bytes behind = packet.body.subspan(kUdpHeader);
    const Bytes kept = behind.first(std::min({payload, behind.size(), model::kMostPayload}));
    return Datagram{{packet.source, be16(packet.body, 0)},
                    {packet.destination, be16(packet.body, 2)},
                    static_cast<std::uint32_t>(payload),
                    {kept.begin(), kept.end()}};
}

// RFC 792: destination unreachable, time exceeded, parameter problem. RFC 4443 2.1: below 128.
bool is_error(std::uint8_t type, bool v6) {
    return v6 ? type >= 1 && type < 128 : type == 3 || type == 11 || type == 12;
}

}  // namespace

std::optional<Datagram> read_datagram(Bytes bytes, LinkType link, std::uint32_t wire_length) {
    for (const bool v6 : {false, true}) {
        if (const auto packet = read_packet(bytes, link, wire_length, v6, kUdp)) {
            return datagram_in(*packet);
        }
    }
    return std::nullopt;
}

std::optional<IcmpError> read_icmp_error(Bytes bytes, LinkType link, std::uint32_t wire_length) {
    for (const bool v6 : {false, true}) {
        const auto packet = read_packet(bytes, link, wire_length, v6, v6 ? kIcmp6 : kIcmp);
        if (!packet || packet->body.size() < kIcmpHeader) continue;
        const std::uint8_t type = packet->body[0];
        if (!is_error(type, v6)) return std::nullopt;
        const Bytes quoted = packet->body.subspan(kIcmpHeader);
        const auto about = read_ip(quoted, v6, kUdp, static_cast<std::uint32_t>(quoted.size()));
        const auto datagram = about ? datagram_in(*about) : std::nullopt;
        if (!datagram) return std::nullopt;
        return IcmpError{type, packet->body[1], datagram->source, datagram->destination};
    }
    return std::nullopt;
}

}  // namespace tcpstep::capture
