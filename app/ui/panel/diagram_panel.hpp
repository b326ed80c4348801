#pragma once

#include "app/ui/scene.hpp"
#include "model/tcp_state.hpp"

namespace tcpstep::ui::panel {

/// The RFC's figure for one end: the current state lit, the way there, and the edge taken last with
/// its label. A state opens its card, an edge is told beside the mouse and leads to where it was
/// taken. `cause`: the label stands there, below the figure.
void paint_diagram(const Scene& scene, Rect area, model::Role role, std::optional<Rect> cause = {});

/// Body text in a figure of that place, in pixels, of all but its names: where it is small it is
/// smaller than `em`, but larger text never makes it smaller.
float figure_words(Rect area, float em);

/// The current state alone, as the figure has it: where there is no room for the figure.
void paint_state(const Scene& scene, Rect box, model::Role role);

}  // namespace tcpstep::ui::panel
