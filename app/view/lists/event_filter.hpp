#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "app/view/lists/event_line.hpp"

namespace tcpstep::view::lists {

/// Which rows of the list of events are wanted. Four groups, each of which must be satisfied; one
/// in which nothing is chosen always is. Within a group any of what is chosen will do.
struct EventFilter {
    // Of the segment that a row is about: with one of these flags, or sent again. Rows about no
    // segment do not satisfy it.
    std::uint16_t flags = 0;  ///< bits of model::Flags
    bool again = false;
    // At which end it happens.
    bool client = false, server = false;
    std::uint8_t kinds = 0;  ///< a bit for each RowKind, as kind_bit() says
    /// Stands in the row, in any case of its letters: in who, in what, or among the names of the
    /// segment's flags.
    std::string text = {};

    /// Every row satisfies it.
    bool empty() const { return *this == EventFilter{}; }
    bool operator==(const EventFilter&) const = default;
};

constexpr std::uint8_t kind_bit(RowKind kind) {
    return static_cast<std::uint8_t>(1U << static_cast<unsigned>(kind));
}

bool satisfies(const EventFilter& filter, const EventSource& source, const EventRow& row);

/// `wanted` stands in `text`; both in any case of ASCII letters.
bool contains_text(std::string_view text, std::string_view wanted);

}  // namespace tcpstep::view::lists
