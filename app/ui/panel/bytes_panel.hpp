#pragma once

#include "app/ui/scene.hpp"

namespace tcpstep::ui::panel {

/// The header bytes of the shown segment, field by field; the one under the mouse, or the one last
/// clicked, is explained below.
void paint_bytes_panel(const Scene& scene, Rect area);

}  // namespace tcpstep::ui::panel
