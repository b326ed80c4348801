#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "app/strings/strings.hpp"
#include "app/ui/virtual_list.hpp"
#include "app/view/lists/connection_list.hpp"

namespace tcpstep::ui {

/// What the list of connections remembers between frames.
struct ConnectionListState {
    std::optional<view::lists::ConnectionList> list;
    unsigned of = 0;  ///< the trace_number() that it belongs to
    strings::Language language = strings::Language::English;
    std::string text;                          ///< of the filter, as the user has it now
    view::lists::ConnectionList::Order order;  ///< likewise
    ListScroll scroll;
    bool open = false;              ///< in the last frame
    std::size_t row = 0;            ///< where the arrow keys are
    model::ConnectionIndex at = 0;  ///< the connection there
    bool sought = true;             ///< its row, which may have become another one
    bool to_first = false;          ///< the filter has changed: the first row is meant
    float sideways = 0;             ///< the table is scrolled so far, in em
    bool row_kept = true;           ///< in sight, until the user scrolls
    std::size_t page = 1;           ///< rows in sight
    long steps = 0;                 ///< rows that keys asked for
    bool choose = false;            ///< Enter was pressed
    bool show = false;              ///< the connection there is to be shown behind the list
};

}  // namespace tcpstep::ui
