#pragma once

#include "app/ui/scene.hpp"

namespace tcpstep::ui::panel {

/// How wide the button of the export menu is.
float export_button_width(const Painter& painter);
/// The button, and the menu while it is open: the forms in which the trace can be saved.
void paint_export_button(const Scene& scene, Rect box);

/// At the right end of `head`: the button of the menu that copies the shown segment as text, and
/// the menu while it is open. Returns how much of the head it took.
float paint_copy_button(const Scene& scene, Rect head);

}  // namespace tcpstep::ui::panel
