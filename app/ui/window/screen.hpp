#pragma once

#include "app/ui/font/fonts.hpp"
#include "app/ui/scene.hpp"

namespace tcpstep::ui::window {

/// Gives ImGui's own parts (popups, notes beside the mouse) the theme's colours and our sizes.
void apply_theme(view::Theme theme, float em);

/// Paints the whole window between ImGui::NewFrame and ImGui::Render, and appends what the user
/// wishes to `wishes`. Changes nothing else but `state`.
void paint_screen(const session::Session& session, const font::Fonts& fonts, UiState& state,
                  Commands& wishes);

}  // namespace tcpstep::ui::window
