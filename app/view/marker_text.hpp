#pragma once

#include <string>

#include "model/event.hpp"
#include "model/segment_numbers.hpp"

namespace tcpstep::view {

/// What a note of the lab says, in the language of the program where it is one of those that every
/// run has; else as it stands in the trace, made harmless. Where it names a segment,
/// by its id as all of a trace does, a person is told the number.
std::string marker_text(const model::Marker& marker, const model::SegmentNumbers& numbers);

}  // namespace tcpstep::view
