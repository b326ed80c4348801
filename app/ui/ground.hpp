#pragma once

#include "app/view/geometry.hpp"

namespace tcpstep::ui {

/// Begins an ImGui window that covers everything and shows nothing of its own: a ground to paint on
/// and to feel the mouse with. Ends with ImGui::End(). `on_top`: over the others.
void begin_ground(const char* id, bool on_top = false);

/// The same, but only `box` wide and high, over everything else: what is beside it stays alive.
void begin_card(const char* id, view::Rect box);

}  // namespace tcpstep::ui
