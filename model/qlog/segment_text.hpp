#pragma once

#include <string>

#include "model/segment.hpp"

namespace tcpstep::model::qlog {

/// The "data" object of tcp:segment_sent and tcp:segment_injected. `retransmission_of` is the
/// earlier segment that this one sends again, 0 if it is new.
void append_segment(std::string& out, const Segment& segment, SegmentId retransmission_of,
                    SegmentId copy_of = 0);

}  // namespace tcpstep::model::qlog
