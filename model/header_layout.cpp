#include "model/header_layout.hpp"

#include <algorithm>
#include <optional>

namespace tcpstep::model {

namespace {

constexpr std::uint8_t kTcp = 6;  // IANA "Protocol Numbers"
constexpr std::uint8_t kHopByHop = 0, kRouting = 43, kFragment = 44, kDestinationOptions = 60;
constexpr std::uint8_t kAuthentication = 51;
constexpr std::size_t kIpv6Fixed = 40, kTcpFixed = 20;

// Octets of the IPv6 extension header `kind` whose second octet is `units` (RFC 8200 4.3; 4.5: a
// fragment header has no length; RFC 4302 2.2: an authentication header counts in units of 4);
// nothing if it is no extension header.
std::optional<std::size_t> extension_length(std::uint8_t kind, std::size_t units) {
    switch (kind) {
        case kFragment:
            return 8;
        case kAuthentication:
            return (units + 2) * 4;
        case kHopByHop:
        case kRouting:
        case kDestinationOptions:
            return (units + 1) * 8;
        default:
            return std::nullopt;
    }
}

std::size_t ipv6_length(std::span<const std::uint8_t> headers) {
    if (headers.size() < kIpv6Fixed) return headers.size();
    std::size_t at = kIpv6Fixed;
    for (std::uint8_t next = headers[6]; next != kTcp;) {
        if (at + 1 >= headers.size()) return headers.size();
        const auto length = extension_length(next, headers[at + 1]);
        if (!length) return headers.size();
        next = headers[at];
        at += *length;
    }
    return at;
}

}  // namespace

std::size_t tcp_header_offset(std::span<const std::uint8_t> headers) {
    if (headers.empty()) return 0;
    std::size_t length = headers.size();
    if (headers[0] >> 4U == 4) length = std::size_t{headers[0] & 0x0fU} * 4;
    if (headers[0] >> 4U == 6) length = ipv6_length(headers);
    return std::min(length, headers.size());
}

std::span<const std::uint8_t> tcp_options_in(std::span<const std::uint8_t> headers) {
    const auto tcp = headers.subspan(tcp_header_offset(headers));
    return tcp.subspan(std::min(kTcpFixed, tcp.size()));
}

}  // namespace tcpstep::model
