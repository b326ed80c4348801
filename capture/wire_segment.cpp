#include "capture/wire_segment.hpp"

#include <algorithm>

#include "capture/ip_header.hpp"
#include "capture/link_header.hpp"

namespace tcpstep::capture {

namespace {

constexpr std::size_t kTcpMinimum = 20;
constexpr std::size_t kTcpNeeded = 14;  // to the flags: without these it tells nothing
constexpr std::uint8_t kEndOfOptions = 0, kNoOperation = 1, kTimestamps = 8;

void set_timestamps(model::SegmentSummary& summary, Bytes data) {
    summary.has_timestamps = true;
    summary.timestamp = be32(data, 0);
    summary.timestamp_echo = be32(data, 4);
}

// The first timestamps option, found as model::parse_tcp_options() finds it. RFC 7323 3.2.
void read_timestamps(Bytes area, model::SegmentSummary& summary) {
    summary.has_timestamps = false;
    summary.timestamp = summary.timestamp_echo = 0;
    // RFC 7323 appendix A: nearly every segment has two no-operations before it, for alignment.
    constexpr std::uint32_t kUsual = 0x0101080a;
    if (area.size() >= 12 && be32(area, 0) == kUsual) {
        return set_timestamps(summary, area.subspan(4));
    }
    std::size_t at = 0;
    while (at < area.size() && area[at] != kEndOfOptions) {
        if (area[at] == kNoOperation) {
            ++at;
            continue;
        }
        const std::size_t length = at + 1 < area.size() ? area[at + 1] : 0;
        if (length < 2 || at + length > area.size()) return;
        if (area[at] == kTimestamps && length == 10) {
            return set_timestamps(summary, area.subspan(at + 2));
        }
        at += length;
    }
}

// `packet` begins with the IP header and has all that was captured from there. All of `into` but
// the addresses and the time is set.
bool read_tcp(Bytes packet, const IpHeader& ip, WireSegment& into, Stop& why) {
    const auto stop = [&why](StopReason reason, std::uint32_t found = 0, std::uint32_t needed = 0) {
        why = {reason, found, needed};
        return false;
    };
    if (ip.tcp_length < kTcpMinimum) return stop(StopReason::ShortTcp, ip.tcp_length);
    if (packet.size() < ip.length + kTcpNeeded) return stop(StopReason::CutInTcpHeader);
    const Bytes tcp = packet.subspan(ip.length);
    const unsigned words = tcp[12] >> 4U;
    if (words < 5) return stop(StopReason::ShortTcpHeader, words);
    const std::uint32_t header = words * 4;
    if (header > ip.tcp_length) return stop(StopReason::LongTcpHeader, ip.tcp_length, header);

    const std::size_t captured = std::min<std::size_t>(header, tcp.size());
    into.source.port = be16(tcp, 0);
    into.destination.port = be16(tcp, 2);
    into.headers = packet.first(ip.length + captured);
    const Bytes behind = tcp.subspan(captured);
    into.payload = behind.first(std::min<std::size_t>(ip.tcp_length - header, behind.size()));
    into.ip_length = ip.length;
    into.first_fragment = ip.first_fragment;
    into.cut = captured < header;
    model::SegmentSummary& summary = into.summary;
    summary.id = 0;
    summary.seq = model::SeqNum(be32(tcp, 4));
    summary.ack = model::SeqNum(be32(tcp, 8));
    summary.flags = model::Flags(be16(tcp, 12));  // keeps the nine lowest bits: AE to FIN
    summary.window = captured < 16 ? std::uint16_t{0} : be16(tcp, 14);
    summary.length = ip.tcp_length - header;
    summary.ip_id = ip.id;
    summary.from = model::Role::Client;
    read_timestamps(into.options(), summary);
    return true;
}

}  // namespace

bool read_wire_segment(Bytes bytes, LinkType link, std::uint32_t wire_length, model::Time time,
                       WireSegment& into, Stop& why) {
    const Layer<LinkHeader> below = read_link_header(bytes, link);
    if (!below) {
        why = below.error();
        return false;
    }
    const Bytes packet = bytes.subspan(below->length);
    // A file may claim that less was on the wire than was captured; believe the octets.
    const std::size_t on_wire = std::max<std::size_t>(wire_length, bytes.size()) - below->length;
    const auto wire = static_cast<std::uint32_t>(on_wire);

    const bool v6 = below->ip == IpVersion::V6;
    const Layer<IpHeader> ip = v6 ? read_ipv6_header(packet, wire) : read_ipv4_header(packet, wire);
    if (!ip) {
        why = ip.error();
        return false;
    }
    if (!read_tcp(packet, *ip, into, why)) return false;
    (v6 ? read_ipv6_addresses : read_ipv4_addresses)(packet, into.source.ip, into.destination.ip);
    into.interface = 0;
    into.summary.time = time;
    return true;
}

}  // namespace tcpstep::capture
