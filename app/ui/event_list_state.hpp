#pragma once

#include <cstddef>
#include <optional>

#include "app/strings/strings.hpp"
#include "app/ui/virtual_list.hpp"
#include "app/view/lists/event_matches.hpp"

namespace tcpstep::ui {

/// What the list of events remembers between frames.
struct EventListState {
    view::lists::EventFilter filter;    ///< as the user has it now
    view::lists::EventRows rows;        ///< of the timeline with that number
    view::lists::EventMatches matches;  ///< of the rows
    std::optional<unsigned> of;         ///< timeline_number()
    std::size_t revision = 0;           ///< Timeline::revisions()
    bool raw_numbers = false;
    strings::Language language = strings::Language::English;

    ListScroll scroll;
    float time_width = 0;                    ///< of the longest time that has been in sight, in em
    float since_width = 0;                   ///< the same of the times between two
    std::optional<std::size_t> scrolled_at;  ///< the position that was in sight then
    bool by_hand = false;                    ///< the user has scrolled away from it
    int steps = 0;                           ///< rows that the arrow keys asked for
};

}  // namespace tcpstep::ui
