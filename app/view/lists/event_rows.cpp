#include "app/view/lists/event_rows.hpp"

#include <algorithm>

namespace tcpstep::view::lists {

using model::Role;

void EventRows::catch_up(const TimelineIndex& index) {
    events_ = index.size();
    const auto old = static_cast<std::ptrdiff_t>(changes_.size());
    for (const Role role : {Role::Client, Role::Server}) {
        std::size_t& read = read_[role == Role::Client ? 0 : 1];
        const auto& changes = index.changes(role);
        for (; read < changes.size(); ++read) {
            changes_.push_back({changes[read].event, {role, read}});
        }
    }
    // Of one event, the client's come first.
    std::stable_sort(changes_.begin() + old, changes_.end(),
                     [](const ChangeRow& a, const ChangeRow& b) { return a.event < b.event; });
}

// The row of change k is its event's number, plus one for that event, plus k for the changes before
// it: this grows with k.
EventRow EventRows::at(std::size_t row) const {
    std::size_t low = 0;
    std::size_t high = changes_.size();
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (changes_[middle].event + 1 + middle <= row) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    // `low` changes stand at this row or above it; the last of them may be the row itself.
    if (low > 0) {
        const ChangeRow& last = changes_[low - 1];
        if (last.event + low == row) return {last.event, last.change};
    }
    return {row - low, std::nullopt};
}

std::size_t EventRows::before(std::size_t position) const {
    const auto first = std::partition_point(
        changes_.begin(), changes_.end(),
        [position](const ChangeRow& change) { return change.event < position; });
    return position + static_cast<std::size_t>(first - changes_.begin());
}

}  // namespace tcpstep::view::lists
