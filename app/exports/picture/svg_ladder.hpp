#pragma once

#include <cstdint>
#include <functional>

#include "app/exports/picture/ladder_page.hpp"
#include "app/exports/picture/svg_canvas.hpp"

namespace tcpstep::exports::picture {

/// The definitions that paint_ladder() refers to.
void define_hatches(const SvgCanvas& canvas);

/// What lies over what, from the ground up.
enum class Layer : std::uint8_t { Ground, States, Calls, Segments, Words };

/// Paints the page's ladder as app/ui paints it in the window, from the same values; the canvas'
/// origin is its corner. `painted` is told of each piece when it is: what stands by itself.
void paint_ladder(
    const SvgCanvas& canvas, const Page& page,
    const std::function<void(Layer)>& painted = [](Layer) {});

}  // namespace tcpstep::exports::picture
