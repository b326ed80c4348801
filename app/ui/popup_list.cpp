#include "app/ui/popup_list.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <imgui.h>

#include "app/ui/controls.hpp"

namespace tcpstep::ui {

namespace {

// The arrow keys move the row, Enter picks it.
std::optional<std::size_t> obey_keys(UiState& state, std::size_t count) {
    if (count == 0) return std::nullopt;
    const int row = static_cast<int>(state.list_row) + std::exchange(state.list_move, 0);
    state.list_row = static_cast<std::size_t>(std::clamp(row, 0, static_cast<int>(count) - 1));
    if (!std::exchange(state.list_choose, false)) return std::nullopt;
    return state.list_row;
}

std::size_t first_ticked(const std::vector<ListEntry>& entries) {
    const auto found = std::find_if(entries.begin(), entries.end(), [](const ListEntry& entry) {
        return entry.ticked && !entry.stays;
    });
    return found == entries.end() ? 0 : static_cast<std::size_t>(found - entries.begin());
}

}  // namespace

std::optional<std::size_t> popup_list(const Scene& scene, const char* id, Rect anchor,
                                      const std::vector<ListEntry>& entries) {
    const float em = scene.painter.em();
    const float row = 1.9F * em;
    const float pad = 0.4F * em;
    float w = anchor.w;
    for (const ListEntry& entry : entries) {
        w = std::max(w,
                     scene.painter.width(TextStyle::Small, entry.words) + 3.2F * em + entry.behind);
    }
    const ImVec2 screen = ImGui::GetIO().DisplaySize;
    w = std::min(w, screen.x - 2 * pad);
    // Whole pixels, and two more: ImGui cuts the height of a window, and then it would scroll.
    const float wanted = std::ceil(row * static_cast<float>(entries.size()) + 2 * pad) + 2;
    // Below the anchor, or above it where there is more room.
    const float below = screen.y - anchor.bottom() - 2 * pad;
    const bool above = wanted > below && anchor.y - 2 * pad > below;
    const float h = std::min(wanted, above ? anchor.y - 2 * pad : below);
    const float x = std::max(0.0F, std::min(anchor.x, screen.x - w - pad));
    ImGui::SetNextWindowPos(
        ImVec2(x, above ? anchor.y - h - 0.2F * em : anchor.bottom() + 0.2F * em));
    ImGui::SetNextWindowSize(ImVec2(w, h));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(pad, pad));
    std::optional<std::size_t> picked;
    if (ImGui::BeginPopup(id, ImGuiWindowFlags_NoMove)) {
        scene.state.popup_open = true;
        if (ImGui::IsWindowAppearing()) scene.state.list_row = first_ticked(entries);
        picked = obey_keys(scene.state, entries.size());
        const Painter painter = scene.painter.into(*ImGui::GetWindowDrawList());
        const ImVec2 top = ImGui::GetCursorScreenPos();
        for (std::size_t i = 0; i < entries.size(); ++i) {
            const Rect box = {top.x, top.y + static_cast<float>(i) * row, w - 2 * pad, row};
            ImGui::PushID(static_cast<int>(i));
            const Touch touch =
                touch_area(painter, "entry", {box.x, box.y, box.w - entries[i].behind, box.h});
            ImGui::PopID();
            if (touch.hovered || scene.state.list_row == i)
                painter.fill(box, ColourRole::ControlHover, 0.3F * em);
            if (entries[i].rule_above) {
                painter.line({box.x, box.y}, {box.right(), box.y}, ColourRole::Edge, 1);
            }
            if (entries[i].ticked) {
                draw_icon(painter, Icon::Tick, {box.x + 0.9F * em, box.centre().y}, 0.6F * em,
                          ColourRole::Syn, ColourRole::Panel);
            }
            painter.fitted({box.x + 1.9F * em, box.y, box.w - 2.3F * em - entries[i].behind, box.h},
                           TextStyle::Small, ColourRole::Text, entries[i].words);
            if (entries[i].paint_behind) {
                entries[i].paint_behind(scene.with(painter), {box.right() - entries[i].behind,
                                                              box.y, entries[i].behind, box.h});
            }
            if (touch.clicked) picked = i;
        }
        const bool ends = picked && !entries[*picked].stays;
        if (ends || scene.state.close_popup) ImGui::CloseCurrentPopup();
        ImGui::EndPopup();
    }
    ImGui::PopStyleVar();
    return picked;
}

}  // namespace tcpstep::ui
