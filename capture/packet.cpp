#include "capture/packet.hpp"

#include <algorithm>

#include "capture/datagram.hpp"
#include "model/tcp_option.hpp"

namespace tcpstep::capture {

model::Segment to_segment(const WireSegment& wire) {
    model::Segment segment;
    segment.seq = wire.summary.seq;
    segment.ack = wire.summary.ack;
    segment.flags = wire.summary.flags;
    segment.window = wire.summary.window;
    segment.length = wire.summary.length;
    segment.options = model::parse_tcp_options(wire.options());
    segment.headers.assign(wire.headers.begin(), wire.headers.end());
    const Bytes kept = wire.payload.first(std::min(wire.payload.size(), model::kMostPayload));
    segment.payload.assign(kept.begin(), kept.end());
    return segment;
}

Decoded decode(Bytes bytes, LinkType link, std::uint32_t wire_length) {
    WireSegment wire;
    Stop why;
    if (!read_wire_segment(bytes, link, wire_length, model::Time(), wire, why)) {
        if (why.reason == StopReason::IpProtocol) {
            if (const auto datagram = read_datagram(bytes, link, wire_length)) return *datagram;
            if (const auto error = read_icmp_error(bytes, link, wire_length)) return *error;
        }
        if (why.not_tcp()) return NotTcp{to_string(why)};
        return Malformed{to_string(why)};
    }
    return Packet{wire.source, wire.destination, wire.summary.ip_id, to_segment(wire)};
}

}  // namespace tcpstep::capture
