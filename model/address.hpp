#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tcpstep::model {

/// An IPv4 or IPv6 address, in network byte order.
struct IpAddress {
    bool v6 = false;
    std::array<std::uint8_t, 16> bytes{};  ///< the first 4 for IPv4, the rest zero

    static IpAddress from_v4(const std::uint8_t* four);
    static IpAddress from_v6(const std::uint8_t* sixteen);

    auto operator<=>(const IpAddress&) const = default;
};

/// "127.0.0.1"; IPv6 in the short form of RFC 5952: "::1".
std::string to_string(const IpAddress& address);

/// Reads what to_string writes, and any other form RFC 4291 2.2 allows; nothing if it is neither.
std::optional<IpAddress> parse_ip(std::string_view text);

/// One end's address and port. Ordered by address, then port.
struct SocketAddress {
    IpAddress ip;
    std::uint16_t port = 0;

    auto operator<=>(const SocketAddress&) const = default;
};

/// "127.0.0.1:8000", "[::1]:8000".
std::string to_string(const SocketAddress& address);

/// Reads what to_string writes; nothing if it is malformed or the port exceeds 65535.
std::optional<SocketAddress> parse_socket_address(std::string_view text);

}  // namespace tcpstep::model
