#include "capture/ip_header.hpp"

#include <algorithm>

namespace tcpstep::capture {

namespace {

// IANA "Protocol Numbers".
constexpr std::uint8_t kTcp = 6;
constexpr std::uint8_t kHopByHop = 0, kRouting = 43, kFragment = 44, kDestinationOptions = 60;
constexpr std::uint8_t kAuthentication = 51;

constexpr std::size_t kIpv4Minimum = 20, kIpv6Fixed = 40, kExtensionMinimum = 8;

struct ExtensionsEnd {
    std::size_t length;   // octets before the TCP header, the fixed header included
    bool first_fragment;  // more fragments follow
};

bool is_extension(std::uint8_t header) {
    return header == kHopByHop || header == kRouting || header == kFragment ||
           header == kAuthentication || header == kDestinationOptions;
}

// Octets of the extension header at `at`, its first two octets being there.
std::size_t length_of(std::uint8_t header, Bytes packet, std::size_t at) {
    const std::size_t units = packet[at + 1];
    // RFC 8200 4.5: the fragment header has no length field, it is always 8 octets.
    if (header == kFragment) return kExtensionMinimum;
    // RFC 4302 2.2: in units of 4 octets, minus 2.
    if (header == kAuthentication) return (units + 2) * 4;
    return (units + 1) * 8;
}

// Walks from header to header until the protocol's. Each is at least 8 octets, so the walk ends.
Layer<ExtensionsEnd> skip_extensions(std::uint8_t protocol, Bytes packet, std::uint32_t total) {
    std::size_t at = kIpv6Fixed;
    std::uint8_t next = packet[6];
    bool first_fragment = false;
    while (next != protocol) {
        if (!is_extension(next)) return stop(StopReason::IpProtocol, next);
        if (total < at + kExtensionMinimum) return stop(StopReason::LongExtension);
        if (packet.size() < at + kExtensionMinimum) return stop(StopReason::CutInExtensions);
        if (next == kFragment) {
            const std::uint32_t offset = be16(packet, at + 2) & 0xfff8U;
            if (offset != 0) return stop(StopReason::LaterFragment, offset);
            first_fragment = (be16(packet, at + 2) & 1U) != 0;
        }
        const std::size_t length = length_of(next, packet, at);
        next = packet[at];
        at += length;
    }
    if (total < at) return stop(StopReason::LongExtension);
    return ExtensionsEnd{at, first_fragment};
}

}  // namespace

Layer<IpHeader> read_ipv4_header(Bytes packet, std::uint32_t wire_length) {
    return read_ipv4_header_before(kTcp, packet, wire_length);
}

Layer<IpHeader> read_ipv6_header(Bytes packet, std::uint32_t wire_length) {
    return read_ipv6_header_before(kTcp, packet, wire_length);
}

Layer<IpHeader> read_ipv4_header_before(std::uint8_t protocol, Bytes packet,
                                        std::uint32_t wire_length) {
    if (packet.size() < kIpv4Minimum) return stop(StopReason::CutInIpv4Header);
    const unsigned version = packet[0] >> 4U;
    if (version != 4) return stop(StopReason::OtherVersionInIpv4, version);
    if (packet[9] != protocol) return stop(StopReason::IpProtocol, packet[9]);
    const std::uint16_t fragment = be16(packet, 6);
    const std::uint32_t offset = (fragment & 0x1fffU) * 8;
    if (offset != 0) return stop(StopReason::LaterFragment, offset);

    const unsigned words = packet[0] & 0x0fU;
    if (words < 5) return stop(StopReason::ShortIpv4Header, words);
    const std::size_t length = std::size_t{words} * 4;
    // Linux: 0 for what is longer than 65535 octets (BIG TCP); other systems leave it 0 for the
    // network card to fill in when it splits the packet.
    const std::uint32_t stated = be16(packet, 2);
    const std::uint32_t total = stated == 0 ? wire_length : stated;
    if (total < length) {
        return stop(StopReason::ShortIpv4Length, total, static_cast<std::uint32_t>(length));
    }
    return IpHeader{be16(packet, 4), length, static_cast<std::uint32_t>(total - length),
                    (fragment & 0x2000U) != 0};
}

Layer<IpHeader> read_ipv6_header_before(std::uint8_t protocol, Bytes packet,
                                        std::uint32_t wire_length) {
    if (packet.size() < kIpv6Fixed) return stop(StopReason::CutInIpv6Header);
    const unsigned version = packet[0] >> 4U;
    if (version != 6) return stop(StopReason::OtherVersionInIpv6, version);
    // RFC 2675 and Linux: 0 for what is longer than 65535 octets (jumbogram, BIG TCP).
    const std::uint32_t stated = be16(packet, 4);
    const std::uint32_t total = stated == 0 ? wire_length : stated + std::uint32_t{kIpv6Fixed};

    const Layer<ExtensionsEnd> end = skip_extensions(protocol, packet, total);
    if (!end) return tl::unexpected<Stop>(end.error());
    return IpHeader{0, end->length, static_cast<std::uint32_t>(total - end->length),
                    end->first_fragment};
}

void read_ipv4_addresses(Bytes packet, model::IpAddress& source, model::IpAddress& destination) {
    source.v6 = destination.v6 = false;
    source.bytes = {packet[12], packet[13], packet[14], packet[15]};
    destination.bytes = {packet[16], packet[17], packet[18], packet[19]};
}

void read_ipv6_addresses(Bytes packet, model::IpAddress& source, model::IpAddress& destination) {
    source.v6 = destination.v6 = true;
    std::copy_n(&packet[8], 16, source.bytes.begin());
    std::copy_n(&packet[24], 16, destination.bytes.begin());
}

}  // namespace tcpstep::capture
