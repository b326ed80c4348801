#pragma once

#include <optional>
#include <string>
#include <vector>

#include "capture/decoded.hpp"
#include "model/address.hpp"
#include "model/time.hpp"
#include "tests/judge/plan.hpp"
#include "tests/judge/socket_lookup.hpp"
#include "tests/judge/state_tracepoint.hpp"

namespace tcpstep::judge {

/// What sock_diag said of one end after a step.
struct Sample {
    model::SocketAddress local;
    model::SocketAddress remote;
    model::Time before;  ///< asked
    model::Time after;   ///< answered
    std::optional<Found> found;
};

/// A segment that a receiver's TCP was given.
struct Delivery {
    model::Time before;
    model::Time after;  ///< its effects were sampled by then
    model::SocketAddress source;
    model::SocketAddress destination;
    model::Flags flags;
};

struct Captured {
    model::Time time;
    capture::Packet packet;
};

/// A connect() that sent a SYN: a new use of these addresses.
struct Begun {
    model::Time time;
    model::SocketAddress client;
    model::SocketAddress server;
};

/// A connect() that failed at once: the states that its socket passed are no connection's.
struct Refusal {
    model::Time before;
    model::Time after;
    model::SocketAddress client;
};

struct LogLine {
    model::Time time;
    std::string text;
};

/// Everything that was noted while a story was played.
struct Record {
    Plan plan;
    std::vector<Begun> begun;  ///< one a connection, in the order of time
    std::vector<Refusal> refusals;
    std::vector<StateEvent> events;
    std::vector<Sample> samples;
    std::vector<Delivery> deliveries;
    std::vector<Captured> captured;
    std::vector<LogLine> log;
    std::optional<model::Time> listener_gone;
    bool traced = false;   ///< `events` are known
    bool lossless = true;  ///< the gate dropped none
    bool settled = false;  ///< nothing was to come any more
    model::Time ended;     ///< nothing after this is in it
};

}  // namespace tcpstep::judge
