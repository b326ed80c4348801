#pragma once

#include "app/ui/scene.hpp"

namespace tcpstep::ui::panel {

/// The list of the trace's connections, on top of everything while look().connections. A click on
/// one shows it.
void paint_connections(const Scene& scene, Rect window);

/// A character that does something while it is open; all others are text of its filter.
bool is_key_of_connections(const session::Command& command);

/// Keys that move in it while it is open, choose, or give its filter the keyboard; true if
/// `command` is one of them.
bool move_in_connections(const session::Command& command, const session::Session& session,
                         UiState& state);

}  // namespace tcpstep::ui::panel
