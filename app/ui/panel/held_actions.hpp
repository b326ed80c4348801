#pragma once

#include "app/ui/scene.hpp"

namespace tcpstep::ui::panel {

/// What can be done to the segment that is held, as buttons; or why nothing can. Stands at the foot
/// of the ladder of a held run.
void paint_held_actions(const Scene& scene, Rect area);

/// How high that is in em; 0 where nothing is or was held.
float held_actions_height(const session::Session& session);

}  // namespace tcpstep::ui::panel
