#pragma once

#include <cstdint>
#include <vector>

#include "model/address.hpp"
#include "model/segment.hpp"

namespace tcpstep::capture {

/// An IP packet with a TCP header, of the family of `source`, with sequence number, acknowledgment
/// number, flags and window of `segment`; no options and no payload. Checksums are filled in.
/// RFC 791, RFC 8200, RFC 9293 3.1
std::vector<std::uint8_t> build_packet(const model::SocketAddress& source,
                                       const model::SocketAddress& destination,
                                       const model::Segment& segment);

}  // namespace tcpstep::capture
