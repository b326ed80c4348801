#pragma once

#include <vector>

#include "app/ui/scene.hpp"
#include "app/view/claim_list.hpp"

namespace tcpstep::ui::panel {

/// A ring, a tick or a cross.
void paint_claim_mark(const Painter& p, view::ClaimEntry::Outcome outcome, Point centre, float size,
                      ColourRole behind);
/// The colour that goes with it.
ColourRole claim_colour(view::ClaimEntry::Outcome outcome);

/// The chip that counts the claims that hold and opens their panel; how wide it wants to be, in at
/// most `room` (0: nothing is claimed, or there is no room at all).
float claim_chip_width(const Scene& scene, const view::ClaimTally& tally, float room);
void paint_claim_chip(const Scene& scene, const view::ClaimTally& tally, Rect box);

}  // namespace tcpstep::ui::panel
