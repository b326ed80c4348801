#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "app/view/timeline_index.hpp"
#include "model/timeline.hpp"

namespace tcpstep::view {

/// A line of what stands behind an event.
struct MoreLine {
    std::string label;   ///< "Rule", "Cause", "Numbers", "Linux"
    std::string source;  ///< of a rule: "RFC 9293 3.10.7.3 · SYN-SENT STATE"; else empty
    std::string text;
};

/// More about the event with that index: the rule by which each state change was made, or, where no
/// state changed, the one that the event follows; what caused the change; the numbers of this run;
/// and what Linux does besides or otherwise. There is at least one rule for every event. Sequence
/// numbers are relative unless `raw`.
std::vector<MoreLine> tell_more(const model::Timeline& timeline, const TimelineIndex& index,
                                std::size_t event, bool raw);

}  // namespace tcpstep::view
