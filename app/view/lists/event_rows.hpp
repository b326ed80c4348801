#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "app/view/timeline_index.hpp"

namespace tcpstep::view::lists {

/// A row of the list of events: an event, or one of the state changes that it brought about.
struct EventRow {
    std::size_t event = 0;
    /// That change, if it is the row of one: its end, and its index in TimelineIndex::changes().
    struct Change {
        model::Role end = model::Role::Client;
        std::size_t index = 0;
        bool operator==(const Change&) const = default;
    };
    std::optional<Change> change = {};
    bool operator==(const EventRow&) const = default;
};

/// The rows of all events of a timeline: each event's own, and below it those of its changes. Keeps
/// the changes only, which are few: a row is found by a search among these.
class EventRows {
  public:
    /// Takes in what the index has gathered since; always the same index.
    void catch_up(const TimelineIndex& index);

    std::size_t size() const { return events_ + changes_.size(); }
    EventRow at(std::size_t row) const;
    /// How many rows the first `position` events have: the row with which event `position` begins.
    std::size_t before(std::size_t position) const;

  private:
    struct ChangeRow {
        std::size_t event;
        EventRow::Change change;
    };

    std::size_t events_ = 0;
    std::size_t read_[2] = {0, 0};    // of the changes of both ends
    std::vector<ChangeRow> changes_;  // by event
};

}  // namespace tcpstep::view::lists
