#pragma once

#include <vector>

#include "app/ui/scene.hpp"
#include "app/view/claim_list.hpp"

namespace tcpstep::ui::panel {

/// What the lesson claims, one below the other, each with what shows it; those that have just been
/// decided are marked and in sight. A click goes to where it was decided. Scrolls with the wheel
/// and by scroll_claims().
void paint_claims_panel(const Scene& scene, Rect area, const std::vector<view::ClaimEntry>& claims);

/// What a key does while the claims are shown; true if that is all it does.
bool scroll_claims(const session::Command& command, const session::Session& session,
                   UiState& state);

}  // namespace tcpstep::ui::panel
