#pragma once

#include "app/ui/scene.hpp"
#include "app/view/ladder/layout.hpp"

namespace tcpstep::ui::panel {

/// The ladder's name, which connection it is of, and how it is looked at.
void paint_ladder_header(const Scene& scene, Rect line);

/// Below it, above their lifelines, the names of both ends; beside them what zooms and follows.
void paint_ladder_ends(const Scene& scene, const view::ladder::Ladder& ladder, Rect line);

}  // namespace tcpstep::ui::panel
