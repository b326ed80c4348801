#include "app/ui/ground.hpp"

#include <imgui.h>

namespace tcpstep::ui {

namespace {

constexpr ImGuiWindowFlags kPlain =
    ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
    ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoNav;

void begin(const char* id, ImGuiWindowFlags flags) {
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0.0F);
    ImGui::Begin(id, nullptr, flags);
    ImGui::PopStyleVar(2);
}

}  // namespace

void begin_card(const char* id, view::Rect box) {
    ImGui::SetNextWindowPos(ImVec2(box.x, box.y));
    ImGui::SetNextWindowSize(ImVec2(box.w, box.h));
    // It comes to the front by itself. To have it there anew in each frame would end every press of
    // the mouse beside it.
    begin(id, kPlain);
}

void begin_ground(const char* id, bool on_top) {
    ImGuiWindowFlags flags = kPlain;
    if (!on_top) flags |= ImGuiWindowFlags_NoBringToFrontOnFocus;
    ImGui::SetNextWindowPos(ImVec2(0, 0));
    ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
    if (on_top) ImGui::SetNextWindowFocus();
    begin(id, flags);
}

}  // namespace tcpstep::ui
