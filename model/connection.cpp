#include "model/connection.hpp"

#include <algorithm>
#include <utility>

namespace tcpstep::model {

namespace {

// Linux: TCP_TIMEWAIT_LEN is 60 s. The event that led into TIME_WAIT may be told a moment after it
// happened, so that the clock is read a little generously.
constexpr std::chrono::seconds kTimeWait{59};

// Applies one event to a connection and collects what it brought about.
class Application {
  public:
    Application(Connection& connection, const Event& event)
        : connection_(connection), time_(event.time), about_one_(event.connection.has_value()) {}

    Effects take() { return std::move(effects_); }

    void operator()(const Scenario& scenario) {
        connection_.gated = scenario.gated;
        for (Role role : {Role::Client, Role::Server}) {
            end(role).set_infers(scenario.lab || scenario.gated);
        }
        if (!scenario.lab) return;
        for (Role role : {Role::Client, Role::Server}) note(role, end(role).begin_closed());
    }

    void operator()(const SegmentSent& sent) {
        const Segment& segment = sent.segment;
        effects_.retransmission_of = end(segment.from).retransmission_of(segment);
        note(segment.from, end(segment.from).sent(segment));
        if (connection_.gated) {
            connection_.in_flight.push_back(
                {segment, false, time_, sent.copy_of, false, std::nullopt});
        } else {
            deliver(segment);
        }
    }

    void operator()(const SegmentInjected& injected) {
        connection_.in_flight.insert(
            connection_.in_flight.begin(),
            InFlight{injected.segment, true, time_, 0, false, std::nullopt});
    }

    void operator()(const SegmentHeld& held) {
        const auto found = in_flight(held.id);
        if (found == connection_.in_flight.end()) return;
        found->held = true;
        found->copy_of = 0;
        found->held_back = false;
        found->passes_at.reset();
        if (held.pass_ms > 0) found->passes_at = time_ + std::chrono::milliseconds(held.pass_ms);
    }

    void operator()(const SegmentHeldBack& back) {
        const auto from = in_flight(back.id);
        const auto behind = in_flight(back.behind);
        if (from == connection_.in_flight.end()) return;
        // Behind what is still to come, or behind a segment of another connection.
        from->held_back = behind == connection_.in_flight.end();
        if (from->held_back) return;
        if (from < behind) {
            std::rotate(from, from + 1, behind + 1);
        } else if (behind < from) {
            std::rotate(behind + 1, from, from + 1);
        }
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
        connection_.in_flight.insert(found + 1, std::move(copy));
    }

    void operator()(const CallEntered& call) { connection_.open_calls.push_back({call, time_}); }

    void operator()(const CallReturned& returned) {
        auto& calls = connection_.open_calls;
        const auto entered = std::find_if(calls.begin(), calls.end(), [&](const OpenCall& open) {
            return open.call.id == returned.id;
        });
        if (entered == calls.end()) return;
        const std::optional<std::int64_t> fd = descriptor(entered->call);
        const bool ends_sending = closes(entered->call);
        calls.erase(entered);
        if (returned.error == "ETIMEDOUT")
            note(returned.endpoint, end(returned.endpoint).timed_out());
        if (returned.result < 0) return;
        if (about_one_ && ends_sending) {
            note(returned.endpoint, end(returned.endpoint).closed());
        }
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
        // The end of TIME_WAIT leaves no trace on the wire; only the kernel can tell of it.
        if (sample.state == State::Closed && endpoint.state() == State::TimeWait &&
            time_ - endpoint.since() >= kTimeWait) {
            note(sample.endpoint, endpoint.time_wait_ended());
        }
        endpoint.sampled(sample);
        effects_.disagreement = endpoint.agreement() == Agreement::Differs;
    }

    void operator()(const ListenerSampled& sample) { connection_.listener = sample; }
    void operator()(const SegmentsLost& lost) { connection_.segments_lost = lost.total; }
    void operator()(const PredictionChecked&) {}
    void operator()(const Marker&) {}
    void operator()(const Unrecognized&) {}

  private:
    Endpoint& end(Role role) { return connection_.end(role); }

    void note(Role role, const Endpoint::Changes& changes) {
        if (!changes.empty()) end(role).entered_at(time_);
        for (const StateChange& change : changes) effects_.changes.push_back({role, change});
    }

    void deliver(const Segment& segment) {
        const Role receiver = peer(segment.from);
        if (listener_ignores(end(receiver), segment)) return;
        note(receiver, end(receiver).received(segment));
    }

    // Linux: while more connections wait for accept() than the backlog allows, a SYN and the ACK
    // that would complete a handshake are thrown away (tcp_conn_request(), tcp_v4_syn_recv_sock()).
    bool listener_ignores(const Endpoint& receiver, const Segment& segment) const {
        const auto& listener = connection_.listener;
        if (!listener || listener->accept_queue <= listener->backlog) return false;
        if (receiver.state() == State::Listen) return true;
        return receiver.state() == State::SynRcvd && receiver.opened() == Opened::Passively &&
               !segment.flags.rst();
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

    // RFC 9293 3.10.4: the CLOSE call. Reading on is possible after shutdown(SHUT_RD).
    static bool closes(const CallEntered& call) {
        if (call.call != "shutdown") return call.call == "close";
        return std::none_of(
            call.arguments.begin(), call.arguments.end(), [](const CallArgument& argument) {
                const auto* how = std::get_if<std::string>(&argument.value);
                return argument.name == "how" && how != nullptr && *how == "SHUT_RD";
            });
    }

    Connection& connection_;
    Time time_;
    bool about_one_;  // the event names a connection, this one
    Effects effects_;
};

}  // namespace

const InFlight* next_held(const Connection& connection) {
    const auto found = std::find_if(
        connection.in_flight.begin(), connection.in_flight.end(),
        [](const InFlight& one) { return one.held && one.copy_of == 0 && !one.passes_at; });
    return found == connection.in_flight.end() ? nullptr : &*found;
}

std::size_t absorbed_copies(const Connection& connection, SegmentId id) {
    return static_cast<std::size_t>(
        std::count_if(connection.in_flight.begin(), connection.in_flight.end(),
                      [id](const InFlight& one) { return one.copy_of == id; }));
}

Effects apply(Connection& connection, const Event& event) {
    Application application(connection, event);
    std::visit(application, event.fact);
    return application.take();
}

Effects::Change change_of(const TrackedChange& tracked) {
    return {
        tracked.endpoint, {tracked.from, tracked.to, tracked.edge()}, tracked.doubt, tracked.cause};
}

void tell(Connection& connection, const Effects::Change& change, Time time) {
    if (!connection.captured()) return;
    Endpoint& end = connection.end(change.endpoint);
    end.told(change.change.to);
    end.entered_at(time);
}

}  // namespace tcpstep::model
