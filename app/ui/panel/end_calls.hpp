#pragma once

#include "app/ui/scene.hpp"
#include "model/trace.hpp"

namespace tcpstep::ui::panel {

/// Height of one socket call, in em.
constexpr float kCallRow = 1.26F;

/// The last socket calls of that end, as many as fit, and what came of them; a click on one goes
/// there. `known`: somebody recorded calls; a capture has none.
void paint_calls(const Scene& scene, Rect area, model::Role role, bool known);

}  // namespace tcpstep::ui::panel
