#include "app/view/ladder/times.hpp"

#include <algorithm>
#include <bit>

namespace tcpstep::view::ladder {

using namespace model;

namespace {

// As powers of two: from a gap to the next longer one that is drawn whole as well, and from the gap
// that five of six do not exceed to the longest.
constexpr std::size_t kApart = 2;
constexpr std::size_t kMostAbove = 2;

}  // namespace

void LadderTimes::catch_up(const Timeline& timeline, const TimelineIndex& index) {
    const std::size_t known = size();
    for (std::size_t i = known; i < timeline.size(); ++i) {
        linear_.push_back(timeline.event(i).time - timeline.event(0).time);
        if (!index.is_step(i)) continue;
        if (last_step_) {
            const Duration gap = linear_[i] - linear_[*last_step_];
            if (gap.count() > 0) {
                ++gaps_[std::bit_width(static_cast<std::uint64_t>(gap.count())) - 1U];
                ++gap_count_;
            }
        }
        last_step_ = i;
    }
    // It changes rarely in a long timeline; then all of it is collapsed anew.
    if (const Duration limit = limit_of_gaps(); limit != limit_) {
        limit_ = limit;
        collapsed_.clear();
        last_collapsed_step_.reset();
    }
    collapsed_.reserve(linear_.size());
    while (collapsed_.size() < linear_.size()) collapse(collapsed_.size(), index);
}

void LadderTimes::collapse(std::size_t i, const TimelineIndex& index) {
    const Duration before = collapsed_.empty() ? Duration(0) : collapsed_.back();
    if (!index.is_step(i)) return collapsed_.push_back(before);
    const Duration gap =
        last_collapsed_step_ ? linear_[i] - linear_[*last_collapsed_step_] : Duration(0);
    collapsed_.push_back(before + std::min(gap, limit_));
    last_collapsed_step_ = i;
}

// From the gap that five of six do not exceed upward, to where the next longer one stands apart.
Duration LadderTimes::limit_of_gaps() const {
    std::size_t shorter = 0;
    std::size_t b = 0;
    for (; b < gaps_.size(); ++b) {
        shorter += gaps_[b];
        if (shorter > 0 && 6 * shorter >= 5 * gap_count_) break;
    }
    if (b == gaps_.size()) return Duration(0);
    std::size_t longest = b;
    const std::size_t most = std::min(b + kMostAbove, gaps_.size() - 1);
    for (std::size_t next = b + 1; next <= most && next - longest <= kApart; ++next) {
        if (gaps_[next] > 0) longest = next;
    }
    return Duration(std::int64_t{1} << std::min<std::size_t>(longest + 1, 60));
}

Duration LadderTimes::at(std::size_t i, TimeAxis axis) const {
    return of(axis)[i];
}

std::optional<Duration> LadderTimes::cut_before(std::size_t i, const TimelineIndex& index) const {
    if (!index.is_step(i)) return std::nullopt;
    const std::optional<std::size_t> before = index.last_step_before(i);
    if (!before || linear_[i] - linear_[*before] <= limit_) return std::nullopt;
    return linear_[i] - linear_[*before];
}

std::size_t LadderTimes::first_from(Duration at, TimeAxis axis) const {
    const auto& all = of(axis);
    return static_cast<std::size_t>(std::lower_bound(all.begin(), all.end(), at) - all.begin());
}

}  // namespace tcpstep::view::ladder
