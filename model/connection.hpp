#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "model/deferred_request.hpp"
#include "model/descriptors.hpp"
#include "model/endpoint.hpp"
#include "model/event.hpp"
#include "model/tracked_change.hpp"

namespace tcpstep::model {

/// A segment between its sender and its receiver.
struct InFlight {
    Segment segment;
    bool held = false;
    Time since;             ///< when it was sent
    SegmentId copy_of = 0;  ///< absorbed: see SegmentSent
    /// It was held back, and nothing has overtaken it yet: another one should go first.
    bool held_back = false;
    /// When the gate lets it go by itself (slow motion); nothing if only when told.
    std::optional<Time> passes_at;
    bool operator==(const InFlight&) const = default;
};

/// A socket call that has not returned.
struct OpenCall {
    CallEntered call;
    Time since;
    bool operator==(const OpenCall&) const = default;
};

/// Both ends of one connection at one moment. Small enough to copy: history is in the Timeline.
struct Connection {
    Endpoint client;
    Endpoint server;
    std::vector<InFlight> in_flight;          ///< in the order in which they will arrive, unless
                                              ///< told otherwise; empty unless the run is gated
    std::vector<OpenCall> open_calls;         ///< of both ends, oldest first
    std::optional<Descriptor> listener_fd;    ///< descriptor the server listens on
    std::optional<ListenerSampled> listener;  ///< the kernel's last word on it
    std::array<Descriptors, 2> descriptors;   ///< of the client's processes, of the server's
    DeferredRequest request;                  ///< the server's, while that is in SYN_RCVD
    /// The number of the latest SYN that the client sent, and the server, whatever became of it: an
    /// end that is back in LISTEN has forgotten its own.
    std::array<std::optional<SeqNum>, 2> syn_numbers;
    std::uint64_t segments_lost = 0;  ///< by the capture, so far
    bool gated = false;
    bool tcp = true;  ///< see Scenario

    /// A request of the listener waits for data for so many timeouts; 0: TCP_DEFER_ACCEPT is off.
    unsigned accept_deferral() const {
        return listener_fd ? descriptors_of(Role::Server).accept_deferral(*listener_fd) : 0;
    }

    /// Nobody tells which segments arrived: the states are told by a Tracker (tell()), not inferred
    /// by apply(). So it is until a Scenario says `lab` or `gated`.
    bool captured() const { return !client.infers(); }

    const Endpoint& end(Role role) const { return role == Role::Client ? client : server; }
    Endpoint& end(Role role) { return role == Role::Client ? client : server; }
    const Descriptors& descriptors_of(Role role) const {
        return descriptors[role == Role::Client ? 0 : 1];
    }

    std::optional<SeqNum> syn_number_of(Role role) const {
        return syn_numbers[role == Role::Client ? 0 : 1];
    }

    bool operator==(const Connection&) const = default;
};

/// The segment that waits to be told: the first that is held, stands for itself and does not go on
/// by itself. nullptr if there is none.
const InFlight* next_held(const Connection& connection);

/// The absorbed copies of segment `id` that are in flight (SegmentSent::copy_of).
std::size_t absorbed_copies(const Connection& connection, SegmentId id);

/// The descriptor that a call works on; nothing if it works on none.
std::optional<Descriptor> descriptor_of(const CallEntered& call);

/// What one event brought about.
struct Effects {
    struct Change {
        Role endpoint = Role::Client;
        StateChange change;
        /// Of a capture: why the change is only assumed, and the segment that brought it about, by
        /// being sent or by arriving; 0 if it was none.
        Doubt doubt = Doubt::None;
        SegmentId cause = 0;
        bool operator==(const Change&) const = default;
    };
    std::vector<Change> changes;      ///< in the order in which they happened
    SegmentId retransmission_of = 0;  ///< the earlier segment that this one sends again
    bool disagreement = false;        ///< a sample contradicts the inferred state

    bool operator==(const Effects&) const = default;
};

/// The fold: takes `connection` across one event. Only this and tell() change state; live, headless
/// and replay all use them. Pure: no clock, no input or output.
Effects apply(Connection& connection, const Event& event);

/// What a Tracker found, as a change that an event brought about.
Effects::Change change_of(const TrackedChange& tracked);

/// Makes a change that was found with hindsight, in a captured connection: to be told after the
/// event of `time` was applied. In any other connection it moves nothing.
void tell(Connection& connection, const Effects::Change& change, Time time);

}  // namespace tcpstep::model
