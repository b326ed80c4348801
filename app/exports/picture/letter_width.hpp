#pragma once

#include "app/view/text_style.hpp"

namespace tcpstep::exports::picture {

// A file does not know with which fonts it will be shown, only "sans-serif" and "monospace".

/// Size of a style's font, where body text is `em` high from its highest letter to its lowest: the
/// em square of a font is less than that.
float font_size(view::TextStyle style, float em);

/// Widths that the common fonts do not exceed: DejaVu's, which are wider than those of Arial,
/// Helvetica, Roboto, Inter, Liberation and Noto; a Chinese character is as wide as high.
view::Measure letter_measure(float em);

}  // namespace tcpstep::exports::picture
