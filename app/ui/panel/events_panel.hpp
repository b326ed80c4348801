#pragma once

#include "app/ui/scene.hpp"

namespace tcpstep::ui::panel {

/// The list of events with its filter, below the ladder while look().events.
void paint_events_panel(const Scene& scene, Rect area);

/// Up and Down go from row to row, "/" gives the filter the keyboard, while the list is open and
/// the arrow keys belong to it. True if `command` is dealt with.
bool move_in_events(const session::Command& command, const session::Session& session,
                    UiState& state);

/// The button that opens it, in the ladder's head.
void paint_events_button(const Scene& scene, Rect box);

}  // namespace tcpstep::ui::panel
