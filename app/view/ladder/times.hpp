#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "app/view/time_axis.hpp"
#include "app/view/timeline_index.hpp"
#include "model/timeline.hpp"

namespace tcpstep::view::ladder {

/// Where each event of a timeline stands on an axis of time. Grows with the timeline.
class LadderTimes {
  public:
    void catch_up(const model::Timeline& timeline, const TimelineIndex& index);

    std::size_t size() const { return linear_.size(); }

    /// Since the first event, by that axis. Collapsed: as if no step came later than limit() after
    /// the one before it; what is no step stands with the step before it.
    model::Duration at(std::size_t i, TimeAxis axis) const;
    /// No gap that is drawn whole is longer; those that are cut are drawn as long. Long is what
    /// five of six gaps are shorter than and stands apart from them: about four times as long as
    /// any that is not, or eight times as long as those five.
    model::Duration limit() const { return limit_; }
    /// How long the gap before step `i` was, if that axis cut it short.
    std::optional<model::Duration> cut_before(std::size_t i, const TimelineIndex& index) const;
    /// The first event that is not before `at`; size() if there is none.
    std::size_t first_from(model::Duration at, TimeAxis axis) const;

  private:
    const std::vector<model::Duration>& of(TimeAxis axis) const {
        return axis == TimeAxis::Collapsed ? collapsed_ : linear_;
    }
    void collapse(std::size_t i, const TimelineIndex& index);
    model::Duration limit_of_gaps() const;

    std::vector<model::Duration> linear_, collapsed_;
    std::array<std::size_t, 64> gaps_{};  // [b]: how many gaps were 2^b ns or longer, not 2^(b+1)
    std::size_t gap_count_ = 0;
    model::Duration limit_{0};
    std::optional<std::size_t> last_step_, last_collapsed_step_;
};

}  // namespace tcpstep::view::ladder
