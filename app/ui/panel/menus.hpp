#pragma once

#include "app/ui/scene.hpp"
#include "app/view/say.hpp"

namespace tcpstep::ui::panel {

/// A word with an arrow below which a menu opens; true if it is to be opened.
bool menu_button(const Scene& scene, const char* id, Rect box, view::Text word, view::Text tip,
                 List list);
float menu_button_width(const Painter& painter, view::Text word);

/// At the right end of `head`: the button of the menu that copies the shown segment as text, and
/// the menu while it is open. Returns how much of the head it took.
float paint_copy_button(const Scene& scene, Rect head);

}  // namespace tcpstep::ui::panel
