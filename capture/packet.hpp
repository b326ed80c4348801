#pragma once

#include <cstdint>
#include <span>

#include "capture/decoded.hpp"
#include "capture/link_type.hpp"

namespace tcpstep::capture {

/// Reads one captured packet: link header, IPv4 or IPv6 with extension headers, TCP with options.
///
/// `bytes` is what was captured, perhaps only the beginning; `wire_length` is the packet's length
/// on the wire, link header included. The segment's payload length comes from the IP header, never
/// from how much was captured; where the IP header has no length (0: offloaded to the network card,
/// or longer than 65535 octets), from `wire_length`. Of a fragmented packet the first fragment is
/// read, with the payload that it carries itself.
///
/// If the capture ends inside the TCP options, those captured are given and the one that is cut is
/// model::MalformedOptions; if it ends before them, the packet is Malformed. Checksums are not
/// looked at: loopback does not fill them in.
Decoded decode(std::span<const std::uint8_t> bytes, LinkType link, std::uint32_t wire_length);

}  // namespace tcpstep::capture
