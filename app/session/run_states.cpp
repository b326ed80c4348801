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
    const InFlight* held =
        connection < connections_.size() ? next_held(connections_[connection]) : nullptr;
    return held != nullptr && !held->held_back;
}

std::optional<ConnectionIndex> RunStates::longest_waiting() const {
    std::optional<ConnectionIndex> found;
    std::pair<bool, SegmentId> first;  // what is held back comes last
    for (std::size_t i = 0; i < connections_.size(); ++i) {
        const InFlight* held = next_held(connections_[i]);
        if (held == nullptr) continue;
        const std::pair rank{held->held_back, held->segment.id};
        if (found && first < rank) continue;
        found = static_cast<ConnectionIndex>(i);
        first = rank;
    }
    return found;
}

}  // namespace tcpstep::session
