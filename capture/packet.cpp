#include "capture/packet.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "capture/ip_header.hpp"
#include "capture/link_header.hpp"
#include "model/tcp_option.hpp"

namespace tcpstep::capture {

namespace {

constexpr std::size_t kTcpMinimum = 20;

Decoded as_decoded(Stop stop) {
    return std::visit([](auto& reason) -> Decoded { return std::move(reason); }, stop);
}

// `packet` begins with the IP header and has all that was captured from there.
Layer<Packet> read_tcp(Bytes packet, const IpHeader& ip) {
    if (ip.tcp_length < kTcpMinimum) {
        return malformed(
            fmt::format("{} octets are too few for a TCP header of at least 20", ip.tcp_length));
    }
    if (packet.size() < ip.length + kTcpMinimum) {
        return malformed("capture ends inside the TCP header");
    }
    const Bytes tcp = packet.subspan(ip.length);
    const unsigned words = tcp[12] >> 4U;
    if (words < 5)
        return malformed(fmt::format("TCP data offset of {} words is less than 5", words));
    const std::size_t header = std::size_t{words} * 4;
    if (header > ip.tcp_length) {
        return malformed(
            fmt::format("TCP header of {} octets in a segment of {}", header, ip.tcp_length));
    }

    const std::size_t captured = std::min(header, tcp.size());
    const Bytes headers = packet.first(ip.length + captured);
    Packet result;
    result.source = {ip.source, be16(tcp, 0)};
    result.destination = {ip.destination, be16(tcp, 2)};
    result.ip_id = ip.id;
    model::Segment& segment = result.segment;
    segment.seq = model::SeqNum(be32(tcp, 4));
    segment.ack = model::SeqNum(be32(tcp, 8));
    segment.flags = model::Flags(be16(tcp, 12));  // keeps the nine lowest bits: AE to FIN
    segment.window = be16(tcp, 14);
    segment.length = static_cast<std::uint32_t>(ip.tcp_length - header);
    segment.options = model::parse_tcp_options(tcp.subspan(kTcpMinimum, captured - kTcpMinimum));
    segment.headers.assign(headers.begin(), headers.end());
    return result;
}

}  // namespace

Decoded decode(std::span<const std::uint8_t> bytes, LinkType link, std::uint32_t wire_length) {
    const Layer<LinkHeader> below = read_link_header(bytes, link);
    if (!below) return as_decoded(below.error());
    const Bytes packet = bytes.subspan(below->length);
    // A file may claim that less was on the wire than was captured; believe the octets.
    const std::size_t on_wire = std::max<std::size_t>(wire_length, bytes.size()) - below->length;
    const auto wire = static_cast<std::uint32_t>(on_wire);

    const Layer<IpHeader> ip = below->ip == IpVersion::V6 ? read_ipv6_header(packet, wire)
                                                          : read_ipv4_header(packet, wire);
    if (!ip) return as_decoded(ip.error());
    Layer<Packet> tcp = read_tcp(packet, *ip);
    if (!tcp) return as_decoded(std::move(tcp).error());
    return std::move(*tcp);
}

}  // namespace tcpstep::capture
