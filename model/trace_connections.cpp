#include "model/trace_connections.hpp"

#include <algorithm>
#include <variant>

#include "model/connection.hpp"
#include "model/tracked_states.hpp"

namespace tcpstep::model {

namespace {

const Segment* on_the_wire(const Fact& fact) {
    if (const auto* sent = std::get_if<SegmentSent>(&fact)) return &sent->segment;
    if (const auto* injected = std::get_if<SegmentInjected>(&fact)) return &injected->segment;
    return nullptr;
}

void count(ConnectionTally& tally, const Segment& segment, Time time) {
    if (tally.segments == 0) tally.began = time;
    tally.ended = time;
    ++tally.segments;
    tally.octets += segment.length;
}

// As a tracker would tell it.
TrackedChange told(const Effects::Change& change) {
    TrackedChange told;
    told.endpoint = change.endpoint;
    told.from = change.change.from;
    told.to = change.change.to;
    if (change.change.edge != nullptr)
        told.edge_index = static_cast<std::uint8_t>(change.change.edge - kMachine.data());
    return told;
}

}  // namespace

TraceConnections::Key TraceConnections::key(const ConnectionId& id, unsigned generation) {
    return Key(std::min(id.client, id.server), std::max(id.client, id.server), generation);
}

void TraceConnections::meet_connections() {
    const std::vector<ConnectionId>& all = trace_->connections();
    for (std::size_t i = tallies_.size(); i < all.size(); ++i) {
        if (all[i].generation > 1)
            later_.emplace(key(all[i], all[i].generation), static_cast<ConnectionIndex>(i));
    }
    tallies_.resize(all.size());
    events_.resize(all.size());
}

bool TraceConnections::catch_up(std::size_t most) {
    meet_connections();
    const std::vector<Event>& events = trace_->events();
    const std::size_t end = read_ + std::min(most, events.size() - read_);
    for (; read_ < end; ++read_) {
        const Event& event = events[read_];
        const auto index = static_cast<std::uint32_t>(read_);
        if (!event.connection) {
            const auto* scenario = std::get_if<Scenario>(&event.fact);
            if (scenario != nullptr) inferred_ = scenario->lab || scenario->gated;
            common_.push_back(index);
            continue;
        }
        events_[*event.connection].push_back(index);
        if (const Segment* segment = on_the_wire(event.fact))
            count(tallies_[*event.connection], *segment, event.time);
    }
    return read_ < events.size();
}

std::vector<TrackedChange> TraceConnections::captured(ConnectionIndex connection) const {
    const std::vector<Event>& events = trace_->events();
    const ConnectionId& id = trace_->connections()[connection];
    TrackedStates states(*trace_);
    for (const std::uint32_t event : events_[connection]) states.take(events[event]);
    const auto next = later_.find(key(id, id.generation + 1));
    if (next != later_.end()) {
        for (const std::uint32_t event : events_[next->second]) {
            const bool sent = std::holds_alternative<SegmentSent>(events[event].fact);
            if (sent && !states.give_way(id, events[event])) break;
        }
    }
    return states.changes();
}

std::vector<TrackedChange> TraceConnections::folded(ConnectionIndex connection) const {
    std::vector<std::uint32_t> both;
    std::merge(common_.begin(), common_.end(), events_[connection].begin(),
               events_[connection].end(), std::back_inserter(both));
    Connection now;
    std::vector<TrackedChange> changes;
    for (const std::uint32_t event : both) {
        for (const Effects::Change& change : apply(now, trace_->events()[event]).changes)
            changes.push_back(told(change));
    }
    return changes;
}

bool TraceConnections::data_in_syn(ConnectionIndex connection) const {
    for (const std::uint32_t event : events_[connection]) {
        const Segment* first = on_the_wire(trace_->events()[event].fact);
        if (first != nullptr) return first->flags.syn() && first->length > 0;
    }
    return false;
}

ConnectionSummary TraceConnections::summary(ConnectionIndex connection) const {
    const std::vector<TrackedChange> changes =
        inferred_ ? folded(connection) : captured(connection);
    ConnectionSummary summary;
    for (const TrackedChange& change : changes)
        summary.last[change.endpoint == Role::Client ? 0 : 1] = {change.to, change.doubt};
    // A socket that connected to itself is both ends.
    const ConnectionId& id = trace_->connections()[connection];
    if (id.client == id.server) summary.last[1] = summary.last[0];
    summary.story = story_of(changes, data_in_syn(connection));
    return summary;
}

}  // namespace tcpstep::model
