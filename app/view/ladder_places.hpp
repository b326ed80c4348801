#pragma once

#include <initializer_list>
#include <vector>

#include "app/view/ladder_frame.hpp"
#include "app/view/ladder_texts.hpp"

namespace tcpstep::view {

enum class Side { Above, Below };

/// Finds places for texts beside slanted arrows, so that no arrow's own line crosses its text. The
/// size of a text's box is set; its place is tried, and taken if it is free.
class ArrowPlaces {
  public:
    static constexpr float kCross = 0.9F;  ///< em: the cross where a segment is lost

    ArrowPlaces(const LadderFrame& frame, TextPlacer& texts, const std::vector<Arrow>& arrows)
        : f_(frame), texts_(texts), arrows_(arrows) {}

    /// At one of these fractions of its way; the first that is free.
    bool along(LadderText& text, const Arrow& arrow, Side side,
               std::initializer_list<float> fractions);
    /// The same, but nowhere where another arrow crosses the text.
    bool along_uncrossed(LadderText& text, const Arrow& arrow, Side side,
                         std::initializer_list<float> fractions);
    /// Above or below a box on its way.
    bool beside_box(LadderText& text, const Arrow& arrow, const Rect& box, Side side);
    /// Where it is already, if that is between the lifelines.
    bool between_lifelines(const LadderText& text, const Arrow& arrow);

  private:
    float clearance(const Arrow& arrow, float width) const;
    bool is_steep(const Arrow& arrow, const LadderText& text) const;
    void put(LadderText& text, const Arrow& arrow, Point at, Side side) const;
    bool is_crossed(const Arrow& own, const Rect& box) const;
    bool is_clear_of_cross(const Arrow& arrow, const Rect& box) const;
    bool take(const LadderText& text, const Arrow& arrow);

    const LadderFrame& f_;
    TextPlacer& texts_;
    const std::vector<Arrow>& arrows_;
};

}  // namespace tcpstep::view
