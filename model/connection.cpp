#include "model/connection.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace tcpstep::model {

namespace {

// Linux: TCP_TIMEWAIT_LEN is 60 s. The event that led into TIME_WAIT may be told a moment after it
// happened, so that the clock is read a little generously.
constexpr std::chrono::seconds kTimeWait{59};

std::optional<std::int64_t> number_in(const CallEntered& call, std::string_view argument) {
    for (const CallArgument& one : call.arguments) {
        const auto* number = std::get_if<std::int64_t>(&one.value);
        if (one.name == argument && number != nullptr) return *number;
    }
    return std::nullopt;
}

// Applies one event to a connection and collects what it brought about.
class Application {
  public:
    Application(Connection& connection, const Event& event)
        : connection_(connection), time_(event.time), about_one_(event.connection.has_value()) {}

    Effects take() { return std::move(effects_); }

    void operator()(const Scenario& scenario) {
        connection_.gated = scenario.gated;
        connection_.tcp = scenario.tcp;
        for (Role role : {Role::Client, Role::Server}) {
            end(role).set_infers(scenario.lab || scenario.gated);
        }
        if (!scenario.lab || !scenario.tcp) return;
        for (Role role : {Role::Client, Role::Server}) note(role, end(role).begin_closed());
    }

    void operator()(const SegmentSent& sent) {
        const Segment& segment = sent.segment;
        effects_.retransmission_of = end(segment.from).retransmission_of(segment);
        note_answer(segment);
        if (segment.flags.syn())
            connection_.syn_numbers[segment.from == Role::Client ? 0 : 1] = segment.seq;
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
        if (delivered.generation == 0) deliver(segment);
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
        const CallEntered call = std::move(entered->call);
        const std::optional<Descriptor> fd = descriptor_of(call);
        calls.erase(entered);
        const bool tcp = !fd || descriptors(returned.endpoint).is_tcp(*fd);
        if (tcp && returned.error == "ETIMEDOUT")
            note(returned.endpoint, end(returned.endpoint).timed_out());
        if (returned.result < 0) return;
        const bool aborts =
            call.call == "close" && fd && descriptors(returned.endpoint).aborts(*fd);
        if (call.call == "exit") return exited(returned);
        const std::optional<Descriptor> remaining = take_descriptors(call, returned);
        if (!tcp) return;
        if (about_one_ && closes(call) && !remaining) {
            Endpoint& endpoint = end(returned.endpoint);
            note(returned.endpoint, aborts ? endpoint.aborted() : endpoint.closed());
        }
        if (returned.call == "listen") {
            connection_.listener_fd = fd;
            note(returned.endpoint, end(returned.endpoint).listened());
        }
        if (returned.call == "close" && fd) give_up_listener(returned.endpoint, *fd, remaining);
    }

    void operator()(const DatagramSent&) {}
    void operator()(const IcmpErrorSent&) {}

    void operator()(const SocketSampled& sample) {
        Endpoint& endpoint = end(sample.endpoint);
        // The end of TIME_WAIT leaves no trace on the wire; only the kernel can tell of it. Before
        // a minute is over it ends where the same ports connect anew (Linux: TCP_TW_SYN,
        // tcp_tw_reuse).
        if (sample.state == State::Closed && endpoint.state() == State::TimeWait &&
            (sample.reused || time_ - endpoint.since() >= kTimeWait)) {
            note(sample.endpoint, endpoint.time_wait_ended());
        }
        endpoint.sampled(sample);
        effects_.disagreement = endpoint.agreement() == Agreement::Differs;
    }

    void operator()(const ListenerSampled& sample) { connection_.listener = sample; }
    void operator()(const SegmentsLost& lost) { connection_.segments_lost = lost.total; }
    void operator()(const PredictionChecked&) {}
    void operator()(const ClaimChecked&) {}
    void operator()(const Marker&) {}
    void operator()(const Unrecognized&) {}

  private:
    Endpoint& end(Role role) { return connection_.end(role); }

    void note(Role role, const Endpoint::Changes& changes) {
        if (!changes.empty()) end(role).entered_at(time_);
        for (const StateChange& change : changes) effects_.changes.push_back({role, change});
    }

    void give_up_listener(Role role, Descriptor closed, std::optional<Descriptor> remaining) {
        if (closed != connection_.listener_fd) return;
        connection_.listener_fd = remaining;
        if (remaining) return;
        connection_.listener.reset();  // what was told of it last says nothing any more
        note(role, end(role).closed_listener());
    }

    // The kernel closes what the process still had. Which segments that sends is told by them.
    void exited(const CallReturned& returned) {
        Descriptors& table = descriptors(returned.endpoint);
        for (const Descriptor fd : table.of(returned.process)) {
            give_up_listener(returned.endpoint, fd, table.closed(fd));
        }
    }

    // Of a close() that leaves the socket another descriptor: that one.
    std::optional<Descriptor> take_descriptors(const CallEntered& call,
                                               const CallReturned& returned) {
        Descriptors& table = descriptors(returned.endpoint);
        const std::optional<Descriptor> fd = descriptor_of(call);
        const Descriptor given{returned.result, returned.process};
        if (call.call == "socket") {
            table.opened(given, !has_text(call, "AF_UNIX") && !has_text(call, "SOCK_DGRAM"));
        } else if (call.call == "accept" || call.call == "accept4") {
            table.opened(given, !fd || table.is_tcp(*fd));
            if (fd) table.inherits(given, *fd);
        } else if (call.call == "dup" && fd) {
            table.duplicated(*fd, given);
        } else if (call.call == "fork") {
            table.forked(returned.process, static_cast<Process>(returned.result));
        } else if (call.call == "setsockopt" && fd && has_text(call, "SO_LINGER")) {
            if (const auto seconds = number_in(call, "value")) table.lingers(*fd, *seconds);
        } else if (call.call == "setsockopt" && fd && has_text(call, "TCP_DEFER_ACCEPT")) {
            if (const auto seconds = number_in(call, "value")) table.defers_accept(*fd, *seconds);
        } else if (call.call == "close" && fd) {
            return table.closed(*fd);
        }
        return std::nullopt;
    }

    Descriptors& descriptors(Role role) {
        return connection_.descriptors[role == Role::Client ? 0 : 1];
    }

    // The listener's end sends a SYN,ACK.
    void note_answer(const Segment& segment) {
        if (segment.from != Role::Server || !segment.flags.answers_syn()) return;
        if (effects_.retransmission_of == 0) {
            connection_.request.begins();
        } else {
            connection_.request.answered_again(time_);
        }
    }

    // Linux: with TCP_DEFER_ACCEPT the third segment alone makes no connection.
    bool request_drops(const Segment& segment) {
        Endpoint& server = connection_.server;
        if (segment.from != Role::Client || server.state() != State::SynRcvd) return false;
        if (segment.flags.opens()) connection_.request.syn_again(time_);
        const unsigned timeouts = connection_.accept_deferral();
        return timeouts != 0 && server.completes_handshake(segment) &&
               connection_.request.drops_ack(timeouts);
    }

    void deliver(const Segment& segment) {
        const Role receiver = peer(segment.from);
        if (request_drops(segment)) {
            end(receiver).dropped_third(segment);
            return;
        }
        if (listener_ignores(end(receiver), segment)) return;
        Endpoint& endpoint = end(receiver);
        note(receiver,
             keeps_requests() ? endpoint.received(segment) : endpoint.received_by_cookies(segment));
    }

    // Linux: the backlog bounds the SYN queue, too. While more requests than that wait for their
    // third segment, a SYN is answered with a cookie (tcp_conn_request(); net.ipv4.tcp_syncookies).
    bool keeps_requests() const {
        const auto& listener = connection_.listener;
        return !listener || listener->syn_queue <= listener->backlog;
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

    // One of its arguments is this word.
    static bool has_text(const CallEntered& call, std::string_view word) {
        return std::any_of(call.arguments.begin(), call.arguments.end(),
                           [word](const CallArgument& argument) {
                               const auto* text = std::get_if<std::string>(&argument.value);
                               return text != nullptr && *text == word;
                           });
    }

    // RFC 9293 3.10.4: the CLOSE call. Reading on is possible after shutdown(SHUT_RD).
    static bool closes(const CallEntered& call) {
        if (call.call != "shutdown") return call.call == "close";
        return !has_text(call, "SHUT_RD");
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

std::optional<Descriptor> descriptor_of(const CallEntered& call) {
    const std::optional<std::int64_t> fd = number_in(call, "fd");
    return fd ? std::optional(Descriptor{*fd, call.process}) : std::nullopt;
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
