#include "app/ui/virtual_list.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include <imgui.h>

#include "app/ui/controls.hpp"

namespace tcpstep::ui {

namespace {

constexpr double kWheel = 3;   // rows
constexpr float kBar = 0.7F;   // em: how wide it feels the mouse
constexpr float kGrip = 1.4F;  // em: the least that can be dragged

}  // namespace

VirtualList::VirtualList(const Painter& painter, const char* id, Rect area, float row_height,
                         std::size_t rows, ListScroll& scroll)
    : painter_(painter), area_(area), row_height_(row_height), rows_(rows), scroll_(scroll) {
    obey_mouse(id);
    clamp();
}

double VirtualList::most() const {
    return std::max(0.0, static_cast<double>(rows_) - static_cast<double>(page()));
}

void VirtualList::clamp() {
    scroll_.top = std::clamp(std::round(scroll_.top), 0.0, most());
}

void VirtualList::obey_mouse(const char* id) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const float wheel = ImGui::GetIO().MouseWheel;
    // With Shift it is turned sideways.
    if (wheel != 0 && !ImGui::GetIO().KeyShift && ImGui::IsWindowHovered() &&
        area_.contains({mouse.x, mouse.y})) {
        scroll_.top -= kWheel * static_cast<double>(wheel);
        scrolled_ = true;
    }
    if (most() <= 0) return;
    const Touch touch = touch_area(painter_, (std::string(id) + " bar").c_str(), bar());
    grip_held_ = touch.held || touch.hovered;
    if (!touch.held) return;
    const float way = area_.h - grip_height();
    const float at = mouse.y - area_.y - grip_height() / 2;
    scroll_.top = most() * static_cast<double>(way <= 0 ? 0 : std::clamp(at / way, 0.0F, 1.0F));
    scrolled_ = true;
}

void VirtualList::show(std::size_t first, std::size_t last) {
    const auto high = static_cast<double>(page());
    const double from = std::min(scroll_.top, static_cast<double>(first));
    scroll_.top = std::max(from, static_cast<double>(last) + 1 - high);
    clamp();
}

std::size_t VirtualList::first() const {
    return static_cast<std::size_t>(scroll_.top);
}

std::size_t VirtualList::end() const {
    return std::min(rows_, first() + page());
}

Rect VirtualList::box(std::size_t row) const {
    const double above =
        (static_cast<double>(row) - scroll_.top) * static_cast<double>(row_height_);
    return {area_.x, area_.y + static_cast<float>(above), area_.w - kBar * painter_.em(),
            row_height_};
}

Rect VirtualList::seen(std::size_t row) const {
    const Rect whole = box(row);
    const float top = std::max(whole.y, area_.y);
    return {whole.x, top, whole.w, std::min(whole.bottom(), area_.bottom()) - top};
}

std::size_t VirtualList::page() const {
    // A hair less than a whole row is one.
    return std::max<std::size_t>(1, static_cast<std::size_t>(area_.h / row_height_ + 0.01F));
}

Rect VirtualList::bar() const {
    const float w = kBar * painter_.em();
    return {area_.right() - w, area_.y, w, area_.h};
}

float VirtualList::grip_height() const {
    const auto part = static_cast<float>(static_cast<double>(area_.h / row_height_) /
                                         std::max(1.0, static_cast<double>(rows_)));
    return std::min(area_.h, std::max(area_.h * part, kGrip * painter_.em()));
}

void VirtualList::paint_bar() const {
    if (most() <= 0) return;
    const float w = 0.3F * painter_.em();
    const float way = area_.h - grip_height();
    const float y = area_.y + way * static_cast<float>(scroll_.top / most());
    painter_.fill({area_.right() - w - 0.1F * painter_.em(), y, w, grip_height()},
                  grip_held_ ? ColourRole::TextDim : ColourRole::Edge, 0.5F * w);
}

}  // namespace tcpstep::ui
