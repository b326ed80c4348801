#pragma once

#include "app/ui/scene.hpp"
#include "app/view/kernel_panel.hpp"

namespace tcpstep::ui::panel {

/// Height of `rows` rows and of the heading above them, in em.
float kernel_height(unsigned rows);

/// What the kernel says of one end's socket, below a heading with its verdict on the model.
/// `state_told`: the state stands above in words.
void paint_kernel(const Scene& scene, Rect area, model::Role role, bool state_told = false);

/// A rule across `area` at `y` and a heading below it; returns where what follows begins.
float paint_heading(const Painter& painter, Rect area, float y, std::string_view heading);

/// Height of what paint_heading() paints, in em.
constexpr float kHeading = 1.75F;

/// A running time is painted anew so often: tenths of a second are for the eye that looks now, and
/// a frame for each would keep a processor busy where there is no graphics card.
constexpr model::Duration kGlance = std::chrono::milliseconds(500);

}  // namespace tcpstep::ui::panel
