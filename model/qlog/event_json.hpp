#pragma once

#include <string>

#include "model/trace.hpp"

namespace tcpstep::model::qlog {

/// One event of a trace, as it stands in the trace's file: a JSON object in one line.
/// `retransmission_of`: the earlier segment that it sends again (Effects), 0 if it sends none.
std::string event_json(const Trace& trace, const Event& event, SegmentId retransmission_of = 0);

}  // namespace tcpstep::model::qlog
