#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/connection.hpp"
#include "model/trace.hpp"
#include "model/tracked_states.hpp"

namespace tcpstep::model {

/// One connection's way through a trace: the events that concern it, what each brought about, and
/// the Connection at any of them. Stepping back is looking at an earlier position, never undoing.
///
/// The states of a capture are told with hindsight: when the trace grows, what was said of earlier
/// events may change (revisions()).
///
/// Position p means "after the first p events"; 0 is before anything happened.
class Timeline {
  public:
    /// Sees the events of `connection` and those that concern all. With nothing given, only the
    /// latter. Reads the trace as far as it goes; call catch_up() when it has grown.
    explicit Timeline(const Trace& trace, std::optional<ConnectionIndex> connection = std::nullopt);

    /// Takes in the events that were appended to the trace since.
    void catch_up();

    /// Number of events, which is the last position.
    std::size_t size() const { return entries_.size(); }

    /// A call on a descriptor of another connection's socket, entered before event `before` of this
    /// timeline. It is none of its events, but tells whose that socket is.
    struct OthersCall {
        std::size_t before;
        Role endpoint;
        Process process;
        std::int64_t descriptor;
        bool closes;
    };
    /// Ascending by `before`.
    const std::vector<OthersCall>& others_calls() const { return others_calls_; }

    /// How often catch_up() has changed what was said of earlier events.
    std::size_t revisions() const { return revisions_; }

    const Trace& trace() const { return *trace_; }
    std::optional<ConnectionIndex> connection() const { return connection_; }

    /// The event that leads from position `i` to `i + 1`, for i < size().
    const Event& event(std::size_t i) const { return trace_->events()[entries_[i].event]; }
    const Effects& effects(std::size_t i) const { return entries_[i].effects; }

    /// The connection after the first `position` events. O(1) amortized: a checkpoint every
    /// kStride events and a fold from there; a step forward from the last answer folds one event.
    /// The reference holds until the next call.
    const Connection& at(std::size_t position) const;

    /// Index of the event that sent (or injected, or duplicated) segment `id`; nothing if there is
    /// none.
    std::optional<std::size_t> event_of_segment(SegmentId id) const;

    /// The segment of that id; nullptr if there is none. A copy is the segment it copies.
    const Segment* segment(SegmentId id) const;
    /// As a person is told it: see SegmentNumbers.
    std::string number(SegmentId id) const { return trace_->numbers().name(id); }

    static constexpr std::size_t kStride = 64;

  private:
    struct Entry {
        std::size_t event;  // index in the trace
        Effects effects;
    };

    void take_other(const Event& event);
    void take_others_call(const Event& event);
    std::size_t track_anew();
    void go_back(std::size_t position);
    void fold_next();
    std::size_t entry_of(const TrackedChange& change) const;

    const Trace* trace_;
    std::optional<ConnectionIndex> connection_;
    std::size_t read_ = 0;  // events of the trace looked at
    std::vector<Entry> entries_;
    std::vector<OthersCall> others_calls_;
    std::vector<Connection> checkpoints_;  // [k]: after k * kStride events
    Connection latest_;                    // after folded_ events: all
    std::size_t folded_ = 0;
    TrackedStates tracked_;                           // of a capture
    std::size_t known_connections_ = 0;               // looked at for the next one
    std::optional<ConnectionIndex> next_generation_;  // until it has told all of this one
    std::vector<TrackedChange> told_;
    std::size_t next_told_ = 0;  // the first that is told after folded_ events or later
    std::size_t revisions_ = 0;
    std::unordered_map<SegmentId, std::size_t> segment_events_;  // entry that introduced the id

    mutable Connection answer_;
    mutable std::size_t answer_position_ = 0;
};

}  // namespace tcpstep::model
