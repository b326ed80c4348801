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

    /// The newest at that end may not have happened. Does nothing where there is none.
    void doubt(Role endpoint, On on, Doubt why);

    /// The newest at that end, if it is doubted, did not happen after all.
    void take_back_doubted(Role endpoint, On on);

    /// Takes back the newest at that end that moved its state, if it is doubted; false if not.
    bool take_back_last_doubted(Role endpoint);

    /// Takes back the newest at that end, doubted or not, if it is of this kind; false if not.
    bool take_back_last(Role endpoint, On on);

    State state(Role endpoint) const { return ends_.states[index(endpoint)]; }
    Opened opened(Role endpoint) const { return ends_.opened[index(endpoint)]; }

    /// Nothing of it is doubted, but perhaps how an end came to the state it was first seen in.
    bool beyond_doubt() const;

    /// What the machine makes of it, in order. Not kept: connections are many.
    std::vector<TrackedChange> changes() const;

  private:
    static std::size_t index(Role endpoint) { return endpoint == Role::Client ? 0 : 1; }

    std::vector<Milestone>::iterator newest(Role endpoint, std::optional<On> on);
    template <class Condition>
    bool take_back_last_if(Role endpoint, Condition condition);
    void fold();

    // Both ends, on their way through the machine.
    struct Ends {
        std::array<State, 2> states{State::Unknown, State::Unknown};
        std::array<Opened, 2> opened{Opened::Either, Opened::Either};

        /// The change that it brings about; nothing if the machine does not know it.
        std::optional<TrackedChange> follow(const Milestone& milestone);
    };

    std::vector<Milestone> milestones_;  // ascending by `after`
    Ends ends_;                          // after all of them
};

}  // namespace tcpstep::model
