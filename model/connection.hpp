#pragma once

#include <cstdint>
#include <vector>

#include "model/endpoint.hpp"
#include "model/event.hpp"

namespace tcpstep::model {

/// A segment between its sender and its receiver.
struct InFlight {
    Segment segment;
    bool held = false;
    Time since;  ///< when it was sent
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
    std::vector<InFlight> in_flight;          ///< oldest first; empty unless the run is gated
    std::vector<OpenCall> open_calls;         ///< of both ends, oldest first
    std::optional<std::int64_t> listener_fd;  ///< descriptor the server listens on
    std::optional<ListenerSampled> listener;  ///< the kernel's last word on it
    std::uint64_t segments_lost = 0;          ///< by the capture, so far
    bool gated = false;

    const Endpoint& end(Role role) const { return role == Role::Client ? client : server; }
    Endpoint& end(Role role) { return role == Role::Client ? client : server; }

    bool operator==(const Connection&) const = default;
};

/// What applying one event brought about.
struct Effects {
    struct Change {
        Role endpoint = Role::Client;
        StateChange change;
        bool operator==(const Change&) const = default;
    };
    std::vector<Change> changes;      ///< in the order in which they happened
    SegmentId retransmission_of = 0;  ///< the earlier segment that this one sends again
    bool disagreement = false;        ///< a sample contradicts the inferred state

    bool operator==(const Effects&) const = default;
};

/// The fold: takes `connection` across one event. This is the only way in which state changes;
/// live, headless and replay all use it. Pure: no clock, no input or output.
Effects apply(Connection& connection, const Event& event);

}  // namespace tcpstep::model
