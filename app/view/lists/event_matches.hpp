#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "app/view/lists/event_filter.hpp"

namespace tcpstep::view::lists {

/// The rows of the list of events that satisfy a filter, found a portion at a time: of a million
/// rows no frame looks at more than a portion. Without a filter all rows are there at once, and
/// cost nothing.
class EventMatches {
  public:
    /// Forgets what was found.
    void restart(EventFilter filter);
    const EventFilter& filter() const { return filter_; }

    /// Takes in the rows of `rows`, which may have grown: as many as a portion has. True if there
    /// are more. Always the same rows until restart().
    bool look_on(const EventRows& rows, const EventSource& source);

    /// How many rows were found so far, and which: ascending.
    std::size_t size() const { return filter_.empty() ? all_ : found_.size(); }
    std::size_t row(std::size_t match) const { return filter_.empty() ? match : found_[match]; }
    /// How many of them stand before that row.
    std::size_t before(std::size_t row) const;

    /// Rows looked at in one portion, where a text is looked for and where it is not: about three
    /// milliseconds. A text must be put into words.
    static constexpr std::size_t kPortion = 100'000;
    static constexpr std::size_t kTextPortion = 4'000;

  private:
    EventFilter filter_;
    std::size_t all_ = 0;     // rows that there are
    std::size_t looked_ = 0;  // rows that were looked at
    std::vector<std::uint32_t> found_;
};

}  // namespace tcpstep::view::lists
