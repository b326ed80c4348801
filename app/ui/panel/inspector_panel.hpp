#pragma once

#include "app/ui/scene.hpp"

namespace tcpstep::ui::panel {

/// The segment inspector: the IP and TCP headers and the payload as rows of 32 bits and in hex,
/// what the field means that is pointed at, or else was chosen, and the payload as text; of a
/// datagram its payload. Pointing at a field marks its bytes, pointing at a byte its field.
void paint_inspector(const Scene& scene, Rect area);

/// What Up and Down do while it is open: to the field before, or after; true if `command` is one of
/// them.
bool move_in_inspector(const session::Command& command, const session::Session& session,
                       UiState& state);

/// There is a segment or a datagram for it.
bool inspects_something(const session::Session& session);

}  // namespace tcpstep::ui::panel
