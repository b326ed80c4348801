#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "app/ui/font/fonts.hpp"
#include "app/view/geometry.hpp"
#include "app/view/palette.hpp"
#include "app/view/text_style.hpp"

struct ImDrawList;

namespace tcpstep::ui {

using view::ColourRole;
using view::Point;
using view::Rect;
using view::TextStyle;

enum class Align : std::uint8_t { Left, Centre, Right };

/// Paints with colour roles and text styles. Coordinates are screen pixels.
class Painter {
  public:
    Painter(ImDrawList& list, const font::Fonts& fonts, view::Theme theme, float em)
        : list_(&list), fonts_(&fonts), theme_(theme), em_(em), full_em_(em) {}

    /// The same with letters (and what is measured in em) of another size.
    Painter sized(float em) const {
        Painter other = *this;
        other.em_ = em;
        return other;
    }
    /// The same into another window's list.
    Painter into(ImDrawList& list) const {
        Painter other = *this;
        other.list_ = &list;
        return other;
    }

    float em() const { return em_; }
    /// Of what it was sized from: body text where nothing had to give way.
    float full_em() const { return full_em_; }
    view::Theme theme() const { return theme_; }
    const font::Fonts& fonts() const { return *fonts_; }
    std::uint32_t ink(ColourRole role, float opacity = 1) const;

    float width(TextStyle style, std::string_view text) const {
        return fonts_->width(style, text, em_);
    }
    float height(TextStyle style) const { return em_ * view::scale_of(style); }
    /// The size in which letters are drawn, made smaller by `squeeze`: see font::drawn_size().
    float letters(TextStyle style, float squeeze = 1) const;
    view::Measure measure() const;

    /// One line, vertically centred in `box`; `squeeze` makes it smaller.
    void text(Rect box, TextStyle style, ColourRole role, std::string_view text,
              Align align = Align::Left, float squeeze = 1) const;
    /// One line, made smaller down to 0.8 and then cut with "…" until it fits into the box.
    void fitted(Rect box, TextStyle style, ColourRole role, std::string_view text,
                Align align = Align::Left) const;
    /// How much smaller letters are made for words of that width: 1, down to 0.8. The rows of a
    /// list share the least of them, so that they stand in one size.
    static float squeeze_for(float width, float room);
    /// One line in letters of just that size, cut with "…" until it fits into the box.
    void cut(Rect box, TextStyle style, ColourRole role, std::string_view text, Align align,
             float squeeze) const;
    /// Text broken into lines no wider than `w`, from `at` downward; returns its height.
    float wrapped(Point at, float w, TextStyle style, ColourRole role, std::string_view text) const;
    float wrapped_height(float w, TextStyle style, std::string_view text) const;

    void fill(Rect box, ColourRole role, float rounding = 0, float opacity = 1) const;
    /// Fills it from the colour at its top to nothing at its bottom.
    void fade(Rect box, ColourRole role) const;
    /// The other way round.
    void fade_up(Rect box, ColourRole role) const;
    void outline(Rect box, ColourRole role, float rounding, float thickness) const;
    void line(Point a, Point b, ColourRole role, float thickness, float opacity = 1) const;
    void dashes(Point a, Point b, ColourRole role, float thickness, float on, float off,
                float opacity = 1) const;
    void triangle(Point a, Point b, Point c, ColourRole role) const;
    void disc(Point centre, float radius, ColourRole role) const;
    void ring(Point centre, float radius, ColourRole role, float thickness) const;
    /// The part `share` of a ring, 0 to 1, clockwise; the rest is missing behind the top.
    void arc(Point centre, float radius, float share, ColourRole role, float thickness) const;
    /// An arrow's head with its tip at `tip`, coming from `from`.
    void head(Point from, Point tip, float size, ColourRole role) const;

    void clip(Rect box) const;
    void unclip() const;

    ImDrawList& list() const { return *list_; }

  private:
    ImDrawList* list_;
    const font::Fonts* fonts_;
    view::Theme theme_;
    float em_, full_em_;
};

}  // namespace tcpstep::ui
