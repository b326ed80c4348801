#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "app/view/palette.hpp"
#include "app/view/timeline_index.hpp"
#include "model/timeline.hpp"

namespace tcpstep::view {

/// What an event was and what it brought about, with the numbers of this very run.
struct Happening {
    struct Change {
        std::string text;  ///< "client: CLOSED → SYN_SENT · RFC 9293 3.10.1"
        ColourRole colour = ColourRole::Text;
    };
    std::string sentence;           ///< one or two sentences
    std::vector<std::string> rows;  ///< a table that belongs to it, a line each
    std::vector<Change> changes;
    std::string when;   ///< "+25.3 µs"
    std::string after;  ///< "4.1 µs after the event before"; empty if there was none
};

/// Tells the event with that index. Sequence numbers are relative unless `raw`.
Happening tell_event(const model::Timeline& timeline, const TimelineIndex& index, std::size_t event,
                     bool raw);

}  // namespace tcpstep::view
