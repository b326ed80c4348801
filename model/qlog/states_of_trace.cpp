#include "model/qlog/states_of_trace.hpp"

#include "model/qlog/event_name.hpp"

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
    Result operator()(const Marker&) const { return {}; }
    Result operator()(const SocketSampled&) const { return {}; }
    Result operator()(const ListenerSampled&) const { return {}; }
    Result operator()(const SegmentsLost&) const { return {}; }
    Result operator()(const Unrecognized&) const { return {}; }

    static Result of_segment(SegmentId id) { return Trigger::OfSegment{id}; }
};

void append_changes(std::vector<InferredChange>& changes, const Effects& effects,
                    std::optional<ConnectionIndex> connection, const Fact& fact) {
    for (const Effects::Change& each : effects.changes) {
        const StateChange& change = each.change;
        changes.push_back({connection, each.endpoint, change.from, change.to,
                           std::string(change.edge == nullptr ? "" : change.edge->rfc),
                           trigger_of(fact)});
    }
}

}  // namespace

Trigger trigger_of(const Fact& fact) {
    return {std::string(event_name(fact)), std::visit(About{}, fact)};
}

Inferences StatesOfTrace::apply(const Event& event) {
    Inferences inferences;
    const auto take = [&](Connection& connection, std::optional<ConnectionIndex> index) {
        const Effects effects = model::apply(connection, event);
        append_changes(inferences.changes, effects, index, event.fact);
        if (index == event.connection) inferences.retransmission_of = effects.retransmission_of;
    };
    if (event.connection) {
        take(begun(*event.connection), event.connection);
        return inferences;
    }
    take(common_, std::nullopt);
    for (ConnectionIndex index = 0; index < connections_.size(); ++index) {
        if (connections_[index]) take(*connections_[index], index);
    }
    return inferences;
}

Connection& StatesOfTrace::begun(ConnectionIndex index) {
    if (index >= connections_.size()) connections_.resize(std::size_t{index} + 1);
    if (!connections_[index]) connections_[index] = common_;
    return *connections_[index];
}

}  // namespace tcpstep::model::qlog
