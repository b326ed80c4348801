#pragma once

#include <array>
#include <optional>
#include <vector>

#include "model/tracked_change.hpp"

namespace tcpstep::model {

/// Something that happened to one end of a connection and may move its state: a FIN was sent, the
/// ACK of it arrived.
struct Milestone {
    SegmentId after = 0;  ///< it happened after this segment was captured, and before the next one
    SegmentId cause = 0;  ///< the segment that was sent or that arrived; 0 if it was none
    Role endpoint = Role::Client;
    /// What moves the machine. Nothing: `proves` is known to be the state, however it came to it.
    std::optional<On> on;
    State proves = State::Unknown;
    /// None once something that was captured later shows that it did happen.
    Doubt doubt = Doubt::None;

    bool operator==(const Milestone&) const = default;
};

/// What happened to both ends of a connection, in the order in which it happened. The states are
/// what RFC 9293's machine (kMachine) makes of it, so that a milestone found to be wrong is simply
/// taken out.
class Milestones {
  public:
    /// Puts it behind all that happened after the same segment, or earlier ones.
    void add(const Milestone& milestone);

    /// The newest at that end; nullptr if there is none.
    const Milestone* find(Role endpoint, On on) const;

    /// The newest at that end did happen (nothing: what was only known to be the state): nothing to
    /// doubt any more. Does nothing where there is none.
    void prove(Role endpoint, std::optional<On> on);

    /// The newest at that end, if it is doubted, did not happen after all.
    void take_back_doubted(Role endpoint, On on);

    /// Takes back the newest at that end that moved its state, if it is doubted; false if not.
    bool take_back_last_doubted(Role endpoint);

    State state(Role endpoint) const { return states_[index(endpoint)]; }
    Opened opened(Role endpoint) const { return opened_[index(endpoint)]; }

    /// What the machine makes of it, in order.
    const std::vector<TrackedChange>& changes() const { return changes_; }

  private:
    static std::size_t index(Role endpoint) { return endpoint == Role::Client ? 0 : 1; }

    std::vector<Milestone>::iterator newest(Role endpoint, std::optional<On> on);
    void fold();
    void follow(const Milestone& milestone);

    std::vector<Milestone> milestones_;  // ascending by `after`
    std::vector<TrackedChange> changes_;
    std::array<State, 2> states_{State::Unknown, State::Unknown};
    std::array<Opened, 2> opened_{Opened::Either, Opened::Either};
};

}  // namespace tcpstep::model
