#pragma once

#include "app/ui/scene.hpp"

namespace tcpstep::ui {

/// What just happened: the current event in a sentence or two, and what it changed.
void paint_happened_panel(const Scene& scene, Rect area);

}  // namespace tcpstep::ui
