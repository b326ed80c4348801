#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

namespace tcpstep::view::diagram {

/// The short run of light along the edge by which a state has just been left. A pure machine: the
/// time is passed in. It runs when one steps on to a change of the state, and only if the eye can
/// follow: not after a jump, not backward, and not when the changes come faster than it runs.
class EdgeLight {
  public:
    using Moment = std::chrono::steady_clock::time_point;
    static constexpr std::chrono::milliseconds kRuns{450};
    /// From one frame to the next while it runs.
    static constexpr std::chrono::milliseconds kFrame{33};

    /// Of timeline number `of`, `changes` state changes are in sight at `now`.
    void see(unsigned of, std::size_t changes, Moment now);

    /// How far along the edge it is, 0 to 1; nothing when there is none.
    std::optional<float> at(Moment now) const;

  private:
    /// One segment can move an end two states on: FIN_WAIT_1, FIN_WAIT_2, TIME_WAIT.
    static constexpr std::size_t kMostAtOnce = 2;

    std::optional<unsigned> of_;
    std::size_t changes_ = 0;
    std::optional<Moment> changed_;  // when the state last changed, in whatever direction
    std::optional<Moment> began_;
};

}  // namespace tcpstep::view::diagram
