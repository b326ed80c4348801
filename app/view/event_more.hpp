#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "app/view/timeline_index.hpp"
#include "model/timeline.hpp"

namespace tcpstep::view {

/// A line of what stands behind an event.
struct MoreLine {
    std::string label;   ///< "Rule", "Cause", "Numbers", "Linux", "Unknown here"
    std::string source;  ///< of a rule: "RFC 9293 3.10.7.3 · SYN-SENT STATE"; else empty
    std::string text;
};

/// More about the event with that index: the rule by which each state change was made, or, where no
/// state changed, the one that the event follows; what caused the change; the numbers of this run;
/// what Linux does besides or otherwise; and fields of the file that this version does not know.
/// There is at least one rule for every event. Sequence numbers are relative unless `raw`.
std::vector<MoreLine> tell_more(const model::Timeline& timeline, const TimelineIndex& index,
                                std::size_t event, bool raw);

}  // namespace tcpstep::view
