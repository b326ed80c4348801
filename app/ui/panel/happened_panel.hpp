#pragma once

#include "app/ui/scene.hpp"

namespace tcpstep::ui::panel {

/// What just happened: the current event in a sentence or two, and what it changed.
/// With Look::more also the rules behind it, its cause and its numbers; that scrolls. In an area
/// that is a strip it is one paragraph. `alone`: no bytes stand beside it, and it has their
/// buttons.
void paint_happened_panel(const Scene& scene, Rect area, bool alone = false);

}  // namespace tcpstep::ui::panel
