#pragma once

#include "app/ui/scene.hpp"

namespace tcpstep::ui::panel {

/// The calls in POSIX, Winsock and Go, over everything: side by side where there is room, else
/// below one another. Scrolls with the wheel and by scroll_glossary().
void paint_glossary(const Scene& scene, Rect window);

/// What a key does while the glossary is open; true if that is all it does.
bool scroll_glossary(const session::Command& command, UiState& state);

}  // namespace tcpstep::ui::panel
