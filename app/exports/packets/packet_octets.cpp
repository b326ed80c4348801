#include "app/exports/packets/packet_octets.hpp"

#include <algorithm>
#include <span>
#include <variant>

namespace tcpstep::exports::packets {

using namespace model;

namespace {

using Octets = std::vector<std::uint8_t>;

// IANA "Protocol Numbers".
constexpr std::uint8_t kIcmp = 1, kTcp = 6, kUdp = 17, kIcmpV6 = 58;
constexpr std::uint8_t kHops = 64;
constexpr std::size_t kMostOptions = 40;
constexpr std::size_t kMostLength = 65535;  // that 16 bits can say

void put8(Octets& to, std::size_t value) {
    to.push_back(static_cast<std::uint8_t>(value));
}
void put16(Octets& to, std::size_t value) {
    put8(to, value >> 8U);
    put8(to, value & 0xffU);
}
void put32(Octets& to, std::uint32_t value) {
    put16(to, value >> 16U);
    put16(to, value & 0xffffU);
}
void put(Octets& to, std::span<const std::uint8_t> octets) {
    to.insert(to.end(), octets.begin(), octets.end());
}
std::span<const std::uint8_t> octets_of(const IpAddress& address) {
    return std::span(address.bytes).first(address.v6 ? 16 : 4);
}

void set16(Octets& in, std::size_t at, std::uint16_t value) {
    in[at] = static_cast<std::uint8_t>(value >> 8U);
    in[at + 1] = static_cast<std::uint8_t>(value & 0xffU);
}

// RFC 1071: the one's complement of the one's complement sum.
std::uint16_t checksum(const Octets& octets, std::size_t from = 0) {
    std::uint32_t sum = 0;
    for (std::size_t i = from; i < octets.size(); i += 2) {
        const std::uint32_t low = i + 1 < octets.size() ? octets[i + 1] : 0;
        sum += (std::uint32_t{octets[i]} << 8U) + low;
        sum = (sum & 0xffffU) + (sum >> 16U);
    }
    return static_cast<std::uint16_t>(~sum & 0xffffU);
}

// The sum over the pseudo header, too: RFC 9293 3.1, RFC 8200 8.1.
std::uint16_t checksum_with_addresses(const IpAddress& source, const IpAddress& destination,
                                      std::uint8_t protocol, const Octets& body) {
    Octets all;
    put(all, octets_of(source));
    put(all, octets_of(destination));
    put32(all, static_cast<std::uint32_t>(body.size()));
    put32(all, protocol);
    put(all, body);
    return checksum(all);
}

// `length` octets follow the IP header.
Octets ip_header(const IpAddress& source, const IpAddress& destination, std::uint8_t protocol,
                 std::size_t length) {
    Octets ip;
    if (source.v6) {
        put32(ip, 6U << 28U);  // version 6, no traffic class and no flow label
        put16(ip, std::min(length, kMostLength));
        put8(ip, protocol);
        put8(ip, kHops);
    } else {
        put16(ip, 0x4500);  // version 4, five words
        put16(ip, std::min(length + 20, kMostLength));
        put32(ip, 0x4000);  // identification 0, which goes with "don't fragment": RFC 6864
        put8(ip, kHops);
        put8(ip, protocol);
        put16(ip, 0);
    }
    put(ip, octets_of(source));
    put(ip, octets_of(destination));
    if (!source.v6) set16(ip, 10, checksum(ip));
    return ip;
}

struct PutOption {
    Octets& to;

    void operator()(const EndOfOptions&) const { put8(to, 0); }
    void operator()(const NoOperation&) const { put8(to, 1); }
    void operator()(const MaximumSegmentSize& o) const {
        put16(to, 0x0204);
        put16(to, o.octets);
    }
    void operator()(const WindowScale& o) const {
        put16(to, 0x0303);
        put8(to, o.shift);
    }
    void operator()(const SackPermitted&) const { put16(to, 0x0402); }
    void operator()(const SackBlocks& o) const {
        put8(to, 5);
        put8(to, 2 + 8 * o.blocks.size());
        for (const SackBlocks::Block& block : o.blocks) {
            put32(to, block.left.raw());
            put32(to, block.right.raw());
        }
    }
    void operator()(const Timestamps& o) const {
        put16(to, 0x080a);
        put32(to, o.value);
        put32(to, o.echo_reply);
    }
    void operator()(const FastOpen& o) const {
        put8(to, o.experimental ? 254 : 34);
        put8(to, o.cookie.size() + (o.experimental ? 4 : 2));
        if (o.experimental) put16(to, 0xf989);
        put(to, o.cookie);
    }
    void operator()(const MultipathTcp& o) const { other(30, o.data); }
    void operator()(const OtherOption& o) const { other(o.kind, o.data); }
    void operator()(const MalformedOptions& o) const { put(to, o.data); }

    void other(std::uint8_t kind, const Octets& data) const {
        put8(to, kind);
        put8(to, data.size() + 2);
        put(to, data);
    }
};

Octets options_of(const Segment& segment) {
    Octets options;
    for (const TcpOption& option : segment.options) std::visit(PutOption{options}, option);
    options.resize(std::min((options.size() + 3) / 4 * 4, kMostOptions));
    return options;
}

Octets tcp_header(const Segment& segment, std::uint16_t from, std::uint16_t to) {
    const Octets options = options_of(segment);
    Octets tcp;
    put16(tcp, from);
    put16(tcp, to);
    put32(tcp, segment.seq.raw());
    put32(tcp, segment.ack.raw());
    put16(tcp, (5 + options.size() / 4) << 12U | segment.flags.bits());
    put16(tcp, segment.window);
    put32(tcp, 0);  // checksum, urgent pointer
    put(tcp, options);
    return tcp;
}

}  // namespace

PacketOctets packet_of(const Segment& segment, const ConnectionId& id) {
    PacketOctets packet;
    if (!segment.headers.empty()) {
        packet.octets = segment.headers;
        packet.length = segment.headers.size() + segment.length;
        put(packet.octets, segment.payload);
        return packet;
    }
    const bool client = segment.from == Role::Client;
    const SocketAddress& source = client ? id.client : id.server;
    const SocketAddress& destination = client ? id.server : id.client;
    Octets tcp = tcp_header(segment, source.port, destination.port);
    const std::size_t length = tcp.size() + segment.length;
    put(tcp, segment.payload);
    if (tcp.size() == length)
        set16(tcp, 16, checksum_with_addresses(source.ip, destination.ip, kTcp, tcp));
    packet.octets = ip_header(source.ip, destination.ip, kTcp, length);
    packet.length = packet.octets.size() + length;
    put(packet.octets, tcp);
    return packet;
}

PacketOctets packet_of(const DatagramSent& datagram) {
    const SocketAddress& source = datagram.source;
    const SocketAddress& destination = datagram.destination;
    const std::size_t length = std::size_t{8} + datagram.length;
    Octets udp;
    put16(udp, source.port);
    put16(udp, destination.port);
    put16(udp, std::min(length, kMostLength));
    put16(udp, 0);
    put(udp, datagram.payload);
    if (udp.size() == length) {
        const std::uint16_t sum = checksum_with_addresses(source.ip, destination.ip, kUdp, udp);
        set16(udp, 6, sum == 0 ? 0xffff : sum);  // RFC 768: 0 would say that there is none
    }
    PacketOctets packet{ip_header(source.ip, destination.ip, kUdp, length), 0};
    packet.length = packet.octets.size() + length;
    put(packet.octets, udp);
    return packet;
}

PacketOctets packet_of(const IcmpErrorSent& error, const DatagramSent& about) {
    const bool v6 = error.source.ip.v6;
    // As much of the datagram as RFC 792 asks for: its IP header and eight octets.
    Octets quoted = packet_of(about).octets;
    quoted.resize(std::min<std::size_t>(quoted.size(), v6 ? 48 : 28));
    Octets icmp;
    put8(icmp, error.type);
    put8(icmp, error.code);
    put16(icmp, 0);
    put32(icmp, 0);
    put(icmp, quoted);
    const IpAddress& source = error.destination.ip;
    const IpAddress& destination = error.source.ip;
    const std::uint8_t protocol = v6 ? kIcmpV6 : kIcmp;
    set16(icmp, 2,
          v6 ? checksum_with_addresses(source, destination, protocol, icmp) : checksum(icmp));
    PacketOctets packet{ip_header(source, destination, protocol, icmp.size()), 0};
    put(packet.octets, icmp);
    packet.length = packet.octets.size();
    return packet;
}

}  // namespace tcpstep::exports::packets
