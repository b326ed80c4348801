#pragma once

#include <initializer_list>
#include <vector>

#include "app/view/ladder/bands.hpp"
#include "app/view/ladder/frame.hpp"
#include "app/view/ladder/texts.hpp"

namespace tcpstep::view::ladder {

enum class Side { Above, Below };
enum class Words { Whole, Shortened };

/// Finds places for texts between the lifelines: clear of other texts, of the lines of other arrows
/// and of crosses; beside a slanted arrow so that its own line does not cross it either. The size
/// of a text's box is set; its place is tried, and taken if it is free.
class ArrowPlaces {
  public:
    static constexpr float kCross = 0.9F;  ///< em: the cross where a segment is lost
    /// Where flags are tried along an arrow, above it and then below, as fractions of its way.
    static constexpr std::initializer_list<float> kLabelPlaces = {0.5F,  0.36F, 0.64F, 0.24F, 0.76F,
                                                                  0.43F, 0.57F, 0.3F,  0.7F};

    ArrowPlaces(const LadderFrame& frame, TextPlacer& texts, const std::vector<Arrow>& arrows);

    /// At one of these fractions of its way; the first that is free.
    bool along(LadderText& text, const Arrow& arrow, Side side,
               std::initializer_list<float> fractions);
    /// Above or below a box on its way.
    bool beside_box(LadderText& text, const Arrow& arrow, const Rect& box, Side side);
    /// Where it is already.
    bool here(const LadderText& text);
    /// A box with a ground of its own, on its arrow's line.
    bool on_line(const LadderText& text, const Arrow& arrow);
    /// A line of text that belongs to no arrow: in the middle; else in the widest place at that
    /// height that is free, shortened to fit unless it must stay whole; else nowhere. The size of
    /// its box is not needed.
    bool in_the_open(LadderText text, float middle_y, Words words = Words::Shortened);

  private:
    float clearance(const Arrow& arrow, float width) const;
    bool is_steep(const Arrow& arrow, const LadderText& text) const;
    void put(LadderText& text, const Arrow& arrow, Point at, Side side) const;
    bool is_inside(const Rect& box) const;
    bool is_crossed(const Arrow* own, const Rect& box) const;
    bool is_clear_of_cross(const Arrow& arrow, const Rect& box) const;
    Rect widest_free(float top, float height) const;

    const LadderFrame& f_;
    TextPlacer& texts_;
    const std::vector<Arrow>& arrows_;
    LadderBands bands_;
};

}  // namespace tcpstep::view::ladder
