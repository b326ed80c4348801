#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "model/timeline.hpp"

namespace tcpstep::view {

/// An event that a viewer steps through: a segment's sending or arrival, a call, a note, lost
/// segments, a disagreement with the kernel. What only confirms or prepares (a sample that agrees,
/// the scenario, the gate's hold) is passed over together with the step before it.
bool is_step(const model::Event& event, const model::Effects& effects);

/// What the panels need to find quickly in a Timeline, gathered once as it grows, so that painting
/// costs what is visible and not what exists. Holds indices of events, never copies.
class TimelineIndex {
  public:
    /// A state change, and the event that brought it.
    struct Change {
        std::size_t event;
        model::Effects::Change what;
    };
    /// A socket call: its entry, and its return once there is one.
    struct Call {
        std::size_t entered;
        std::optional<std::size_t> returned;
    };
    /// How a segment's flight ended.
    struct Landing {
        std::size_t event;
        bool delivered;  ///< false: dropped
    };

    /// Takes in the timeline's events beyond those already known; always the same timeline, or one
    /// that begins with the same events.
    void catch_up(const model::Timeline& timeline);

    std::size_t size() const { return size_; }

    /// Events for which is_step holds, ascending.
    const std::vector<std::size_t>& steps() const { return steps_; }
    const std::vector<Change>& changes(model::Role role) const {
        return changes_[role_index(role)];
    }
    const std::vector<Call>& calls(model::Role role) const { return calls_[role_index(role)]; }
    /// Nothing while in flight, and in runs whose segments are taken as delivered when sent.
    std::optional<Landing> landing(model::SegmentId id) const;
    /// Every segment passes the gate.
    bool gated() const { return gated_; }

    /// The last step before `position`; nothing if there is none.
    std::optional<std::size_t> last_step_before(std::size_t position) const;
    /// The first step after event `i`.
    std::optional<std::size_t> first_step_after(std::size_t i) const;
    /// The nearest position after `position` that shows one step more; size() if there is none.
    std::size_t next_stop(std::size_t position) const;
    /// The nearest position before `position` that shows one step less; 0 if there is none.
    std::size_t previous_stop(std::size_t position) const;

  private:
    static std::size_t role_index(model::Role role) { return role == model::Role::Client ? 0 : 1; }
    void take(std::size_t i, const model::Event& event, const model::Effects& effects);

    std::size_t size_ = 0;
    bool gated_ = false;
    std::vector<std::size_t> steps_;
    std::vector<Change> changes_[2];
    std::vector<Call> calls_[2];
    std::unordered_map<model::CallId, std::size_t> open_calls_[2];
    std::unordered_map<model::SegmentId, Landing> landings_;
};

}  // namespace tcpstep::view
