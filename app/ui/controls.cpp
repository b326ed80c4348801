#include "app/ui/controls.hpp"

#include <algorithm>
#include <cmath>

#include <imgui.h>

namespace tcpstep::ui {

namespace {

constexpr float kTipWidth = 24;   // em at most
constexpr float kTipRoom = 0.6F;  // of the window's width at most

/// A tip's words are as large as any, however small the letters are that they explain.
struct Tip {
    Painter p;
    std::string_view text;
    float words_w;  // at most
    ImVec2 size;    // with its edge

    Tip(const Painter& painter, std::string_view words)
        : p(painter.sized(painter.full_em())),
          text(words),
          words_w(std::min(kTipWidth * p.em(), kTipRoom * ImGui::GetIO().DisplaySize.x)) {
        const ImVec2 pad = ImGui::GetStyle().WindowPadding;
        const float w = std::min(p.width(TextStyle::Small, text), words_w);
        size = ImVec2(std::ceil(w + 2 * pad.x),
                      std::ceil(p.wrapped_height(words_w, TextStyle::Small, text) + 2 * pad.y));
    }

    // Wholly inside the window. Its size is told: ImGui would take that of the tip before, which
    // may have been a smaller one.
    void paint(float x, float y) const {
        const ImVec2 screen = ImGui::GetIO().DisplaySize;
        ImGui::SetNextWindowPos(ImVec2(std::max(0.0F, std::min(x, screen.x - size.x)),
                                       std::max(0.0F, std::min(y, screen.y - size.y))));
        ImGui::SetNextWindowSize(size);
        ImGui::BeginTooltip();
        const ImVec2 at = ImGui::GetCursorScreenPos();
        p.into(*ImGui::GetWindowDrawList())
            .wrapped({at.x, at.y}, words_w, TextStyle::Small, ColourRole::Text, text);
        ImGui::EndTooltip();
    }
};

}  // namespace

void paint_tip_of(const Painter& painter, Rect box, std::string_view text) {
    const Tip tip(painter, text);
    const ImVec2 screen = ImGui::GetIO().DisplaySize;
    const float gap = 0.3F * painter.em();
    const float x = std::min(box.centre().x - tip.size.x / 2, screen.x - tip.size.x - gap);
    const float below = box.bottom() + gap;
    const bool fits = below + tip.size.y <= screen.y;
    tip.paint(x, fits ? below : box.y - gap - tip.size.y);
}

void paint_tip(const Painter& painter, std::string_view text) {
    const Tip tip(painter, text);
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const ImVec2 screen = ImGui::GetIO().DisplaySize;
    const float away = painter.em();
    const bool fits = mouse.y + away + tip.size.y <= screen.y;
    tip.paint(mouse.x + 0.7F * away, fits ? mouse.y + away : mouse.y - away / 2 - tip.size.y);
}

Touch touch_area(const Painter& painter, const char* id, Rect box, std::string_view tip) {
    Touch touch;
    if (box.w <= 0 || box.h <= 0) return touch;
    ImGui::SetCursorScreenPos(ImVec2(box.x, box.y));
    touch.clicked = ImGui::InvisibleButton(id, ImVec2(box.w, box.h));
    touch.hovered = ImGui::IsItemHovered();
    touch.held = ImGui::IsItemActive();
    if (touch.hovered && !touch.held && !tip.empty()) paint_tip_of(painter, box, tip);
    return touch;
}

bool icon_button(const Painter& painter, const char* id, Rect box, Icon icon, std::string_view tip,
                 bool accent) {
    const Touch touch = touch_area(painter, id, box, tip);
    const ColourRole ground = accent          ? ColourRole::Syn
                              : touch.hovered ? ColourRole::ControlHover
                                              : ColourRole::Control;
    painter.fill(box, ground, 0.44F * painter.em(), accent && touch.held ? 0.8F : 1);
    draw_icon(painter, icon, box.centre(), 0.52F * box.h,
              accent ? ColourRole::OnAccent : ColourRole::Text, ground);
    if (accent && touch.hovered) painter.outline(box, ColourRole::Text, 0.44F * painter.em(), 1.5F);
    return touch.clicked;
}

bool word_button(const Painter& painter, const char* id, Rect box, std::string_view word,
                 std::string_view tip, ColourRole role) {
    const Touch touch = touch_area(painter, id, box, tip);
    painter.fill(box, touch.hovered ? ColourRole::ControlHover : ColourRole::Control,
                 0.33F * painter.em());
    painter.fitted({box.x + 0.4F * painter.em(), box.y, box.w - 0.8F * painter.em(), box.h},
                   TextStyle::Small, role, word, Align::Centre);
    return touch.clicked;
}

void paint_selected_row(const Painter& painter, Rect box) {
    const float rounding = 0.25F * painter.em();
    painter.fill(box, ColourRole::Here, rounding, view::kSelectedRow);
    painter.outline(box, ColourRole::Here, rounding, painter.em() / 12);
}

void paint_panel(const Painter& painter, Rect box, ColourRole accent) {
    const float rounding = 0.55F * painter.em();
    if (accent == ColourRole::Panel) {
        painter.fill(box, ColourRole::Panel, rounding);
        return;
    }
    const float edge = std::max(3.0F, 0.28F * painter.em());
    painter.list().AddRectFilled(ImVec2(box.x, box.y), ImVec2(box.right(), box.y + rounding + edge),
                                 painter.ink(accent), rounding, ImDrawFlags_RoundCornersTop);
    painter.list().AddRectFilled(ImVec2(box.x, box.y + edge), ImVec2(box.right(), box.bottom()),
                                 painter.ink(ColourRole::Panel), rounding,
                                 ImDrawFlags_RoundCornersBottom);
}

}  // namespace tcpstep::ui
