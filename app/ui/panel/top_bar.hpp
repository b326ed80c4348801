#pragma once

#include "app/ui/scene.hpp"

namespace tcpstep::ui::panel {

/// The program's name, what is looked at (a list of lessons to pick from), where it comes from, and
/// the buttons for theme, text size, full screen, glossary and help.
void paint_top_bar(const Scene& scene, Rect area);

}  // namespace tcpstep::ui::panel
