#pragma once

#include <string>

#include "model/event.hpp"

namespace tcpstep::view {

/// What a note of the lab says, in the language of the program where it is one of those that every
/// run has; else as it stands in the trace, made harmless.
std::string marker_text(const model::Marker& marker);

}  // namespace tcpstep::view
