#pragma once

#include <cstdint>
#include <span>

#include "model/result.hpp"

namespace tcpstep::capture {

/// Writes the checksums of the IPv4 header (RFC 791) and of TCP (RFC 9293 3.1) into a packet that
/// begins with an IPv4 or IPv6 header and is whole, whatever they were. BadInput if it is not
/// whole, or no TCP segment.
Result<void> fill_in_checksums(std::span<std::uint8_t> ip_packet);

}  // namespace tcpstep::capture
