#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "capture/layer.hpp"
#include "capture/link_type.hpp"
#include "model/address.hpp"
#include "model/segment_summary.hpp"

namespace tcpstep::capture {

/// A TCP segment as it lies in a captured packet: a view, made without allocating anything.
struct WireSegment {
    model::SocketAddress source;
    model::SocketAddress destination;
    /// Its `id` is 0 and its `from` means nothing: who is the client is not known here.
    model::SegmentSummary summary;
    /// IP and TCP header as captured, without link header and payload. They belong to the packet.
    Bytes headers;
    /// Of the payload what was captured, without what a link puts behind a short packet. It belongs
    /// to the packet, too.
    Bytes payload;
    /// Number of the interface where it was seen (if_nametoindex(3)); 0 where the link does not say.
    std::uint32_t interface = 0;
    std::size_t ip_length = 0;  ///< octets of the IP header, with options or extension headers
    /// Of a fragmented packet, the first fragment: the segment goes on in others, which are not
    /// read; `summary.length` is the payload that this one carries.
    bool first_fragment = false;
    bool cut = false;  ///< the capture ends inside the TCP header; a window not captured is 0

    /// The option area of the TCP header, as far as captured.
    Bytes options() const { return headers.subspan(std::min(ip_length + 20, headers.size())); }
};

/// Reads one captured packet: link header, IPv4 or IPv6 with extension headers, TCP with the
/// timestamps option. This is the one decoder: decode() (packet.hpp) makes a model::Segment of what
/// it finds.
///
/// `bytes` is what was captured, perhaps only the beginning; `wire_length` is the packet's length
/// on the wire, link header included. The payload's length comes from the IP header, never from how
/// much was captured; where the IP header has no length (0: offloaded to the network card, or
/// longer than 65535 octets), from `wire_length`. Checksums are not looked at: loopback does not
/// fill them in.
///
/// Sets every member of `into`, or returns false and sets `why` there is no segment; then the
/// members mean nothing. The caller keeps one for all packets: it is big, and there are millions.
[[nodiscard]] bool read_wire_segment(Bytes bytes, LinkType link, std::uint32_t wire_length,
                                     model::Time time, WireSegment& into, Stop& why);

}  // namespace tcpstep::capture
