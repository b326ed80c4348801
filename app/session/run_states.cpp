#include "app/session/run_states.hpp"

namespace tcpstep::session {

using namespace model;

void RunStates::catch_up(const Trace& trace) {
    for (; read_ < trace.events().size(); ++read_) {
        const Event& event = trace.events()[read_];
        if (!event.connection) {
            apply(common_, event);
            for (Connection& connection : connections_) apply(connection, event);
            continue;
        }
        // Connections are numbered in the order in which they are met.
        while (connections_.size() <= *event.connection) connections_.push_back(common_);
        const Effects effects = apply(connections_[*event.connection], event);
        if (effects.disagreement) ++disagreements_;
    }
}

bool RunStates::holds(ConnectionIndex connection) const {
    return connection < connections_.size() && next_held(connections_[connection]) != nullptr;
}

std::optional<ConnectionIndex> RunStates::longest_waiting() const {
    std::optional<ConnectionIndex> found;
    SegmentId oldest = 0;
    for (std::size_t i = 0; i < connections_.size(); ++i) {
        const InFlight* held = next_held(connections_[i]);
        if (held == nullptr || (found && held->segment.id > oldest)) continue;
        found = static_cast<ConnectionIndex>(i);
        oldest = held->segment.id;
    }
    return found;
}

}  // namespace tcpstep::session
