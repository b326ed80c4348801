#pragma once

#include <cstddef>
#include <cstdint>

#include "capture/layer.hpp"
#include "model/address.hpp"

namespace tcpstep::capture {

/// What the IP header, or headers, say of the TCP segment behind them.
struct IpHeader {
    std::uint16_t id = 0;          ///< IPv4 identification; 0 for IPv6
    std::size_t length = 0;        ///< octets of the IP header with options or extension headers;
                                   ///< may be more than was captured
    std::uint32_t tcp_length = 0;  ///< octets of TCP header and payload on the wire
    bool first_fragment = false;   ///< more fragments follow: the rest of the segment is in them

    bool operator==(const IpHeader&) const = default;
};

/// Reads an IPv4 header (RFC 791). `packet` begins with it; `wire_length` is the packet's length on
/// the wire from there, used only if its total length is 0.
Layer<IpHeader> read_ipv4_header(Bytes packet, std::uint32_t wire_length);

/// Reads an IPv6 header and the extension headers before TCP: hop-by-hop options, routing,
/// fragment, authentication, destination options (RFC 8200). `wire_length` is used only if its
/// payload length is 0.
Layer<IpHeader> read_ipv6_header(Bytes packet, std::uint32_t wire_length);

/// The same for another protocol than TCP (IANA "Protocol Numbers"): what is TCP's above is its.
Layer<IpHeader> read_ipv4_header_before(std::uint8_t protocol, Bytes packet,
                                        std::uint32_t wire_length);
Layer<IpHeader> read_ipv6_header_before(std::uint8_t protocol, Bytes packet,
                                        std::uint32_t wire_length);

/// The addresses, of an IPv4 header or an IPv6 header that was read without a Stop. They are put
/// where they are to stay: copying them costs as much as all the rest of the decoding.
void read_ipv4_addresses(Bytes packet, model::IpAddress& source, model::IpAddress& destination);
void read_ipv6_addresses(Bytes packet, model::IpAddress& source, model::IpAddress& destination);

}  // namespace tcpstep::capture
