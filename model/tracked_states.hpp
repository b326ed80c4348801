#pragma once

#include <optional>
#include <vector>

#include "model/event.hpp"
#include "model/trace.hpp"
#include "model/tracked_change.hpp"
#include "model/tracking/tracker.hpp"

namespace tcpstep::model {

/// `next` is the connection that these addresses and ports opened after `id`.
bool follows(const ConnectionId& next, const ConnectionId& id);

/// What a Tracker finds in the events of one connection of a trace, which may still grow. Where a
/// Scenario says `lab` or `gated` there is nothing to find: from there on apply() infers the states
/// (Connection::captured()).
class TrackedStates {
  public:
    /// `trace` must outlive this.
    explicit TrackedStates(const Trace& trace) : trace_(&trace) {}

    /// The next event of the trace that concerns the connection.
    void take(const Event& event);

    bool begun() const { return tracker_.has_value(); }

    /// A segment of the connection that follows() this one, `id`: the first of them tells that its
    /// sender is done with this one; so does the other end if it answers. False once no later one
    /// tells more.
    bool give_way(const ConnectionId& id, const Event& event);

    /// The changes of both ends in order, as if nothing were captured behind the trace's last
    /// event. Later events may revise them. `after` and `cause` are ids of the trace, which need
    /// not ascend.
    std::vector<TrackedChange> changes() const;

  private:
    SegmentId id_of(SegmentId number) const { return number == 0 ? 0 : ids_[number - 1]; }

    struct Next {
        Time began;
        Role opener;  // of this connection's ends
        bool answered = false;
    };

    const Trace* trace_;
    bool inferred_ = false;
    std::optional<Next> next_;
    std::optional<tracking::Tracker> tracker_;  // not finished; numbers the segments 1, 2, 3 ...
    std::vector<SegmentId> ids_;                // of these, in the trace
};

/// It has segments, and no Scenario that says `lab` or `gated`: the trace of a capture.
bool is_capture(const Trace& trace);

/// The changes of each connection of the whole trace, by its index.
std::vector<std::vector<TrackedChange>> tracked_changes(const Trace& trace);

}  // namespace tcpstep::model
