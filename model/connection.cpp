#include "model/connection.hpp"

#include <algorithm>
#include <utility>

namespace tcpstep::model {

namespace {

// Applies one event to a connection and collects what it brought about.
class Application {
  public:
    Application(Connection& connection, Time time) : connection_(connection), time_(time) {}

    Effects take() { return std::move(effects_); }

    void operator()(const Scenario& scenario) {
        connection_.gated = scenario.gated;
        if (!scenario.lab) return;
        for (Role role : {Role::Client, Role::Server}) note(role, end(role).begin_closed());
    }

    void operator()(const SegmentSent& sent) {
        const Segment& segment = sent.segment;
        effects_.retransmission_of = end(segment.from).retransmission_of(segment);
        note(segment.from, end(segment.from).sent(segment));
        if (connection_.gated) {
            connection_.in_flight.push_back({segment, false, time_});
        } else {
            deliver(segment);
        }
    }

    void operator()(const SegmentInjected& injected) {
        connection_.in_flight.push_back({injected.segment, true, time_});
    }

    void operator()(const SegmentHeld& held) {
        const auto found = in_flight(held.id);
        if (found != connection_.in_flight.end()) found->held = true;
    }

    void operator()(const SegmentDelivered& delivered) {
        const auto found = in_flight(delivered.id);
        if (found == connection_.in_flight.end()) return;
        const Segment segment = std::move(found->segment);
        connection_.in_flight.erase(found);
        deliver(segment);
    }

    void operator()(const SegmentDropped& dropped) {
        const auto found = in_flight(dropped.id);
        if (found != connection_.in_flight.end()) connection_.in_flight.erase(found);
    }

    void operator()(const SegmentDuplicated& duplicated) {
        const auto found = in_flight(duplicated.id);
        if (found == connection_.in_flight.end()) return;
        InFlight copy = *found;
        copy.segment.id = duplicated.copy;
        copy.since = time_;
        connection_.in_flight.push_back(std::move(copy));
    }

    void operator()(const CallEntered& call) { connection_.open_calls.push_back({call, time_}); }

    void operator()(const CallReturned& returned) {
        auto& calls = connection_.open_calls;
        const auto entered = std::find_if(calls.begin(), calls.end(), [&](const OpenCall& open) {
            return open.call.id == returned.id;
        });
        if (entered == calls.end()) return;
        const std::optional<std::int64_t> fd = descriptor(entered->call);
        calls.erase(entered);
        if (returned.error == "ETIMEDOUT")
            note(returned.endpoint, end(returned.endpoint).timed_out());
        if (returned.result < 0) return;
        if (returned.call == "listen") {
            connection_.listener_fd = fd;
            note(returned.endpoint, end(returned.endpoint).listened());
        }
        if (returned.call == "close" && fd && fd == connection_.listener_fd) {
            connection_.listener_fd.reset();
            note(returned.endpoint, end(returned.endpoint).closed_listener());
        }
    }

    void operator()(const SocketSampled& sample) {
        Endpoint& endpoint = end(sample.endpoint);
        endpoint.sampled(sample);
        effects_.disagreement = endpoint.agreement() == Agreement::Differs;
    }

    void operator()(const ListenerSampled& sample) { connection_.listener = sample; }
    void operator()(const SegmentsLost& lost) { connection_.segments_lost = lost.total; }
    void operator()(const Marker&) {}
    void operator()(const Unrecognized&) {}

  private:
    Endpoint& end(Role role) { return connection_.end(role); }

    void note(Role role, const Endpoint::Changes& changes) {
        for (const StateChange& change : changes) effects_.changes.push_back({role, change});
    }

    void deliver(const Segment& segment) {
        const Role receiver = peer(segment.from);
        note(receiver, end(receiver).received(segment));
    }

    std::vector<InFlight>::iterator in_flight(SegmentId id) {
        return std::find_if(connection_.in_flight.begin(), connection_.in_flight.end(),
                            [id](const InFlight& one) { return one.segment.id == id; });
    }

    static std::optional<std::int64_t> descriptor(const CallEntered& call) {
        for (const CallArgument& argument : call.arguments) {
            const auto* value = std::get_if<std::int64_t>(&argument.value);
            if (argument.name == "fd" && value != nullptr) return *value;
        }
        return std::nullopt;
    }

    Connection& connection_;
    Time time_;
    Effects effects_;
};

}  // namespace

Effects apply(Connection& connection, const Event& event) {
    Application application(connection, event.time);
    std::visit(application, event.fact);
    return application.take();
}

}  // namespace tcpstep::model
