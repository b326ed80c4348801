#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace tcpstep::model {

/// Where the TCP header begins in captured IP and TCP headers: after the IPv4 header with its
/// options, or the IPv6 header with its extension headers. `headers.size()` if they end before, or
/// lead to no TCP header.
std::size_t tcp_header_offset(std::span<const std::uint8_t> headers);

/// The options in captured IP and TCP headers: what lies beyond the first 20 octets of the TCP
/// header, as far as it was captured.
std::span<const std::uint8_t> tcp_options_in(std::span<const std::uint8_t> headers);

}  // namespace tcpstep::model
