#pragma once

#include <string>

#include "model/connection.hpp"

namespace tcpstep::view {

/// What a segment says, in one or two sentences with its numbers. `after` is the connection once
/// the segment was seen, `effects` what that brought about.
std::string tell_segment(const model::Segment& segment, const model::Connection& after,
                         const model::Effects& effects, bool raw);

}  // namespace tcpstep::view
