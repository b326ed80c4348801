#pragma once

namespace tcpstep::ui {

/// Begins an ImGui window that covers everything and shows nothing of its own: a ground to paint on
/// and to feel the mouse with. Ends with ImGui::End(). `on_top`: over the others.
void begin_ground(const char* id, bool on_top = false);

}  // namespace tcpstep::ui
