#pragma once

#include "app/ui/scene.hpp"

namespace tcpstep::ui::panel {

/// How wide the button of the export menu is.
float export_button_width(const Painter& painter);
/// The button, and the menu while it is open: the forms in which the trace can be saved, and which
/// of its steps the pictures show.
void paint_export_button(const Scene& scene, Rect box);
/// The menu alone, below `anchor`; `opens`: now.
void paint_export_list(const Scene& scene, Rect anchor, bool opens);

}  // namespace tcpstep::ui::panel
