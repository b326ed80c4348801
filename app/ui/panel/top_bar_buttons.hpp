#pragma once

#include "app/ui/scene.hpp"

namespace tcpstep::ui::panel {

constexpr float kBarButton = 1.75F;  ///< em: how high the parts of the top bar are

/// How wide all buttons of the top bar are, and the few that always stand there.
float bar_buttons_width(const Scene& scene);
float few_bar_buttons_width(const Painter& painter);

/// The buttons, up to the right end of `box`; `menu`: all but those for the text's size in a list.
void paint_bar_buttons(const Scene& scene, Rect box, bool menu);

}  // namespace tcpstep::ui::panel
