#pragma once

#include "app/exports/ladder_page.hpp"
#include "app/exports/svg_canvas.hpp"

namespace tcpstep::exports {

/// The definitions that paint_ladder() refers to.
void define_hatches(const SvgCanvas& canvas);

/// Paints the page's ladder as app/ui paints it in the window, from the same values; the canvas'
/// origin is its corner.
void paint_ladder(const SvgCanvas& canvas, const Page& page);

}  // namespace tcpstep::exports
