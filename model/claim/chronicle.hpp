#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "model/trace.hpp"

namespace tcpstep::model::claim {

/// Index of an event in its trace.
using EventIndex = std::size_t;

/// What became of one segment.
struct SegmentRecord {
    const Segment* segment = nullptr;
    std::optional<ConnectionIndex> connection;
    bool again = false;  ///< its sender sent it before
    /// Neither sent by an end for itself: a copy that the gate made or absorbed, or injected.
    bool extra = false;
    /// Of these: an end sent it, and the gate absorbed it.
    bool absorbed = false;
    EventIndex sent = 0;
    std::optional<EventIndex> held;
    std::optional<EventIndex> delivered;  ///< where nothing is held: when it was sent
    std::optional<EventIndex> dropped;
    /// The second time that it, or a copy of it, was delivered.
    std::optional<EventIndex> delivered_twice;
};

/// One call of an actor.
struct CallRecord {
    Role actor = Role::Client;
    unsigned child = 0;  ///< of its nth child, from 1; 0: of the end's own process
    EventIndex entered = 0;
    std::optional<EventIndex> returned;
};

/// One end came into a state.
struct StateRecord {
    std::optional<ConnectionIndex> connection;
    Role endpoint = Role::Client;
    State state = State::Unknown;
    EventIndex at = 0;
};

/// A trace in the order of its segments, calls and states, for claims to be checked on. Refers to
/// the trace's events: it must live longer, and not grow meanwhile.
class Chronicle {
  public:
    explicit Chronicle(const Trace& trace);

    const Trace& trace() const { return *trace_; }
    const Event& event(EventIndex i) const { return trace_->events()[i]; }

    const std::vector<SegmentRecord>& segments() const { return segments_; }  ///< as sent
    const std::vector<CallRecord>& calls() const { return calls_; }           ///< as entered
    const std::vector<StateRecord>& states() const { return states_; }  ///< by connection, in order

    /// The state of that end after event `at`.
    State state(std::optional<ConnectionIndex> connection, Role endpoint, EventIndex at) const;

  private:
    void take_events();
    void take_states(std::optional<ConnectionIndex> connection);
    SegmentRecord* record(SegmentId id);

    const Trace* trace_;
    std::vector<SegmentRecord> segments_;
    std::vector<std::size_t> by_id_;  // index in segments_ + 1, by id
    std::vector<CallRecord> calls_;
    std::vector<StateRecord> states_;
};

}  // namespace tcpstep::model::claim
