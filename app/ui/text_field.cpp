#include "app/ui/text_field.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include <imgui.h>
#include <imgui_internal.h>

#include "app/ui/controls.hpp"

namespace tcpstep::ui {

namespace {

constexpr std::size_t kMost = 256;         // octets
constexpr std::size_t kMostOfPath = 4096;  // PATH_MAX

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

bool enter_pressed() {
#if IMGUI_VERSION_NUM >= 18700
    return ImGui::IsKeyPressed(ImGuiKey_Enter) || ImGui::IsKeyPressed(ImGuiKey_KeypadEnter);
#else
    return ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Enter)) ||
           ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_KeyPadEnter));
#endif
}

// Sets letters, colours and room for a field of ImGui's in `box`; ends with end_field().
void begin_field(const Painter& p, Rect box) {
    const font::Face& face = p.fonts().face(TextStyle::Small);
    const float size = p.height(TextStyle::Small);
    ImGui::SetCursorScreenPos(ImVec2(box.x, box.y));
    ImGui::SetNextItemWidth(box.w);
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
}

void end_field(const Painter& p, Rect box, std::string_view tip) {
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

// What a path's field is told while it has the keyboard.
struct PathKeys {
    const std::string* replace = nullptr;  // by that
    bool to_end = false;                   // the caret
    bool complete = false;
};

int obey(ImGuiInputTextCallbackData* data) {
    auto& keys = *static_cast<PathKeys*>(data->UserData);
    if (data->EventFlag == ImGuiInputTextFlags_CallbackCompletion) {
        keys.complete = true;
        return 0;
    }
    if (keys.replace != nullptr) {
        data->DeleteChars(0, data->BufTextLen);
        data->InsertChars(0, keys.replace->c_str());
    }
    if (keys.replace != nullptr || keys.to_end) {
        data->CursorPos = data->SelectionStart = data->SelectionEnd = data->BufTextLen;
    }
    return 0;
}

}  // namespace

void text_field(const Scene& scene, const char* id, Rect box, std::string& text,
                std::string_view tip) {
    std::array<char, kMost> buffer{};
    std::copy_n(text.begin(), std::min(text.size(), kMost - 1), buffer.begin());
    const std::string label = std::string("##") + id;  // ImGui would write it beside the field
    begin_field(scene.painter, box);
    if (ImGui::InputText(label.c_str(), buffer.data(), buffer.size())) text = buffer.data();
    end_field(scene.painter, box, tip);
}

PathEdit path_field(const Scene& scene, const char* id, Rect box, const std::string& text,
                    std::string& shown, EarlyLetters& early, std::string_view tip) {
    std::vector<char> buffer(kMostOfPath, '\0');
    std::copy_n(text.begin(), std::min(text.size(), kMostOfPath - 1), buffer.begin());
    const std::string label = std::string("##") + id;
    PathKeys keys;
    // ImGui keeps a copy of what stands in the field that has the keyboard.
    if (text != shown) keys.replace = &text;
    shown = text;
    begin_field(scene.painter, box);
    keys.to_end = !ImGui::IsAnyItemActive();
    if (keys.to_end) ImGui::SetKeyboardFocusHere();
    early.before_field(label.c_str());
    PathEdit edit;
    const bool changed = ImGui::InputText(
        label.c_str(), buffer.data(), buffer.size(),
        ImGuiInputTextFlags_CallbackAlways | ImGuiInputTextFlags_CallbackCompletion, obey, &keys);
    if (changed && text != buffer.data()) {
        shown = buffer.data();
        edit.typed = shown;
    }
    edit.complete = keys.complete;
    end_field(scene.painter, box, tip);
    return edit;
}

bool filter_field(const Scene& scene, const char* id, Rect box, std::string& text,
                  std::string_view tip, const std::string& hint) {
    EarlyLetters& early = scene.state.filter_letters;
    if (scene.state.focus_filter) {
        ImGui::SetKeyboardFocusHere();
        early.expect_after(U'/');
    }
    std::array<char, kMost> buffer{};
    std::copy_n(text.begin(), std::min(text.size(), kMost - 1), buffer.begin());
    const std::string label = std::string("##") + id;
    begin_field(scene.painter, box);
    if (early.expected()) early.before_field(label.c_str());
    // Escape gives back what stood there when the keyboard came.
    const bool changed =
        ImGui::InputTextWithHint(label.c_str(), hint.c_str(), buffer.data(), buffer.size());
    if (changed && !escape_pressed()) text = buffer.data();
    const bool entered = ImGui::IsItemDeactivated() && enter_pressed();
    end_field(scene.painter, box, tip);
    return entered;
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
