#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "model/connection.hpp"
#include "model/event.hpp"

namespace tcpstep::model::qlog {

/// What made a state change: the event before it in the file, and what that event is about.
struct Trigger {
    std::string event;  ///< its name: "tcp:segment_delivered"
    /// The segment's or the call's number, or the lesson; nothing for another event.
    struct OfSegment {
        SegmentId id = 0;
        bool operator==(const OfSegment&) const = default;
    };
    struct OfCall {
        CallId id = 0;
        bool operator==(const OfCall&) const = default;
    };
    std::variant<std::monostate, OfSegment, OfCall, std::string> about;
    bool operator==(const Trigger&) const = default;
};

Trigger trigger_of(const Fact& fact);

/// One `tcp:state_updated` of source "inferred".
struct InferredChange {
    /// The connection whose endpoint it is; nothing for the state common to all, see below.
    std::optional<ConnectionIndex> connection;
    Role endpoint = Role::Client;
    State from = State::Unknown;
    State to = State::Unknown;
    std::string rfc;  ///< section of RFC 9293; empty where the state was only proved
    Trigger trigger;
    bool operator==(const InferredChange&) const = default;
};

/// What one event brings about in all connections of a trace.
struct Inferences {
    std::vector<InferredChange> changes;  ///< in the order in which they are written
    SegmentId retransmission_of = 0;
};

/// The fold over a whole trace, for writing and for checking its state changes.
///
/// A connection's events are its own and those without a connection (as in a Timeline). Changes
/// made by the latter would be the same in every connection that has not begun, so they are told
/// once, without a connection: the *common* state. A connection begins with its first event of its
/// own; its fold starts from the common state, so what was told is not told again. An event
/// without a connection that comes later is told for the common state first, then for each
/// connection that has begun and that it moves.
class StatesOfTrace {
  public:
    Inferences apply(const Event& event);

  private:
    Connection& begun(ConnectionIndex index);

    Connection common_;
    std::vector<std::optional<Connection>> connections_;  // nothing: not begun
};

}  // namespace tcpstep::model::qlog
