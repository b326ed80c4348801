#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/view/timeline_index.hpp"
#include "model/tcp_state.hpp"
#include "model/timeline.hpp"

namespace tcpstep::view::diagram {

/// One stay of an end in a state.
struct StateVisit {
    /// How it began or ended.
    struct Turn {
        std::size_t event = 0;
        std::string when;   ///< "+1.21 ms · event 12"
        std::string edge;   ///< "rcv SYN / snd SYN,ACK"; empty if no edge of the machine was taken
        std::string cause;  ///< "segment 1 (SYN) arrives"
    };
    Turn entered;
    std::optional<Turn> left;  ///< nothing while it goes on
    std::string stayed;        ///< "for 21.3 ms", "for 3.2 s so far"
};

/// When and why one end was in a state, as far as the position goes, and what the state means.
struct StateStory {
    std::string meaning;             ///< one sentence
    std::string_view rfc;            ///< the section of RFC 9293 that defines it
    std::vector<StateVisit> visits;  ///< in order
    std::string none;                ///< "never entered in this run"; empty if there are visits
    /// Though nothing happens it reads differently after so long; nothing if not.
    std::optional<model::Duration> changes_in;
};

/// `now`: the present time, if one looks at the present moment of a run that goes on.
StateStory tell_state(const model::Timeline& timeline, const TimelineIndex& index, model::Role role,
                      model::State state, std::size_t position, std::optional<model::Time> now);

/// What a state means, in one sentence.
std::string meaning_of(model::State state);

}  // namespace tcpstep::view::diagram
