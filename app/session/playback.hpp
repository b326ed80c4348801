#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>

#include "app/view/timeline_index.hpp"

namespace tcpstep::session {

/// A moment of the monotonic clock. Only the window reads it; it is passed in.
using Moment = std::chrono::steady_clock::time_point;

/// Where one looks in the timeline, and how that moves. A pure machine: the events and the time are
/// passed in. Positions are model::Timeline's: p means "after the first p events".
class Playback {
  public:
    std::size_t position() const { return position_; }
    bool playing() const { return playing_; }
    /// The position stays at the end while events come.
    bool following() const { return following_; }
    /// 1 is two steps a second.
    double speed() const { return kSpeeds[speed_]; }
    /// From one step to the next.
    std::chrono::nanoseconds interval() const;

    // Moving by hand ends playing and following.
    void stop() { by_hand(); }
    void step_forward(const view::TimelineIndex& index);
    void step_back(const view::TimelineIndex& index);
    void home();
    /// To the last event, and stays there as more come.
    void end(const view::TimelineIndex& index);
    /// To that position, or to the end if there are not so many.
    void seek(const view::TimelineIndex& index, std::size_t position);
    /// To that position, and goes on playing if it was.
    void move(std::size_t position) { position_ = position; }
    /// To n tenths of all events, n from 0 to 9.
    void seek_tenth(const view::TimelineIndex& index, unsigned n);

    /// Starts or stops. Started at the end of all that will ever come, it begins anew.
    void toggle_play(const view::TimelineIndex& index, bool more_may_come, Moment now);
    // False if it was the fastest, the slowest.
    bool faster();
    bool slower();

    /// More events have come.
    void grown(const view::TimelineIndex& index);
    /// Takes the steps that are due at `now`; true if it took one. At the end it waits for more or,
    /// if none can come, stops. `elsewhere` takes the next step where it is not of `index`, and
    /// says whether it has.
    bool advance(const view::TimelineIndex& index, bool more_may_come, Moment now,
                 const std::function<bool()>& elsewhere = {});
    /// When the next step is due; nothing unless it is playing.
    std::optional<Moment> next_due() const;

  private:
    static constexpr double kSpeeds[] = {0.25, 0.5, 1, 2, 4, 8};
    static constexpr std::size_t kNormal = 2;

    void by_hand();

    std::size_t position_ = 0;
    std::size_t speed_ = kNormal;
    bool playing_ = false;
    bool following_ = false;
    Moment due_;
};

}  // namespace tcpstep::session
