#pragma once

#include "app/view/geometry.hpp"

namespace tcpstep::ui::panel {

/// Where the parts of one end's panel stand; pixels, with text of `em` pixels. Pure.
/// `sampled`: the kernel was asked, and needs room for what it says.

constexpr float kEndTitle = 2.55F;   ///< em, of the end's name and what is around it
constexpr float kAboveCalls = 0.7F;  ///< em

/// Without the margins left and right.
view::Rect inside_of(view::Rect area, float em);

/// In large letters the state stands in words beside the end's name.
bool is_narrow(view::Rect area, float em);

/// A narrow panel, from the top: what must be in sight of any end comes first.
struct NarrowPlaces {
    view::Rect title;
    view::Rect state;  ///< in words
    view::Rect figure;
    view::Rect cause;  ///< of the edge that was taken last, in a line
    view::Rect kernel;
    view::Rect calls;  ///< with their heading
    float height = 0;  ///< of all
};
/// `area` is what is in sight of it: where that is low the figure is, too, and the rest scrolls.
NarrowPlaces narrow_places(view::Rect area, float em, bool sampled);

/// Of a narrow panel that shows only these two; em.
constexpr float kFoldedEnd = 2.15F;

/// Of a narrow panel: what stands below its figure, down to whether the kernel agrees; em.
constexpr float kBelowFigure = 3;

/// How high a narrow panel is with its figure's names as large as its width allows, the cause, and
/// whether the kernel agrees.
float open_height(view::Rect area, float em);

/// How high such a panel must be for all its parts to be read; it scrolls where `area` is lower.
float least_height(view::Rect area, float em, bool sampled = true);

/// Where the figure stands in such a panel.
view::Rect figure_in(view::Rect area, float em, bool sampled = true);

/// How much the kernel says: more where there is more room, but not at the cost of the figure.
unsigned kernel_rows(view::Rect area, float em, bool sampled);

}  // namespace tcpstep::ui::panel
