#pragma once

#include <string>
#include <string_view>

#include "model/event.hpp"
#include "model/qlog/states_of_trace.hpp"

namespace tcpstep::model::qlog {

/// One event as a JSON object in one line. `since` is its time since the file's reference time;
/// `group_id` names its connection and is empty where it has none.
void append_event(std::string& out, Duration since, std::string_view group_id, const Fact& fact,
                  SegmentId retransmission_of);

/// The same for the tcp:state_updated of an inferred change.
void append_change(std::string& out, Duration since, std::string_view group_id,
                   const InferredChange& change);

}  // namespace tcpstep::model::qlog
