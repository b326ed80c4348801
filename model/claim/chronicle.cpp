#include "model/claim/chronicle.hpp"

#include <map>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "model/timeline.hpp"

namespace tcpstep::model::claim {

Chronicle::Chronicle(const Trace& trace) : trace_(&trace) {
    take_events();
    if (trace.connections().empty()) take_states(std::nullopt);
    for (ConnectionIndex i = 0; i < trace.connections().size(); ++i) take_states(i);
}

SegmentRecord* Chronicle::record(SegmentId id) {
    if (id >= by_id_.size() || by_id_[id] == 0) return nullptr;
    return &segments_[by_id_[id] - 1];
}

void Chronicle::take_events() {
    bool gated = false;
    std::unordered_map<CallId, std::size_t> open;
    std::map<std::pair<Role, Process>, unsigned> children;
    std::map<Role, unsigned> forks;
    std::unordered_map<SegmentId, SegmentId> originals;  // of the copies
    std::unordered_set<SegmentId> arrived;
    const auto original = [&](SegmentId id) {
        const auto found = originals.find(id);
        return found == originals.end() ? id : found->second;
    };
    const auto& events = trace_->events();
    for (EventIndex i = 0; i < events.size(); ++i) {
        const Event& event = events[i];
        const auto add = [&](const Segment& segment, SegmentId id, bool extra) {
            SegmentRecord one;
            one.segment = &segment;
            one.connection = event.connection;
            one.extra = extra;
            one.sent = i;
            if (!gated) one.delivered = i;
            segments_.push_back(one);
            if (by_id_.size() <= id) by_id_.resize(id + std::size_t{1});
            by_id_[id] = segments_.size();
        };
        const auto mark = [&](SegmentId id, std::optional<EventIndex> SegmentRecord::*what) {
            if (SegmentRecord* one = record(id)) one->*what = i;
        };
        if (const auto* scenario = std::get_if<Scenario>(&event.fact)) {
            gated = scenario->gated;
        } else if (const auto* sent = std::get_if<SegmentSent>(&event.fact)) {
            add(sent->segment, sent->segment.id, sent->copy_of != 0);
            segments_.back().absorbed = sent->copy_of != 0;
            if (sent->copy_of != 0) originals[sent->segment.id] = original(sent->copy_of);
        } else if (const auto* injected = std::get_if<SegmentInjected>(&event.fact)) {
            add(injected->segment, injected->segment.id, true);
        } else if (const auto* copied = std::get_if<SegmentDuplicated>(&event.fact)) {
            if (const SegmentRecord* one = record(copied->id)) {
                add(*one->segment, copied->copy, true);
                originals[copied->copy] = original(copied->id);
            }
        } else if (const auto* held = std::get_if<SegmentHeld>(&event.fact)) {
            mark(held->id, &SegmentRecord::held);
            // An absorbed copy stands for itself from here on.
            SegmentRecord* one = record(held->id);
            if (one != nullptr && std::holds_alternative<SegmentSent>(events[one->sent].fact)) {
                one->extra = false;
            }
        } else if (const auto* delivered = std::get_if<SegmentDelivered>(&event.fact)) {
            mark(delivered->id, &SegmentRecord::delivered);
            const SegmentId first = original(delivered->id);
            SegmentRecord* one = record(first);
            if (!arrived.insert(first).second && one != nullptr && !one->delivered_twice)
                one->delivered_twice = i;
        } else if (const auto* dropped = std::get_if<SegmentDropped>(&event.fact)) {
            mark(dropped->id, &SegmentRecord::dropped);
        } else if (const auto* entered = std::get_if<CallEntered>(&event.fact)) {
            open[entered->id] = calls_.size();
            const auto child = children.find({entered->endpoint, entered->process});
            calls_.push_back(
                {entered->endpoint, child == children.end() ? 0 : child->second, i, std::nullopt});
        } else if (const auto* returned = std::get_if<CallReturned>(&event.fact)) {
            if (const auto call = open.find(returned->id); call != open.end()) {
                calls_[call->second].returned = i;
            }
            if (returned->call == "fork" && returned->result > 0) {
                children[{returned->endpoint, static_cast<Process>(returned->result)}] =
                    ++forks[returned->endpoint];
            }
        }
    }
}

void Chronicle::take_states(std::optional<ConnectionIndex> connection) {
    const Timeline timeline(*trace_, connection);
    for (std::size_t i = 0; i < timeline.size(); ++i) {
        const auto at = static_cast<EventIndex>(&timeline.event(i) - trace_->events().data());
        const Effects& effects = timeline.effects(i);
        for (const Effects::Change& change : effects.changes) {
            states_.push_back({connection, change.endpoint, change.change.to, at});
        }
        if (effects.retransmission_of == 0) continue;
        const auto* sent = std::get_if<SegmentSent>(&timeline.event(i).fact);
        SegmentRecord* one = sent == nullptr ? nullptr : record(sent->segment.id);
        if (one != nullptr) one->again = true;
    }
}

State Chronicle::state(std::optional<ConnectionIndex> connection, Role endpoint,
                       EventIndex at) const {
    State state = State::Unknown;
    for (const StateRecord& one : states_) {
        if (one.connection != connection || one.endpoint != endpoint || one.at > at) continue;
        state = one.state;
    }
    return state;
}

}  // namespace tcpstep::model::claim
