#pragma once

#include <cstdint>
#include <optional>

#include "capture/decoded.hpp"
#include "capture/layer.hpp"
#include "capture/link_type.hpp"

namespace tcpstep::capture {

/// Reads a captured packet as UDP over IPv4 or IPv6; nothing if it is none, or too little of it was
/// captured. `wire_length` is the packet's length on the wire.
std::optional<Datagram> read_datagram(Bytes bytes, LinkType link, std::uint32_t wire_length);

/// Reads it as an ICMP or ICMPv6 error that quotes a UDP datagram.
std::optional<IcmpError> read_icmp_error(Bytes bytes, LinkType link, std::uint32_t wire_length);

}  // namespace tcpstep::capture
