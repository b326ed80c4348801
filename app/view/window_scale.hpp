#pragma once

#include <optional>
#include <string>

#include "app/view/timeline_index.hpp"
#include "model/timeline.hpp"

namespace tcpstep::view {

/// Bits by which the window of `segment` is shifted (RFC 7323 2): 0 in a SYN, and where the SYNs
/// did not agree on any; nothing if one of them is not in the trace.
std::optional<unsigned> window_shift(const model::Timeline& timeline, const TimelineIndex& index,
                                     const model::Segment& segment);

/// The window that it offers, as the end of a sentence: "a window of 64 × 1024 = 65536 octets".
/// Where the scale is not known that says so, and tells the field as it is.
std::string window_words(const model::Timeline& timeline, const TimelineIndex& index,
                         const model::Segment& segment);

}  // namespace tcpstep::view
