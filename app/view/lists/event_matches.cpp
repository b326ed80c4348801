#include "app/view/lists/event_matches.hpp"

#include <algorithm>
#include <utility>

namespace tcpstep::view::lists {

void EventMatches::restart(EventFilter filter) {
    *this = EventMatches();
    filter_ = std::move(filter);
}

bool EventMatches::look_on(const EventRows& rows, const EventSource& source) {
    all_ = rows.size();
    if (filter_.empty()) return false;
    const std::size_t portion = filter_.text.empty() ? kPortion : kTextPortion;
    const std::size_t end = std::min(all_, looked_ + portion);
    for (; looked_ < end; ++looked_) {
        if (satisfies(filter_, source, rows.at(looked_)))
            found_.push_back(static_cast<std::uint32_t>(looked_));
    }
    return looked_ < all_;
}

std::size_t EventMatches::before(std::size_t row) const {
    if (filter_.empty()) return std::min(row, all_);
    return static_cast<std::size_t>(std::lower_bound(found_.begin(), found_.end(), row) -
                                    found_.begin());
}

}  // namespace tcpstep::view::lists
