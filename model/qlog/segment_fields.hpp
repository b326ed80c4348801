#pragma once

#include "model/qlog/fields.hpp"
#include "model/segment.hpp"

namespace tcpstep::model::qlog {

/// The segment that `data` of tcp:segment_sent or tcp:segment_injected tells; where that is not
/// possible there are faults, and what is returned means nothing.
Segment read_segment(const Fields& data);

}  // namespace tcpstep::model::qlog
