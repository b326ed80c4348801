#pragma once

#include "app/session/command.hpp"
#include "app/ui/scene.hpp"

namespace tcpstep::ui::panel {

/// The card of UiState::card, beside that end's panel: what the state means, when this end entered
/// and left it, and why. A click on such a moment goes there.
void paint_state_card(const Scene& scene, Rect panel);

/// Escape closes the card, if one is open, before anything else; true if `command` did that.
bool close_state_card(const session::Command& command, UiState& state);

}  // namespace tcpstep::ui::panel
