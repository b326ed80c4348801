#include "model/qlog/states_of_trace.hpp"

#include <utility>

#include "model/explanation.hpp"
#include "model/qlog/event_name.hpp"
#include "model/segment_summary.hpp"
#include "model/tracked_states.hpp"

namespace tcpstep::model::qlog {

namespace {

struct About {
    using Result = decltype(Trigger::about);

    Result operator()(const Scenario& scenario) const { return scenario.lesson; }
    Result operator()(const SegmentSent& sent) const { return of_segment(sent.segment.id); }
    Result operator()(const SegmentInjected& injected) const {
        return of_segment(injected.segment.id);
    }
    Result operator()(const SegmentHeld& held) const { return of_segment(held.id); }
    Result operator()(const SegmentHeldBack& back) const { return of_segment(back.id); }
    Result operator()(const SegmentDelivered& delivered) const { return of_segment(delivered.id); }
    Result operator()(const SegmentDropped& dropped) const { return of_segment(dropped.id); }
    Result operator()(const SegmentDuplicated& duplicated) const {
        return of_segment(duplicated.copy);
    }
    Result operator()(const CallEntered& call) const { return Trigger::OfCall{call.id}; }
    Result operator()(const CallReturned& call) const { return Trigger::OfCall{call.id}; }
    Result operator()(const PredictionChecked& checked) const {
        return of_segment(checked.segment);
    }
    Result operator()(const ClaimChecked&) const { return {}; }
    Result operator()(const Marker&) const { return {}; }
    Result operator()(const DatagramSent&) const { return {}; }
    Result operator()(const IcmpErrorSent&) const { return {}; }
    Result operator()(const SocketSampled&) const { return {}; }
    Result operator()(const ListenerSampled&) const { return {}; }
    Result operator()(const SegmentsLost&) const { return {}; }
    Result operator()(const Unrecognized&) const { return {}; }

    static Result of_segment(SegmentId id) { return Trigger::OfSegment{id}; }
};

// Where a state was only proved, by no edge of the machine: the section that tells what it means.
constexpr std::string_view kMeaning = "3.3.2";

void append_change(std::vector<InferredChange>& changes, const Effects::Change& each,
                   std::optional<ConnectionIndex> connection, Trigger trigger) {
    const StateChange& change = each.change;
    changes.push_back({connection, each.endpoint, change.from, change.to,
                       std::string(change.edge == nullptr ? kMeaning : change.edge->rfc),
                       std::move(trigger), each.doubt != Doubt::None,
                       std::string(reason_of(each.doubt)), explain(each.endpoint, change)});
}

Trigger trigger_of(const TrackedChange& tracked) {
    const Transition* edge = tracked.edge();
    if (tracked.cause == 0 && edge != nullptr) return {std::string(name(edge->on)), {}};
    // A state that was only proved has no cause, but a segment that shows it.
    const SegmentId segment = tracked.cause == 0 ? tracked.after : tracked.cause;
    return {std::string(kSegmentSent), Trigger::OfSegment{segment}};
}

}  // namespace

Trigger trigger_of(const Fact& fact) {
    return {std::string(event_name(fact)), std::visit(About{}, fact)};
}

Inferences StatesOfTrace::apply(const Event& event) {
    Inferences inferences;
    const auto take = [&](Connection& connection, std::optional<ConnectionIndex> index) {
        const Effects effects = model::apply(connection, event);
        for (const Effects::Change& change : effects.changes) {
            append_change(inferences.changes, change, index, trigger_of(event.fact));
        }
        if (index == event.connection) inferences.retransmission_of = effects.retransmission_of;
    };
    if (!event.connection) {
        take(common_, std::nullopt);
        for (ConnectionIndex index = 0; index < connections_.size(); ++index) {
            if (connections_[index]) take(connections_[index]->connection, index);
        }
        return inferences;
    }
    Begun& begun = this->begun(*event.connection);
    take(begun.connection, event.connection);
    if (!begun.connection.captured()) return inferences;
    const auto tell_of = [&](std::span<const TrackedChange> tracked) {
        for (const TrackedChange& each : tracked) {
            const Effects::Change change = change_of(each);
            tell(begun.connection, change, event.time);
            append_change(inferences.changes, change, event.connection, trigger_of(each));
        }
    };
    if (as_it_goes_) {
        tell_of(known_after(begun, event));
    } else {
        tell_of(tracked_by(begun, event));
    }
    return inferences;
}

std::span<const TrackedChange> StatesOfTrace::tracked_by(Begun& begun, const Event& event) {
    const auto* sent = std::get_if<SegmentSent>(&event.fact);
    if (sent == nullptr) return {};
    const auto& tracked = begun.tracked;
    const std::size_t first = begun.next;
    for (; begun.next < tracked.size() && tracked[begun.next].after == sent->segment.id;
         ++begun.next) {
    }
    return std::span(tracked).subspan(first, begun.next - first);
}

// A sample tells that nothing was captured until then.
std::vector<TrackedChange> StatesOfTrace::known_after(Begun& begun, const Event& event) {
    const auto* sent = std::get_if<SegmentSent>(&event.fact);
    if (sent == nullptr && !std::holds_alternative<SocketSampled>(event.fact)) return {};
    // What the kernel told has moved the fold: the end of TIME_WAIT.
    for (const Role role : {Role::Client, Role::Server}) {
        begun.live->shown(role, begun.connection.end(role).state());
    }
    return sent != nullptr ? begun.live->take(summary_of(sent->segment, event.time))
                           : begun.live->silent_until(event.time);
}

bool StatesOfTrace::captured(ConnectionIndex index) const {
    return index < connections_.size() && connections_[index] &&
           connections_[index]->connection.captured();
}

void StatesOfTrace::forget(ConnectionIndex index) {
    if (index < connections_.size()) connections_[index].reset();
}

StatesOfTrace::Begun& StatesOfTrace::begun(ConnectionIndex index) {
    if (index >= connections_.size()) connections_.resize(std::size_t{index} + 1);
    std::unique_ptr<Begun>& begun = connections_[index];
    if (!begun) {
        begun = std::make_unique<Begun>();
        begun->connection = common_;
        if (hindsight_) begun->tracked = hindsight_(index);
        if (as_it_goes_) begun->live = std::make_unique<LiveStates>(as_it_goes_(index));
    }
    return *begun;
}

StatesOfTrace::Hindsight hindsight_of(const Trace& trace) {
    return [changes = tracked_changes(trace)](ConnectionIndex index) { return changes[index]; };
}

}  // namespace tcpstep::model::qlog
