#pragma once

#include "app/ui/scene.hpp"
#include "model/tcp_state.hpp"

namespace tcpstep::ui::panel {

/// One end of the connection: its address, its state in the figure of RFC 9293, its socket calls,
/// and what the kernel says of its socket; `folded`: its name and its state alone.
void paint_end_panel(const Scene& scene, Rect area, model::Role role, bool folded = false);

}  // namespace tcpstep::ui::panel
