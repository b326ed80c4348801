#include "model/tracked_states.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "model/segment_summary.hpp"

namespace tcpstep::model {

void TrackedStates::take(const Event& event) {
    if (const auto* scenario = std::get_if<Scenario>(&event.fact)) {
        inferred_ = scenario->lab || scenario->gated;
    }
    const auto* sent = std::get_if<SegmentSent>(&event.fact);
    if (sent == nullptr || inferred_ || !event.connection) return;
    if (!tracker_) {
        const ConnectionId& id = trace_->connections()[*event.connection];
        tracker_.emplace(id.client == id.server);
    }
    ids_.push_back(sent->segment.id);
    SegmentSummary summary = summary_of(sent->segment, event.time);
    summary.id = static_cast<SegmentId>(ids_.size());
    tracker_->take(summary);
}

bool TrackedStates::give_way(const ConnectionId& id, const Event& event) {
    const ConnectionId& next = trace_->connections()[*event.connection];
    const Segment& segment = std::get<SegmentSent>(event.fact).segment;
    // Who is called the client may differ.
    const SocketAddress& sender = segment.from == Role::Client ? next.client : next.server;
    const Role from = sender == id.client ? Role::Client : Role::Server;
    if (!next_) {
        next_ = {event.time, from};
    } else if (from != next_->opener && answers_syn(segment.flags, segment.seq)) {
        next_->answered = true;
    }
    return !next_->answered;
}

std::vector<TrackedChange> TrackedStates::changes() const {
    if (!tracker_) return {};
    // A finished tracker takes no more: a copy is finished instead.
    tracking::Tracker whole = *tracker_;
    if (next_) whole.give_way(next_->opener);
    if (next_ && next_->answered) whole.give_way(peer(next_->opener));
    whole.finish(next_ ? next_->began : trace_->events().back().time);
    std::vector<TrackedChange> changes = whole.changes();
    for (TrackedChange& change : changes) {
        change.after = id_of(change.after);
        change.cause = id_of(change.cause);
    }
    return changes;
}

bool follows(const ConnectionId& next, const ConnectionId& id) {
    if (next.generation != id.generation + 1) return false;
    return (next.client == id.client && next.server == id.server) ||
           (next.client == id.server && next.server == id.client);
}

bool is_capture(const Trace& trace) {
    bool segments = false;
    for (const Event& event : trace.events()) {
        const auto* scenario = std::get_if<Scenario>(&event.fact);
        if (scenario != nullptr && (scenario->lab || scenario->gated)) return false;
        segments = segments || std::holds_alternative<SegmentSent>(event.fact);
    }
    return segments;
}

std::vector<std::vector<TrackedChange>> tracked_changes(const Trace& trace) {
    std::vector<TrackedStates> connections(trace.connections().size(), TrackedStates(trace));
    using Key = std::tuple<SocketAddress, SocketAddress, unsigned>;  // the lower address first
    std::map<Key, ConnectionIndex> generations;
    std::map<ConnectionIndex, ConnectionIndex> before;  // of those that may still tell of that
    const auto key = [&](const ConnectionId& id, unsigned generation) {
        return Key(std::min(id.client, id.server), std::max(id.client, id.server), generation);
    };
    for (const Event& event : trace.events()) {
        if (!event.connection) {
            if (!std::holds_alternative<Scenario>(event.fact)) continue;
            for (TrackedStates& each : connections) each.take(event);
            continue;
        }
        TrackedStates& states = connections[*event.connection];
        const bool begun = states.begun();
        states.take(event);
        if (!states.begun() || !std::holds_alternative<SegmentSent>(event.fact)) continue;
        if (!begun) {
            const ConnectionId& id = trace.connections()[*event.connection];
            generations.emplace(key(id, id.generation), *event.connection);
            const auto old = generations.find(key(id, id.generation - 1));
            if (old != generations.end()) before.emplace(*event.connection, old->second);
        }
        const auto old = before.find(*event.connection);
        if (old == before.end()) continue;
        const ConnectionId& id = trace.connections()[old->second];
        if (!connections[old->second].give_way(id, event)) before.erase(old);
    }
    std::vector<std::vector<TrackedChange>> changes;
    changes.reserve(connections.size());
    for (const TrackedStates& each : connections) changes.push_back(each.changes());
    return changes;
}

}  // namespace tcpstep::model
