#include "app/ui/early_letters.hpp"

#include <algorithm>

#include <imgui.h>
#include <imgui_internal.h>

namespace tcpstep::ui {

void EarlyLetters::before_field(const char* label) {
    const ImGuiContext& imgui = *ImGui::GetCurrentContext();
    const ImGuiID field = ImGui::GetID(label);
    ImVector<ImWchar>& typed = ImGui::GetIO().InputQueueCharacters;
    letters_.insert(letters_.end(), typed.begin(), typed.end());
    typed.clear();
    // In its first frame with the keyboard a field drops the letters that it finds.
    if (imgui.ActiveId != field || imgui.ActiveIdPreviousFrame != field) return;
    for (const char32_t letter : letters_) typed.push_back(static_cast<ImWchar>(letter));
    letters_.clear();
    expected_ = false;
}

bool EarlyLetters::typed_beside(std::u32string_view keys) {
    ImVector<ImWchar>& typed = ImGui::GetIO().InputQueueCharacters;
    const auto* const first = std::find_if(typed.begin(), typed.end(), [&](ImWchar letter) {
        return keys.find(static_cast<char32_t>(letter)) == std::u32string_view::npos;
    });
    if (first == typed.end()) return false;
    if (first != typed.begin()) typed.erase(typed.begin(), first);
    return true;
}

void EarlyLetters::expect_after(char32_t key) {
    letters_.clear();
    expected_ = true;
    ImVector<ImWchar>& typed = ImGui::GetIO().InputQueueCharacters;
    for (int i = typed.Size; i-- > 0;) {
        if (typed[i] != key) continue;
        typed.erase(typed.begin(), typed.begin() + i + 1);
        return;
    }
}

}  // namespace tcpstep::ui
