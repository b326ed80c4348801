#pragma once

#include "app/ui/painter.hpp"

namespace tcpstep::ui {

/// Signs drawn as shapes, so that no font must have them.
enum class Icon : std::uint8_t {
    ToStart,
    Back,
    Play,
    Pause,
    Step,
    ToEnd,
    Slower,
    Faster,
    Moon,
    Sun,
    FullScreen,
    Down,
    Tick,
    Cross,
    Book,
    List,
    Dots
};

/// Draws it around `centre`, `size` pixels high.
void draw_icon(const Painter& painter, Icon icon, Point centre, float size, ColourRole role,
               ColourRole behind);

}  // namespace tcpstep::ui
