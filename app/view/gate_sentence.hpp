#pragma once

#include <cstddef>
#include <string>

#include "app/view/timeline_index.hpp"
#include "model/timeline.hpp"

namespace tcpstep::view {

/// What the gate did to a segment with event `event`, and what follows from it for certain; empty
/// for a fact that is none of the gate's.
std::string tell_gate(const model::Timeline& timeline, const TimelineIndex& index,
                      std::size_t event);

}  // namespace tcpstep::view
