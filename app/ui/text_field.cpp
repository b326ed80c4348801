#include "app/ui/text_field.hpp"

#include <algorithm>
#include <array>
#include <string>

#include <imgui.h>
#include <imgui_internal.h>

#include "app/ui/controls.hpp"

namespace tcpstep::ui {

namespace {

constexpr std::size_t kMost = 256;  // octets

ImVec4 shade(const Painter& painter, ColourRole role) {
    return ImGui::ColorConvertU32ToFloat4(painter.ink(role));
}

bool escape_pressed() {
#if IMGUI_VERSION_NUM >= 18700
    return ImGui::IsKeyPressed(ImGuiKey_Escape);
#else
    return ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Escape));
#endif
}

struct Field {
    const char* id;
    Rect box;
    std::string_view tip;
    const char* hint = "";
    bool keeps_on_escape = false;
};

void paint_field(const Scene& scene, const Field& field, std::string& text) {
    const auto& [id, box, tip, hint, keeps_on_escape] = field;
    const Painter& p = scene.painter;
    std::array<char, kMost> buffer{};
    std::copy_n(text.begin(), std::min(text.size(), kMost - 1), buffer.begin());
    const Face& face = p.fonts().face(TextStyle::Small);
    const float size = p.height(TextStyle::Small);
    ImGui::SetCursorScreenPos(ImVec2(box.x, box.y));
    ImGui::SetNextItemWidth(box.w);
    const std::string label = std::string("##") + id;  // ImGui would write it beside the field
#if IMGUI_VERSION_NUM >= 19200
    ImGui::PushFont(face.font, size);
#else
    ImGui::PushFont(face.font);
    ImGui::SetWindowFontScale(size / face.size);
#endif
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding,
                        ImVec2(0.4F * p.em(), std::max(0.0F, (box.h - ImGui::GetFontSize()) / 2)));
    ImGui::PushStyleVar(ImGuiStyleVar_FrameRounding, 0.33F * p.em());
    ImGui::PushStyleColor(ImGuiCol_FrameBg, shade(p, ColourRole::Background));
    ImGui::PushStyleColor(ImGuiCol_Text, shade(p, ColourRole::Text));
    ImGui::PushStyleColor(ImGuiCol_TextSelectedBg, shade(p, ColourRole::ControlHover));
    ImGui::PushStyleColor(ImGuiCol_TextDisabled, shade(p, ColourRole::TextDim));
    // Escape gives back what stood there when the keyboard came.
    const bool changed =
        ImGui::InputTextWithHint(label.c_str(), hint, buffer.data(), buffer.size());
    if (changed && !(keeps_on_escape && escape_pressed())) text = buffer.data();
    const bool hovered = ImGui::IsItemHovered() && !ImGui::IsItemActive();
    ImGui::PopStyleColor(4);
    ImGui::PopStyleVar(2);
#if IMGUI_VERSION_NUM < 19200
    ImGui::SetWindowFontScale(1);
#endif
    ImGui::PopFont();
    p.outline(box, ColourRole::Edge, 0.33F * p.em(), 1);
    if (hovered) paint_tip_of(p, box, tip);
}

}  // namespace

void text_field(const Scene& scene, const char* id, Rect box, std::string& text,
                std::string_view tip) {
    paint_field(scene, {id, box, tip}, text);
}

void filter_field(const Scene& scene, const char* id, Rect box, std::string& text,
                  std::string_view tip, const std::string& hint, bool focus) {
    if (focus) ImGui::SetKeyboardFocusHere();
    paint_field(scene, {id, box, tip, hint.c_str(), true}, text);
}

bool keyboard_is_taken() {
    return ImGui::GetIO().WantTextInput;
}

bool input_is_queued() {
#if IMGUI_VERSION_NUM >= 18700
    return ImGui::GetCurrentContext()->InputEventsQueue.Size > 0;
#else
    return false;
#endif
}

}  // namespace tcpstep::ui
