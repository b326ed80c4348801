#pragma once

#include <cstdint>

#include "capture/decoded.hpp"
#include "capture/link_type.hpp"
#include "capture/wire_segment.hpp"

namespace tcpstep::capture {

/// The segment with its options, with a copy of its headers and of the first octets of its payload
/// (model::kMostPayload); `id` and `from` are left to the
/// caller. Of options that were cut off, those captured are there, and the one that is cut is
/// model::MalformedOptions.
model::Segment to_segment(const WireSegment& wire);

/// Reads one captured packet as read_wire_segment() does, into values that outlive it; of what is
/// no TCP, as datagram.hpp does.
Decoded decode(Bytes bytes, LinkType link, std::uint32_t wire_length);

}  // namespace tcpstep::capture
