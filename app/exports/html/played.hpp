#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "app/exports/format.hpp"
#include "app/view/ladder/rows.hpp"
#include "app/view/ladder/times.hpp"
#include "app/view/time_axis.hpp"
#include "app/view/timeline_index.hpp"

namespace tcpstep::exports::html {

/// So many steps a page holds, of all its connections: each takes some 4.5 KB.
inline constexpr std::size_t kMostSteps = 3000;
/// And so many whose ladder has an axis of time: it is laid out whole for each step.
inline constexpr std::size_t kMostStepsInTime = 300;

constexpr std::size_t most_steps(view::TimeAxis axis) {
    return axis == view::TimeAxis::ByEvent ? kMostSteps : kMostStepsInTime;
}

/// What a page plays: the way of one connection, or a range of its steps. Frame 0 is before the
/// first of them, frame n shows the n-th.
struct Played {
    const model::Timeline& timeline;
    view::TimelineIndex index;
    view::ladder::LadderRows rows;
    const InLanguages* in_languages;  ///< of the whole trace, as far as known
    bool raw_numbers = false;
    view::TimeAxis axis = view::TimeAxis::ByEvent;
    view::ladder::LadderTimes times = {};
    bool part = false;                        ///< some steps were asked for, not all
    std::size_t first = 0;                    ///< the number of the step before the first frame's
    std::size_t from_event = 0;               ///< the ladder begins with it
    std::vector<std::size_t> positions = {};  ///< of each frame

    std::size_t frames() const { return positions.size(); }
    /// The event that a frame tells; nothing for one before any step.
    std::optional<std::size_t> told(std::size_t frame) const {
        return index.last_step_before(positions[frame]);
    }
    /// The segment that is looked at in a frame: the latest that was sent; 0 if there is none.
    model::SegmentId segment(std::size_t frame) const;
    /// The frame in which that event is first seen.
    std::size_t frame_of(std::size_t event) const;
    bool speaks_tcp() const { return timeline.at(timeline.size()).tcp; }
    /// Nobody tells which calls were made.
    bool captured() const { return timeline.at(timeline.size()).captured(); }
    /// The passage of the lesson's story that is told in a frame; nothing if there is no story.
    std::optional<std::size_t> passage(std::size_t frame) const;
};

/// BadInput if there are no such steps, or more than a page holds.
Result<Played> played(const model::Timeline& timeline, const Options& options);

}  // namespace tcpstep::exports::html
