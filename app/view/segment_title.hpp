#pragma once

#include <optional>
#include <string>

#include "model/timeline.hpp"

namespace tcpstep::view {

/// "SEGMENT 2 · SYN, ACK · server → client"; empty if the timeline has no such segment.
std::string segment_title(const model::Timeline& timeline, model::SegmentId id);

/// What a pointer at its arrow is told: its number, way and time, and tcpdump's line. Nothing if
/// the timeline has no such segment, or it belongs to no connection.
std::optional<std::string> segment_tip(const model::Timeline& timeline, model::SegmentId id,
                                       bool raw);

}  // namespace tcpstep::view
