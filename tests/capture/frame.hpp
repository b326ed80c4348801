#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace tcpstep::capture {

using Octets = std::vector<std::uint8_t>;

/// "45 00 003c" as octets; spaces mean nothing.
Octets hex(std::string_view text);

Octets operator+(Octets head, const Octets& tail);

/// `count` octets of payload.
Octets payload(std::size_t count);

/// A TCP header from port 43512 to 8000, sequence number 1000, ACK 5001, flags PSH and ACK, window
/// 502, that states `words` as its data offset and ends with `options`.
Octets tcp_header(unsigned words = 5, const Octets& options = {});

/// An IPv4 header from 127.0.0.1 to 127.0.0.2 with identification 0x3a92 for `body`, and `body`.
Octets ipv4(const Octets& body, const Octets& options = {}, std::uint8_t protocol = 6);

/// An IPv6 header from ::1 to ::2 for `body`, and `body`.
Octets ipv6(const Octets& body, std::uint8_t next_header = 6);

/// An Ethernet header for `body`, and `body`.
Octets ethernet(std::uint16_t ether_type, const Octets& body);

/// `frame` with two octets replaced.
Octets with16(Octets frame, std::size_t at, std::uint16_t value);

/// `frame` with one octet replaced.
Octets with8(Octets frame, std::size_t at, std::uint8_t value);

}  // namespace tcpstep::capture
