#include "app/ui/painter.hpp"

#include <algorithm>
#include <cfloat>
#include <cmath>

#include <imgui.h>

#include "app/view/shorten.hpp"

namespace tcpstep::ui {

namespace {

ImVec2 vec(Point p) {
    return {p.x, p.y};
}
ImVec2 top_left(Rect r) {
    return {r.x, r.y};
}
ImVec2 bottom_right(Rect r) {
    return {r.right(), r.bottom()};
}

constexpr float kSmallest = 0.8F;  // letters are not squeezed further before they are cut
constexpr float kLineGap = 0.28F;  // between wrapped lines, of the letters' height

}  // namespace

std::uint32_t Painter::ink(ColourRole role, float opacity) const {
    const view::Rgb c = view::colour(role, theme_);
    return IM_COL32(c.r, c.g, c.b, static_cast<int>(std::lround(255 * opacity)));
}

view::Measure Painter::measure() const {
    return [fonts = fonts_, em = em_](TextStyle style, std::string_view text) {
        return fonts->width(style, text, em);
    };
}

void Painter::text(Rect box, TextStyle style, ColourRole role, std::string_view text, Align align,
                   float squeeze) const {
    const float size = letters(style, squeeze);
    ImFont* const font = fonts_->font_at(style, size, text);
    const char* const end = text.data() + text.size();
    const float w =
        align == Align::Left ? 0 : font->CalcTextSizeA(size, FLT_MAX, 0, text.data(), end).x;
    const float left = align == Align::Left     ? box.x
                       : align == Align::Centre ? box.x + (box.w - w) / 2
                                                : box.right() - w;
    // Whole pixels, so that letters stay sharp.
    const ImVec2 at(std::round(left), std::round(box.y + (box.h - size) / 2));
    list_->AddText(font, size, at, ink(role), text.data(), end);
}

float Painter::letters(TextStyle style, float squeeze) const {
    const float whole = fonts_->size(style, em_);
    return squeeze < 1 ? font::drawn_size(std::floor(whole * squeeze)) : whole * squeeze;
}

void Painter::fitted(Rect box, TextStyle style, ColourRole role, std::string_view words,
                     Align align) const {
    cut(box, style, role, words, align, squeeze_for(width(style, words), box.w));
}

float Painter::squeeze_for(float width, float room) {
    return width <= room ? 1 : std::max(kSmallest, room / width);
}

void Painter::cut(Rect box, TextStyle style, ColourRole role, std::string_view words, Align align,
                  float squeeze) const {
    const float w = width(style, words);
    // They are no smaller than letters can be.
    const float drawn = letters(style, squeeze) / letters(style);
    if (w * drawn <= box.w + 0.5F) return text(box, style, role, words, align, squeeze);
    const std::string shorter = view::shorten_middle(words, style, box.w / drawn, measure());
    text(box, style, role, shorter, align, squeeze);
}

float Painter::wrapped(Point at, float w, TextStyle style, ColourRole role,
                       std::string_view text) const {
    const float size = letters(style);
    float y = at.y;
    for (const std::string_view line : view::break_lines(text, style, w, measure())) {
        list_->AddText(fonts_->font_at(style, size, line), size,
                       ImVec2(std::round(at.x), std::round(y)), ink(role), line.data(),
                       line.data() + line.size());
        y += size * (1 + kLineGap);
    }
    return y - at.y;
}

float Painter::wrapped_height(float w, TextStyle style, std::string_view text) const {
    const auto lines = view::break_lines(text, style, w, measure()).size();
    return static_cast<float>(lines) * letters(style) * (1 + kLineGap);
}

void Painter::fill(Rect box, ColourRole role, float rounding, float opacity) const {
    list_->AddRectFilled(top_left(box), bottom_right(box), ink(role, opacity), rounding);
}

void Painter::fade(Rect box, ColourRole role) const {
    const ImU32 full = ink(role);
    const ImU32 nothing = ink(role, 0);
    list_->AddRectFilledMultiColor(top_left(box), bottom_right(box), full, full, nothing, nothing);
}

void Painter::fade_up(Rect box, ColourRole role) const {
    const ImU32 full = ink(role);
    const ImU32 nothing = ink(role, 0);
    list_->AddRectFilledMultiColor(top_left(box), bottom_right(box), nothing, nothing, full, full);
}

void Painter::outline(Rect box, ColourRole role, float rounding, float thickness) const {
    list_->AddRect(top_left(box), bottom_right(box), ink(role), rounding, 0, thickness);
}

void Painter::line(Point a, Point b, ColourRole role, float thickness, float opacity) const {
    list_->AddLine(vec(a), vec(b), ink(role, opacity), thickness);
}

void Painter::dashes(Point a, Point b, ColourRole role, float thickness, float on, float off,
                     float opacity) const {
    const float length = std::hypot(b.x - a.x, b.y - a.y);
    if (length <= 0) return;
    const Point step = {(b.x - a.x) / length, (b.y - a.y) / length};
    for (float from = 0; from < length; from += on + off) {
        const float to = std::min(from + on, length);
        line({a.x + step.x * from, a.y + step.y * from}, {a.x + step.x * to, a.y + step.y * to},
             role, thickness, opacity);
    }
}

void Painter::triangle(Point a, Point b, Point c, ColourRole role) const {
    list_->AddTriangleFilled(vec(a), vec(b), vec(c), ink(role));
}

void Painter::disc(Point centre, float radius, ColourRole role) const {
    list_->AddCircleFilled(vec(centre), radius, ink(role));
}

void Painter::ring(Point centre, float radius, ColourRole role, float thickness) const {
    list_->AddCircle(vec(centre), radius, ink(role), 0, thickness);
}

void Painter::arc(Point centre, float radius, float share, ColourRole role, float thickness) const {
    if (share <= 0) return;
    constexpr float kTurn = 6.2831853F;
    const float top = -kTurn / 4;
    // What is left is what a clock's hand has still to sweep, up to the top.
    list_->PathArcTo(vec(centre), radius, top + (1 - std::min(share, 1.0F)) * kTurn, top + kTurn,
                     64);
    list_->PathStroke(ink(role), 0, thickness);
}

void Painter::head(Point from, Point tip, float size, ColourRole role) const {
    const float length = std::hypot(tip.x - from.x, tip.y - from.y);
    if (length <= 0) return;
    const Point d = {(tip.x - from.x) / length * size, (tip.y - from.y) / length * size};
    const Point base = {tip.x - d.x, tip.y - d.y};
    constexpr float kHalfWidth = 0.5F;
    triangle(tip, {base.x - d.y * kHalfWidth, base.y + d.x * kHalfWidth},
             {base.x + d.y * kHalfWidth, base.y - d.x * kHalfWidth}, role);
}

void Painter::clip(Rect box) const {
    list_->PushClipRect(top_left(box), bottom_right(box), true);
}

void Painter::unclip() const {
    list_->PopClipRect();
}

}  // namespace tcpstep::ui
