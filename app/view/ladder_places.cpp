#include "app/view/ladder_places.hpp"

#include <algorithm>
#include <cmath>

namespace tcpstep::view {

using model::Role;

namespace {

float slope_of(const Arrow& arrow) {
    return (arrow.to.y - arrow.from.y) / (arrow.to.x - arrow.from.x);
}

}  // namespace

bool ArrowPlaces::along(LadderText& text, const Arrow& arrow, Side side,
                        std::initializer_list<float> fractions) {
    return std::any_of(fractions.begin(), fractions.end(), [&](float t) {
        put(text, arrow, view::along(arrow, t), side);
        return take(text, arrow);
    });
}

bool ArrowPlaces::along_uncrossed(LadderText& text, const Arrow& arrow, Side side,
                                  std::initializer_list<float> fractions) {
    return std::any_of(fractions.begin(), fractions.end(), [&](float t) {
        put(text, arrow, view::along(arrow, t), side);
        return !is_crossed(arrow, text.box) && take(text, arrow);
    });
}

bool ArrowPlaces::beside_box(LadderText& text, const Arrow& arrow, const Rect& box, Side side) {
    const float down = side == Side::Above ? -1.0F : 1.0F;
    const float half = box.h / 2 + 0.04F * f_.em();
    const bool steep = is_steep(arrow, text);
    Point at = box.centre();
    if (steep) at.x += down * half / slope_of(arrow);  // where the line leaves the box
    put(text, arrow, {at.x, at.y + down * half}, side);
    // The clearance counts from the line, not from the edge of the box.
    if (!steep) text.box.y -= down * std::min(clearance(arrow, text.box.w), half);
    return take(text, arrow);
}

bool ArrowPlaces::between_lifelines(const LadderText& text, const Arrow& arrow) {
    const bool between = text.box.x > f_.x(Role::Client) && text.box.right() < f_.x(Role::Server);
    return between && is_clear_of_cross(arrow, text.box) && texts_.try_at(text);
}

// Texts may reach over the lifelines where the ladder is narrow, but not those that stand at one
// side of a steep arrow.
bool ArrowPlaces::take(const LadderText& text, const Arrow& arrow) {
    if (is_steep(arrow, text)) return between_lifelines(text, arrow);
    return is_clear_of_cross(arrow, text.box) && texts_.try_at(text);
}

// How far a text of that width, set in the middle above or below a point of the arrow, must keep
// from it so that the slanted line is clear of it on its whole width.
float ArrowPlaces::clearance(const Arrow& arrow, float width) const {
    return std::abs(slope_of(arrow)) * width / 2;
}

bool ArrowPlaces::is_steep(const Arrow& arrow, const LadderText& text) const {
    return clearance(arrow, text.box.w) > 2 * f_.em();
}

// Centred above or below `at`, a point of the arrow; where that is so steep that the text would
// stand far from it, with its corner there, on the side where the line falls away.
void ArrowPlaces::put(LadderText& text, const Arrow& arrow, Point at, Side side) const {
    const bool above = side == Side::Above;
    const bool steep = is_steep(arrow, text);
    const float away =
        (above ? 0.08F : 0.14F) * f_.em() + (steep ? 0 : clearance(arrow, text.box.w));
    text.box.y = above ? at.y - away - text.box.h : at.y + away;
    text.box.x = at.x - text.box.w / 2;
    if (!steep) return;
    const bool falls_right = arrow.to.x > arrow.from.x;
    const float gap = 0.2F * f_.em();
    text.box.x = above == falls_right ? at.x + gap : at.x - gap - text.box.w;
}

bool ArrowPlaces::is_crossed(const Arrow& own, const Rect& box) const {
    return std::any_of(arrows_.begin(), arrows_.end(), [&](const Arrow& other) {
        const float left = std::max(box.x, std::min(other.from.x, other.to.x));
        const float right = std::min(box.right(), std::max(other.from.x, other.to.x));
        if (&other == &own || left >= right) return false;
        const auto height_at = [&](float x) {
            return other.from.y + (x - other.from.x) * slope_of(other);
        };
        const auto [top, bottom] = std::minmax({height_at(left), height_at(right)});
        return top < box.bottom() && bottom > box.y;
    });
}

bool ArrowPlaces::is_clear_of_cross(const Arrow& arrow, const Rect& box) const {
    const float size = kCross * f_.em();
    return arrow.flight != Flight::Lost ||
           !overlap(box, {arrow.to.x - size / 2, arrow.to.y - size / 2, size, size});
}

}  // namespace tcpstep::view
