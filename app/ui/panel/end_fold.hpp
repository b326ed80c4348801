#pragma once

#include "app/ui/scene.hpp"

namespace tcpstep::ui::panel {

/// The end whose figure is shown where there is room for one only: the one that moved last at the
/// moment that is looked at, or the one that was chosen since.
model::Role open_end(const session::Session& session, const UiState& state);

/// From now on until an end moves again.
void choose_end(const session::Session& session, UiState& state, model::Role role);

}  // namespace tcpstep::ui::panel
