#include "app/ui/window/fast_keys.hpp"

#include <cstddef>

#include <imgui.h>

namespace tcpstep::ui::window {

#if IMGUI_VERSION_NUM >= 18700

void FastKeys::pressed(int, bool) {}
bool FastKeys::hold() {
    return false;
}
void FastKeys::let_go() {}

#else

void FastKeys::pressed(int key, bool ctrl) {
    constexpr int kKeys = IM_ARRAYSIZE(ImGuiIO::KeysDown);
    if (key >= 0 && key < kKeys) pressed_.push_back({key, ctrl});
}

bool FastKeys::hold() {
    ImGuiIO& io = ImGui::GetIO();
    ctrl_before_ = io.KeyCtrl;
    for (const Press& press : pressed_) {
        bool& down = io.KeysDown[static_cast<std::size_t>(press.key)];
        if (down) continue;
        down = true;
        held_.push_back(press.key);
        io.KeyCtrl = io.KeyCtrl || press.ctrl;
    }
    pressed_.clear();
    return !held_.empty();
}

void FastKeys::let_go() {
    if (held_.empty()) return;
    ImGuiIO& io = ImGui::GetIO();
    for (const int key : held_) io.KeysDown[static_cast<std::size_t>(key)] = false;
    held_.clear();
    io.KeyCtrl = ctrl_before_;
}

#endif

}  // namespace tcpstep::ui::window
