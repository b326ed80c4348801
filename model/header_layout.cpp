#include "model/header_layout.hpp"

#include <algorithm>

namespace tcpstep::model {

namespace {

constexpr std::uint8_t kTcp = 6, kFragment = 44;  // IANA "Protocol Numbers"
constexpr std::size_t kIpv6Fixed = 40, kTcpFixed = 20;

// RFC 8200 4: each extension header names the next; all but the fragment header tell their length.
std::size_t ipv6_length(std::span<const std::uint8_t> headers) {
    std::size_t at = kIpv6Fixed;
    std::uint8_t next = headers.size() > 6 ? headers[6] : kTcp;
    while (next != kTcp && at + 1 < headers.size()) {
        const std::size_t length = next == kFragment ? 8 : (headers[at + 1] + std::size_t{1}) * 8;
        next = headers[at];
        at += length;
    }
    return at;
}

}  // namespace

std::size_t tcp_header_offset(std::span<const std::uint8_t> headers) {
    if (headers.empty()) return 0;
    const bool v6 = headers[0] >> 4U == 6;
    const std::size_t length = v6 ? ipv6_length(headers) : std::size_t{headers[0] & 0x0fU} * 4;
    return std::min(length, headers.size());
}

std::span<const std::uint8_t> tcp_options_in(std::span<const std::uint8_t> headers) {
    const auto tcp = headers.subspan(tcp_header_offset(headers));
    return tcp.subspan(std::min(kTcpFixed, tcp.size()));
}

}  // namespace tcpstep::model
