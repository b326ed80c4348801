#pragma once

#include "app/ui/scene.hpp"
#include "model/tcp_state.hpp"

namespace tcpstep::ui::panel {

/// One end of the connection: its address, its state in the figure of RFC 9293, its socket calls,
/// and what the kernel says of its socket.
void paint_end_panel(const Scene& scene, Rect area, model::Role role);

/// How high such a panel must be for all its parts to be read; it scrolls where `area` is lower.
/// Of a capture, whose kernel nobody asked, `sampled` is false.
float least_height(Rect area, float em, bool sampled = true);

/// Where the figure stands in such a panel; text of `em` pixels decides how much else there is.
/// `sampled`: the kernel was asked, and needs room for what it says.
Rect figure_in(Rect area, float em, bool sampled = true);

}  // namespace tcpstep::ui::panel
