#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/event.hpp"
#include "model/trace.hpp"

namespace tcpstep::exports::packets {

/// An IP packet, as far as its octets are known.
struct PacketOctets {
    std::vector<std::uint8_t> octets;
    std::size_t length = 0;  ///< of the whole packet; at least as many
};

/// A segment: the headers as they were captured, with what is kept of the payload. Where the trace
/// has no headers, such that say the same. RFC 791, RFC 8200, RFC 9293 3.1
PacketOctets packet_of(const model::Segment& segment, const model::ConnectionId& id);

/// A datagram, of which a trace has no headers: such that say the same. RFC 768
PacketOctets packet_of(const model::DatagramSent& datagram);

/// An ICMP error, which quotes `about`, the datagram that it answers. RFC 792, RFC 4443
PacketOctets packet_of(const model::IcmpErrorSent& error, const model::DatagramSent& about);

// Checksums are filled in where every octet is known that they are reckoned from; else they are 0.

}  // namespace tcpstep::exports::packets
