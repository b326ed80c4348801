#pragma once

#include <initializer_list>
#include <vector>

#include "app/view/ladder/bands.hpp"
#include "app/view/ladder/frame.hpp"
#include "app/view/ladder/texts.hpp"

namespace tcpstep::view::ladder {

enum class Side { Above, Below };
enum class Words { Whole, Shortened };

/// Finds places for texts between the lifelines: clear of other texts, of lines and of what stands
/// at their ends; beside a slanted arrow so that its own line does not cross it either; and never
/// so that it could be taken for another arrow's. The size of a text's box is set; its place is
/// tried, and taken if it is free.
class ArrowPlaces {
  public:
    static constexpr float kCross = 0.9F;  ///< em: the cross where a segment is lost
    /// What belongs to an arrow is so many times nearer to it, or to its box, than to any other, on
    /// average over its width, and where it is nearest so much (in em) nearer.
    static constexpr float kNearer = 1.5F, kLeastNearer = 0.2F;
    /// Words of different arrows, in a box or not, without a line between them are so far (in em)
    /// from each other that they do not read as one.
    static constexpr float kStacked = 0.5F;
    /// Where words are tried along an arrow, as fractions of its way.
    static constexpr std::initializer_list<float> kLabelPlaces = {
        0.5F, 0.36F, 0.64F, 0.24F, 0.76F, 0.43F, 0.57F, 0.3F, 0.7F, 0.17F, 0.83F, 0.11F, 0.89F};

    ArrowPlaces(const LadderFrame& frame, TextPlacer& texts, const std::vector<Arrow>& arrows);

    /// At one of these fractions of its way; the first that is free.
    bool along(LadderText& text, const Arrow& arrow, Side side,
               std::initializer_list<float> fractions);
    /// At any of kLabelPlaces it would have a place.
    bool any_along(LadderText text, const Arrow& arrow, Side side) const;
    /// Where its upper edge is at that height.
    bool at_height(LadderText& text, const Arrow& arrow, Side side, float top);
    /// Above or below a box on its way.
    bool beside_box(LadderText& text, const Arrow& arrow, const Rect& box, Side side);
    /// Where it is already; `arrow` is whose it is, `box` stands on its way.
    bool here(const LadderText& text, const Arrow& arrow, const Rect* box = nullptr);
    /// The segment's; nullptr if it is not drawn.
    const Arrow* arrow_of(model::SegmentId id) const;
    /// A box with a ground of its own, on its arrow's line.
    bool on_line(const LadderText& text, const Arrow& arrow);
    /// A line of text that belongs to no arrow: in the middle; else in the widest place at that
    /// height that is free, shortened to fit unless it must stay whole; else nowhere. The size of
    /// its box is not needed.
    bool in_the_open(LadderText text, float middle_y, Words words = Words::Shortened);

  private:
    bool is_place(const LadderText& text, const Arrow& arrow, const Rect* box) const;
    float half_height(const Arrow& arrow) const;
    float clearance(const Arrow& arrow, float width) const;
    bool is_steep(const Arrow& arrow, const LadderText& text) const;
    void put(LadderText& text, const Arrow& arrow, Point at, Side side) const;
    bool is_inside(const Rect& box) const;
    bool is_crossed(const Arrow* own, const Rect& box) const;
    bool has_line(const Rect& gap) const;
    bool is_stacked(const LadderText& text) const;
    bool is_another(const Arrow& own, const Rect* own_box, const Rect& box) const;
    Rect widest_free(float top, float height) const;

    const LadderFrame& f_;
    TextPlacer& texts_;
    const std::vector<Arrow>& arrows_;
    struct Ends {
        Rect tail, end;
        float half;  // of the line's height above a point
    };
    std::vector<Ends> ends_;  // of each arrow
    LadderBands bands_;
};

}  // namespace tcpstep::view::ladder
