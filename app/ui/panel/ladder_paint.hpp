#pragma once

#include "app/ui/painter.hpp"
#include "app/view/ladder/layout.hpp"

namespace tcpstep::ui::panel {

/// Paints a ladder whose visible area has its top left corner at `origin`. `pointed` is what
/// is under the mouse. What is held glows if it `obeys` the user now.
void paint_ladder(const Painter& painter, const view::ladder::Ladder& ladder, Point origin,
                  const view::Selection& pointed, bool obeys);

}  // namespace tcpstep::ui::panel
