#include "model/qlog/event_json.hpp"

#include "model/qlog/event_text.hpp"

namespace tcpstep::model::qlog {

std::string event_json(const Trace& trace, const Event& event, SegmentId retransmission_of) {
    // The file's time zero is its first event.
    const Duration since = event.time - trace.zero();
    const std::string group_id =
        event.connection ? to_string(trace.connections()[*event.connection]) : std::string();
    std::string out;
    append_event(out, since, group_id, event.fact, retransmission_of);
    return out;
}

}  // namespace tcpstep::model::qlog
