#pragma once

#include <cstdint>

#include "model/machine.hpp"
#include "model/segment.hpp"
#include "model/tcp_state.hpp"

namespace tcpstep::model {

/// Why a state that a tracker infers is only assumed: the segments of a capture do not prove it.
enum class Doubt : std::uint8_t {
    None,            ///< proved by what was captured
    NothingFollows,  ///< taken as arrived: nothing that was captured later shows it, or denies it
    BeganBefore,     ///< the capture began, or lost the segments, before this could be seen
    NotOnTheWire,    ///< a call or a timer that sends nothing; its moment is a guess
    OrderUnknown,    ///< two segments were on their way at once: which came first is a guess
};

/// One state change of one endpoint, inferred from captured segments with hindsight: told by a
/// Tracker. Small, for each connection keeps its own.
struct TrackedChange {
    /// Told right after the capture of this segment: the change was made after it, and before the
    /// next one.
    SegmentId after = 0;
    /// The segment that brought it about, by being sent or by arriving; 0 if it was none.
    SegmentId cause = 0;
    Role endpoint = Role::Client;
    State from = State::Unknown;
    State to = State::Unknown;
    Doubt doubt = Doubt::None;
    /// Index in kMachine of the edge taken; kNoEdge where the state was only proved (UNKNOWN to
    /// ESTABLISHED in a capture that starts in the middle).
    std::uint8_t edge_index = kNoEdge;

    static constexpr std::uint8_t kNoEdge = 255;

    const Transition* edge() const {
        return edge_index == kNoEdge ? nullptr : &kMachine[edge_index];
    }

    bool operator==(const TrackedChange&) const = default;
};

}  // namespace tcpstep::model
