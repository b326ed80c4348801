#pragma once

#include "app/ui/scene.hpp"

namespace tcpstep::ui::panel {

/// The segments between the two lifelines, with states and calls beside them.
void paint_ladder_panel(const Scene& scene, Rect area);

}  // namespace tcpstep::ui::panel
