#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "model/connection.hpp"
#include "model/event.hpp"
#include "model/live_states.hpp"
#include "model/trace.hpp"

namespace tcpstep::model::qlog {

/// What made a state change: an event of the file, and what that is about.
struct Trigger {
    /// Its name: "tcp:segment_delivered". Of a capture also what no event tells, as the machine
    /// names it: "2 MSL timeout".
    std::string event;
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
    std::string rfc;  ///< section of RFC 9293; 3.3.2 where the state was only proved
    Trigger trigger;
    bool assumed = false;  ///< the segments of a capture do not prove it
    std::string reason;    ///< why it is only assumed, for a person
    std::string sentence;  ///< what it means, for a person
    bool operator==(const InferredChange&) const = default;
};

/// What one event brings about in all connections of a trace.
struct Inferences {
    std::vector<InferredChange> changes;  ///< in the order in which they are written
    SegmentId retransmission_of = 0;
};

/// The states over a whole trace, for writing and for checking its state changes: by the fold, and
/// of captured connections by hindsight.
///
/// A connection's events are its own and those without a connection (as in a Timeline). Changes
/// made by the latter would be the same in every connection that has not begun, so they are told
/// once, without a connection: the *common* state. A connection begins with its first event of its
/// own; its fold starts from the common state, so what was told is not told again. An event
/// without a connection that comes later is told for the common state first, then for each
/// connection that has begun and that it moves.
class StatesOfTrace {
  public:
    /// Tells all changes of a captured connection, in order; it is asked once, when that begins.
    using Hindsight = std::function<std::vector<TrackedChange>(ConnectionIndex)>;

    /// Without hindsight nothing is told of the states of captured connections.
    explicit StatesOfTrace(Hindsight hindsight = {}) : hindsight_(std::move(hindsight)) {}
    /// Tells the states of captured connections as they are known while these go on (LiveStates):
    /// after each segment, and each sample of the kernel, which tells of silence.
    /// `to_itself` says whether both ends of a connection are the same.
    using ToItself = std::function<bool(ConnectionIndex)>;
    static StatesOfTrace as_it_goes(ToItself to_itself) {
        StatesOfTrace states;
        states.as_it_goes_ = std::move(to_itself);
        return states;
    }

    Inferences apply(const Event& event);

    /// The connection has begun, and its states are told by hindsight only.
    bool captured(ConnectionIndex index) const;

    /// No event of that connection comes any more: nothing is kept of it.
    void forget(ConnectionIndex index);

  private:
    struct Begun {
        Connection connection;
        std::vector<TrackedChange> tracked;
        std::size_t next = 0;              // of them, the first not told yet
        std::unique_ptr<LiveStates> live;  // in their stead, as it goes
    };
    Begun& begun(ConnectionIndex index);
    static std::span<const TrackedChange> tracked_by(Begun& begun, const Event& event);
    static std::vector<TrackedChange> known_after(Begun& begun, const Event& event);

    Hindsight hindsight_;
    ToItself as_it_goes_;
    Connection common_;
    std::vector<std::unique_ptr<Begun>> connections_;  // nullptr: not begun
};

/// The hindsight of whoever knows the whole trace.
StatesOfTrace::Hindsight hindsight_of(const Trace& trace);

}  // namespace tcpstep::model::qlog
