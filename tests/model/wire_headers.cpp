#include "tests/model/wire_headers.hpp"

#include <cstddef>

namespace tcpstep::model::testing {

namespace {

void put16(std::uint8_t* at, std::uint32_t value) {
    at[0] = static_cast<std::uint8_t>(value >> 8U);
    at[1] = static_cast<std::uint8_t>(value);
}

void put32(std::uint8_t* at, std::uint32_t value) {
    put16(at, value >> 16U);
    put16(at + 2, value);
}

void write_ip(std::uint8_t* ip, const SocketAddress& source, const SocketAddress& destination,
              std::uint16_t id, std::uint32_t tcp_length) {
    constexpr std::uint8_t kHops = 64, kTcp = 6;
    const bool v6 = source.ip.v6;
    ip[0] = v6 ? 0x60 : 0x45;
    put16(ip + (v6 ? 4 : 2), v6 ? tcp_length : tcp_length + 20);
    if (!v6) put16(ip + 4, id);
    if (!v6) put16(ip + 6, 0x4000);  // do not fragment
    ip[v6 ? 6 : 9] = kTcp;
    ip[v6 ? 7 : 8] = kHops;
    if (!v6) put16(ip + 10, 0xbeef);  // a checksum
    const std::size_t octets = v6 ? 16 : 4;
    std::uint8_t* at = ip + (v6 ? 8 : 12);
    for (std::size_t i = 0; i < octets; ++i) *at++ = source.ip.bytes[i];
    for (std::size_t i = 0; i < octets; ++i) *at++ = destination.ip.bytes[i];
}

}  // namespace

void write_headers(std::vector<std::uint8_t>& into, const SocketAddress& source,
                   const SocketAddress& destination, const SegmentSummary& summary) {
    const std::size_t ip = source.ip.v6 ? 40 : 20;
    const std::size_t tcp_header = summary.has_timestamps ? 32 : 20;
    into.assign(ip + tcp_header, 0);
    write_ip(into.data(), source, destination, summary.ip_id,
             static_cast<std::uint32_t>(tcp_header) + summary.length);
    std::uint8_t* tcp = into.data() + ip;
    put16(tcp, source.port);
    put16(tcp + 2, destination.port);
    put32(tcp + 4, summary.seq.raw());
    put32(tcp + 8, summary.ack.raw());
    put16(tcp + 12, static_cast<std::uint32_t>(tcp_header / 4) << 12U | summary.flags.bits());
    put16(tcp + 14, summary.window);
    put16(tcp + 16, 0xcafe);  // a checksum
    if (!summary.has_timestamps) return;
    put32(tcp + 20, 0x0101080a);
    put32(tcp + 24, summary.timestamp);
    put32(tcp + 28, summary.timestamp_echo);
}

}  // namespace tcpstep::model::testing
