#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

#include "app/view/geometry.hpp"
#include "app/view/palette.hpp"
#include "app/view/text_style.hpp"

namespace tcpstep::exports::picture {

/// `text` as XML's character data, also within quotes. Characters that XML does not allow become
/// U+FFFD.
std::string xml_text(std::string_view text);

/// The primitives of a picture, each an element of SVG 1.1 with its own attributes: what imports
/// pictures seldom knows style sheets. Streams; coordinates have two decimals.
class SvgCanvas {
  public:
    /// Without a theme colours are variables, "var(--c14)": of a page that has both themes.
    SvgCanvas(std::ostream& out, std::optional<view::Theme> theme, float em)
        : out_(out), theme_(theme), em_(em) {}

    std::ostream& out() const { return out_; }
    float em() const { return em_; }
    std::string ink(view::ColourRole role) const;  ///< "#e6ebf5"

    void open_group(std::string_view attributes = {}) const;
    void close_group() const;
    /// What is said of the group just opened, where it is pointed at and to whom it is read.
    void title(std::string_view text) const;

    void fill(const view::Rect& box, view::ColourRole role, float rounding = 0,
              float opacity = 1) const;
    /// With what a pattern of that id draws.
    void fill_with(const view::Rect& box, std::string_view pattern, float rounding) const;
    void outline(const view::Rect& box, view::ColourRole role, float rounding,
                 float thickness) const;
    void line(view::Point a, view::Point b, view::ColourRole role, float thickness,
              float opacity = 1) const;
    void dashes(view::Point a, view::Point b, view::ColourRole role, float thickness, float on,
                float off, float opacity = 1) const;
    void disc(view::Point centre, float radius, view::ColourRole role) const;
    /// An arrow's head of that length, at `tip`.
    void head(view::Point from, view::Point tip, float size, view::ColourRole role) const;
    void cross(view::Point at, float size, view::ColourRole role, float thickness) const;
    /// One line, vertically centred in `box`; from its left edge, or centred.
    void text(const view::Rect& box, view::TextStyle style, view::ColourRole role,
              std::string_view words, bool centred, float squeeze = 1) const;

  private:
    std::ostream& out_;
    std::optional<view::Theme> theme_;
    float em_;
};

/// A coordinate or length: "12.5".
std::string svg_number(float value);

}  // namespace tcpstep::exports::picture
