#pragma once

#include "app/view/geometry.hpp"

namespace tcpstep::ui::panel {

/// Where in its panel the ladder itself stands: below the heading and the names of the ends, above
/// the buttons of what is held, which are `foot` pixels high.
inline view::Rect ladder_area(view::Rect panel, float em, float foot) {
    const float top = panel.y + 3.75F * em;
    return {panel.x + 0.4F * em, top, panel.w - 0.8F * em, panel.bottom() - top - 0.5F * em - foot};
}

}  // namespace tcpstep::ui::panel
