#pragma once

#include "app/ui/scene.hpp"

namespace tcpstep::ui::panel {

/// The header bytes of the shown segment, field by field; the one under the mouse, or the one last
/// clicked, is explained below.
void paint_bytes_panel(const Scene& scene, Rect area);

/// Its buttons alone, at the right end of `head`; returns how much of that they took.
float paint_segment_buttons(const Scene& scene, Rect head);

}  // namespace tcpstep::ui::panel
