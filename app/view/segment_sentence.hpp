#pragma once

#include <cstddef>
#include <string>

#include "app/view/timeline_index.hpp"
#include "model/timeline.hpp"

namespace tcpstep::view {

/// What a segment says, in one or two sentences with its numbers: that which `event`, a
/// SegmentSent, sent.
std::string tell_segment(const model::Timeline& timeline, const TimelineIndex& index,
                         std::size_t event, bool raw);

}  // namespace tcpstep::view
