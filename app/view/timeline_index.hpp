#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "app/view/socket_owners.hpp"
#include "model/timeline.hpp"

namespace tcpstep::view {

/// What the panels need to find quickly in a Timeline, gathered once as it grows, so that painting
/// costs what is visible and not what exists. Holds indices of events, never copies, and never
/// changes what it said of an earlier event.
///
/// A *step* is an event that a viewer steps through: a segment's sending or arrival, a call, a
/// note, lost segments, a disagreement with the kernel, whatever changes a state. What only
/// confirms or prepares (a sample that agrees, the scenario, the gate's hold) is passed over
/// together with the step before it; so is an absorbed copy (model::SegmentSent::copy_of), which is
/// no segment of its own until the gate makes it stand for itself.
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
        SocketOwners::Socket socket = 0;
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

    /// The events that are steps, ascending.
    const std::vector<std::size_t>& steps() const { return steps_; }
    bool is_step(std::size_t event) const;
    const std::vector<Change>& changes(model::Role role) const {
        return changes_[role_index(role)];
    }
    const std::vector<Call>& calls(model::Role role) const { return calls_[role_index(role)]; }
    /// Of those, which are about another connection's socket. That shows only later, when this is
    /// used: only here what is said of an earlier event may change.
    const SocketOwners& owners() const { return owners_; }
    /// Nothing while in flight, and in runs whose segments are taken as delivered when sent.
    std::optional<Landing> landing(model::SegmentId id) const;
    /// Every segment passes the gate.
    bool gated() const { return gated_; }

    /// The segment whose way begins with event `i`, as it is shown: it was sent, injected or
    /// duplicated, or it was absorbed and now stands for itself. 0 if none.
    model::SegmentId begun_by(const model::Timeline& timeline, std::size_t i) const;
    /// The event with which its way begins, as it is shown; nothing for an absorbed copy.
    std::optional<std::size_t> begin_of(const model::Timeline& timeline, model::SegmentId id) const;
    /// How often `id` had been sent again by `position` in copies that the gate absorbed; without
    /// those that stood for themselves by then.
    std::size_t absorbed(model::SegmentId id, std::size_t position) const;
    /// The original of a copy that was absorbed when it was sent; 0 if `id` was none.
    model::SegmentId original_of(model::SegmentId id) const;
    /// The latest event before `position` by which the gate held `id` or put it into slow motion.
    std::optional<std::size_t> hold_of(model::SegmentId id, std::size_t position) const;
    /// The events that checked what the lesson claims, ascending.
    const std::vector<std::size_t>& claims() const { return claims_; }
    /// The segment that end sent, or that was injected in its name, latest before `id` was; 0 if
    /// there is none. Copies count only where they stand for themselves from the start.
    model::SegmentId sent_before(const model::Timeline& timeline, model::SegmentId id) const;
    /// The first that end sent; 0 if there is none.
    model::SegmentId first_sent(const model::Timeline& timeline, model::Role role) const;
    /// The latest sample of that end's socket before `position`.
    std::optional<std::size_t> sample_before(model::Role role, std::size_t position) const;

    /// The last step before `position`; nothing if there is none.
    std::optional<std::size_t> last_step_before(std::size_t position) const;
    /// The first step after event `i`.
    std::optional<std::size_t> first_step_after(std::size_t i) const;
    /// How many steps `position` shows.
    std::size_t steps_before(std::size_t position) const;
    /// The number, from 1, of the step in which event `i` is seen, as the bar counts.
    std::size_t step_of(std::size_t i) const { return steps_before(i + 1); }
    /// The position that shows so many steps, and what follows the last of them; size() if there
    /// are no more.
    std::size_t stop(std::size_t steps) const;
    /// The nearest position after `position` that shows one step more; size() if there is none.
    std::size_t next_stop(std::size_t position) const;
    /// The nearest position before `position` that shows one step less; 0 if there is none.
    std::size_t previous_stop(std::size_t position) const;

  private:
    /// Events that concern the absorbed copies of one segment, ascending.
    struct Copies {
        std::vector<std::size_t> sent;
        std::vector<std::size_t> stood;  // for themselves since then
    };

    static std::size_t role_index(model::Role role) { return role == model::Role::Client ? 0 : 1; }
    void take(const model::Timeline& timeline, std::size_t i);
    void take_call(const model::Timeline& timeline, std::size_t i);
    void take_others(const model::Timeline& timeline, std::size_t before);
    bool take_flight(std::size_t i, const model::Fact& fact);
    bool is_absorbed(model::SegmentId id) const;
    void let_stand(std::size_t i, model::SegmentId id);

    std::size_t size_ = 0;
    std::size_t others_taken_ = 0;  // of Timeline::others_calls()
    SocketOwners owners_;
    bool gated_ = false;
    std::vector<std::size_t> steps_;
    std::vector<Change> changes_[2];
    std::vector<Call> calls_[2];
    std::vector<std::size_t> samples_[2];
    std::vector<std::size_t> sent_[2];  // events by which that end sent a segment
    std::vector<std::size_t> claims_;
    std::unordered_map<model::CallId, std::size_t> open_calls_[2];
    std::unordered_map<model::SegmentId, Landing> landings_;
    std::unordered_map<model::SegmentId, Copies> copies_;              // by their original
    std::unordered_map<model::SegmentId, model::SegmentId> original_;  // of each of these copies
    std::unordered_map<model::SegmentId, std::size_t> stands_;         // since then
    std::unordered_map<model::SegmentId, std::vector<std::size_t>> holds_;
};

}  // namespace tcpstep::view
