#pragma once

#include <cstddef>
#include <span>

namespace tcpstep::ui::font {

/// The font has outlines that ImGui can draw: in a table glyf or CFF (OpenType 1.9). Those of
/// variable fonts may be in CFF2, which it cannot, and then draws nothing at all, of no font.
/// `face` counts the fonts of a collection (*.ttc); 0 in a file of one font.
bool has_drawable_outlines(std::span<const std::byte> file, unsigned face);

}  // namespace tcpstep::ui::font
