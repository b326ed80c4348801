#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/view/timeline_index.hpp"
#include "model/timeline.hpp"

namespace tcpstep::view {

// What a lesson claims of its run, and what of that is decided at the position that is looked at.

/// A claim that a lesson makes, whether or not its run has checked it.
struct Claimed {
    std::string id;
    std::string text;  ///< in the program's language
};

struct ClaimEntry {
    enum class Outcome : std::uint8_t { Open, Holds, DoesNotHold };
    std::string id;
    std::string text;
    Outcome outcome = Outcome::Open;
    std::string evidence;  ///< what shows it; empty while open
    /// The event that says so, in the timeline; also while open, if that comes later.
    std::optional<std::size_t> event;
    bool fresh = false;  ///< decided by the last step, and by what came of it
};

/// The lesson's claims in their order, then those that only the trace knows. Without `claimed`, of
/// a lesson that is not known, all are of the latter kind.
std::vector<ClaimEntry> claim_list(const model::Timeline& timeline, const TimelineIndex& index,
                                   const std::vector<Claimed>& claimed, std::size_t position);

/// How many claims there are, and what has become of them.
struct ClaimTally {
    std::size_t all = 0;
    std::size_t hold = 0;
    std::size_t do_not_hold = 0;
    std::size_t fresh = 0;
    bool operator==(const ClaimTally&) const = default;
};
ClaimTally tally(const std::vector<ClaimEntry>& claims);

/// "open", "holds", "does not hold".
std::string outcome_word(ClaimEntry::Outcome outcome);

/// The first event of the timeline that checked the claim of that id; nothing if none did.
std::optional<std::size_t> claim_event(const model::Timeline& timeline, const TimelineIndex& index,
                                       std::string_view id);
/// The segment to look at: the last one that its evidence names; 0 if it names none.
model::SegmentId segment_of_claim(const model::ClaimChecked& checked);
/// The connection of which that segment is; nothing if there is no such segment.
std::optional<model::ConnectionIndex> connection_of(const model::Trace& trace,
                                                    model::SegmentId segment);

}  // namespace tcpstep::view
