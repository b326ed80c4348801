#pragma once

#include <vector>

#include "app/view/selection.hpp"
#include "model/event.hpp"

namespace tcpstep::view {

/// What the evidence of a claim names and can be selected, in its order: segments, calls, and the
/// stays in the states that were seen.
std::vector<Selection> evidence_of(const model::ClaimChecked& checked,
                                   const model::Timeline& timeline, const TimelineIndex& index);

/// Of these what to look at: the last segment; if none is named, the last of all.
Selection selection_of_claim(const model::ClaimChecked& checked, const model::Timeline& timeline,
                             const TimelineIndex& index);

}  // namespace tcpstep::view
