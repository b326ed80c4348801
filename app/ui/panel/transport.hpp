#pragma once

#include "app/ui/scene.hpp"

namespace tcpstep::ui::panel {

/// The buttons that move through the events, the speed, and the bar on which one drags.
void paint_transport(const Scene& scene, Rect area);

}  // namespace tcpstep::ui::panel
