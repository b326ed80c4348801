#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "model/time.hpp"

namespace tcpstep::exports::packets {

// The blocks of a pcapng file (draft-ietf-opsawg-pcapng), of one interface of raw IP packets
// (LINKTYPE_RAW) with nanoseconds, in little-endian order. An empty text is left out; of a longer
// one than a block can hold the end is missing.

/// What a file begins with: the section's header, and its interface.
std::string section_header(std::string_view comment, std::string_view program);
std::string interface_description(std::string_view description);

/// The direction bits of epb_flags.
enum class Direction : std::uint8_t { Inbound = 1, Outbound = 2 };

/// A packet of `length` octets, of which these were captured.
std::string packet_block(model::Time time, std::span<const std::uint8_t> captured,
                         std::size_t length, Direction direction, std::string_view comment);

}  // namespace tcpstep::exports::packets
