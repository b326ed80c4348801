#include "capture/ip_header.hpp"

#include <fmt/format.h>

namespace tcpstep::capture {

namespace {

// IANA "Protocol Numbers".
constexpr std::uint8_t kTcp = 6;
constexpr std::uint8_t kHopByHop = 0, kRouting = 43, kFragment = 44, kDestinationOptions = 60;

constexpr std::size_t kIpv4Minimum = 20, kIpv6Fixed = 40, kExtensionMinimum = 8;

tl::unexpected<Stop> no_tcp_in(std::uint8_t protocol) {
    return not_tcp(fmt::format("IP protocol {}", protocol));
}

tl::unexpected<Stop> later_fragment(unsigned octets) {
    return not_tcp(fmt::format("fragment at octet {}", octets));
}

struct ExtensionsEnd {
    std::size_t length;  // octets before the TCP header, the fixed header included
};

// Walks from header to header until TCP. Each is at least 8 octets, so the walk ends.
Layer<ExtensionsEnd> skip_extensions(Bytes packet, std::uint32_t total) {
    std::size_t at = kIpv6Fixed;
    std::uint8_t next = packet[6];
    while (next != kTcp) {
        const bool fragment = next == kFragment;
        if (!fragment && next != kHopByHop && next != kRouting && next != kDestinationOptions) {
            return no_tcp_in(next);
        }
        if (total < at + kExtensionMinimum) {
            return malformed("IPv6 extension header reaches beyond the packet");
        }
        if (packet.size() < at + kExtensionMinimum) {
            return malformed("capture ends inside the IPv6 extension headers");
        }
        if (fragment) {
            const unsigned offset = be16(packet, at + 2) & 0xfff8U;
            if (offset != 0) return later_fragment(offset);
        }
        next = packet[at];
        // RFC 8200 4.5: the fragment header has no length field, it is always 8 octets.
        at += fragment ? kExtensionMinimum : (packet[at + 1] + std::size_t{1}) * 8;
    }
    if (total < at) return malformed("IPv6 extension header reaches beyond the packet");
    return ExtensionsEnd{at};
}

}  // namespace

Layer<IpHeader> read_ipv4_header(Bytes packet, std::uint32_t wire_length) {
    if (packet.size() < kIpv4Minimum) return malformed("capture ends inside the IPv4 header");
    const unsigned version = packet[0] >> 4U;
    if (version != 4) return malformed(fmt::format("IP version {} in an IPv4 packet", version));
    if (packet[9] != kTcp) return no_tcp_in(packet[9]);
    const unsigned offset = (be16(packet, 6) & 0x1fffU) * 8;
    if (offset != 0) return later_fragment(offset);

    const unsigned words = packet[0] & 0x0fU;
    if (words < 5) return malformed(fmt::format("IPv4 header of {} words is less than 5", words));
    const std::size_t length = std::size_t{words} * 4;
    // Linux: 0 for what is longer than 65535 octets (BIG TCP); other systems leave it 0 for the
    // network card to fill in when it splits the packet.
    const std::uint32_t stated = be16(packet, 2);
    const std::uint32_t total = stated == 0 ? wire_length : stated;
    if (total < length) {
        return malformed(
            fmt::format("IPv4 total length of {} is less than its header of {}", total, length));
    }
    return IpHeader{model::IpAddress::from_v4(&packet[12]), model::IpAddress::from_v4(&packet[16]),
                    be16(packet, 4), length, static_cast<std::uint32_t>(total - length)};
}

Layer<IpHeader> read_ipv6_header(Bytes packet, std::uint32_t wire_length) {
    if (packet.size() < kIpv6Fixed) return malformed("capture ends inside the IPv6 header");
    const unsigned version = packet[0] >> 4U;
    if (version != 6) return malformed(fmt::format("IP version {} in an IPv6 packet", version));
    // RFC 2675 and Linux: 0 for what is longer than 65535 octets (jumbogram, BIG TCP).
    const std::uint32_t stated = be16(packet, 4);
    const std::uint32_t total = stated == 0 ? wire_length : stated + std::uint32_t{kIpv6Fixed};

    const Layer<ExtensionsEnd> end = skip_extensions(packet, total);
    if (!end) return tl::unexpected<Stop>(end.error());
    return IpHeader{model::IpAddress::from_v6(&packet[8]), model::IpAddress::from_v6(&packet[24]),
                    0, end->length, static_cast<std::uint32_t>(total - end->length)};
}

}  // namespace tcpstep::capture
