#pragma once

#include <array>
#include <vector>

#include "model/segment_summary.hpp"
#include "model/tracked_change.hpp"
#include "model/tracking/tracker.hpp"

namespace tcpstep::model {

/// The states of both ends of one captured connection as they can be told while it goes on: each
/// change as soon as the captured segments make it the likeliest (that a segment has arrived is
/// shown by what its receiver sends next, or by silence), and never taken back. Where later
/// segments show that another way led here, or somewhere else, the state is put right by a change
/// without an edge. A state that only a FIN leads to is not told of an end before its FIN was
/// captured. (Where the whole capture is known, hindsight tells better: tracked_changes().)
class LiveStates {
  public:
    /// `to_itself`: both ends are one socket; see tracking::Tracker.
    explicit LiveStates(bool to_itself = false) : tracker_(to_itself) {}

    /// The next captured segment of the connection; ids ascend. Gives the changes to be told now:
    /// `after` is this segment.
    std::vector<TrackedChange> take(const SegmentSummary& segment);
    /// Nothing was captured of it until then. Likewise; `after` is the last segment. Silence never
    /// puts right what was told.
    std::vector<TrackedChange> silent_until(Time time);

    /// Only a SYN, a FIN or a RST can move it.
    bool quiet() const { return tracker_.quiet(); }

    /// What was told last, or proved by the kernel since.
    State state(Role endpoint) const { return states_[index(endpoint)]; }
    /// The kernel has shown that the end is in that state. From here on no change is told that
    /// leads to where the machine does not go from there; and what was told and is denied by this
    /// is not assumed again, however often segments suggest it, until the kernel shows another
    /// state. (They may be captured and still be dropped before TCP: by a firewall.)
    void shown(Role endpoint, State state);

  private:
    static std::size_t index(Role role) { return role == Role::Client ? 0 : 1; }
    enum class By { Segment, Silence };
    std::vector<TrackedChange> news(const std::vector<TrackedChange>& known, By by);
    bool may_tell(std::size_t end, const TrackedChange& change) const;

    tracking::Tracker tracker_;  // not finished
    std::array<std::vector<TrackedChange>, 2> told_;
    std::array<State, 2> states_{State::Unknown, State::Unknown};
    std::array<State, 2> shown_{State::Unknown, State::Unknown};  // UNKNOWN: anything may follow
    std::array<State, 2> denied_{State::Unknown, State::Unknown};
    std::array<bool, 2> sent_fin_{};
    SegmentId last_ = 0;
};

}  // namespace tcpstep::model
