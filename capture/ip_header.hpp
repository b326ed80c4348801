#pragma once

#include <cstddef>
#include <cstdint>

#include "capture/layer.hpp"
#include "model/address.hpp"

namespace tcpstep::capture {

/// What the IP header, or headers, say of the TCP segment behind them.
struct IpHeader {
    model::IpAddress source;
    model::IpAddress destination;
    std::uint16_t id = 0;          ///< IPv4 identification; 0 for IPv6
    std::size_t length = 0;        ///< octets of the IP header with options or extension headers;
                                   ///< may be more than was captured
    std::uint32_t tcp_length = 0;  ///< octets of TCP header and payload on the wire

    bool operator==(const IpHeader&) const = default;
};

/// Reads an IPv4 header (RFC 791). `packet` begins with it; `wire_length` is the packet's length on
/// the wire from there, used only if its total length is 0.
Layer<IpHeader> read_ipv4_header(Bytes packet, std::uint32_t wire_length);

/// Reads an IPv6 header and the extension headers before TCP: hop-by-hop options, routing,
/// fragment, destination options (RFC 8200). `wire_length` is used only if its payload length is 0.
Layer<IpHeader> read_ipv6_header(Bytes packet, std::uint32_t wire_length);

}  // namespace tcpstep::capture
