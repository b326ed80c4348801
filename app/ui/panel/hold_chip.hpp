#pragma once

#include "app/ui/scene.hpp"

namespace tcpstep::ui::panel {

/// What of a lesson's segments is held, with a list to choose from; or, loudly, why nothing is held
/// and what to do about it. Nothing for a recording.
void paint_hold_chip(const Scene& scene, Rect box);

/// How wide that is with all its words; 0 where there is none.
float hold_chip_width(const Scene& scene);

}  // namespace tcpstep::ui::panel
