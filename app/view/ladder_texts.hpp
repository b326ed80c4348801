#pragma once

#include <string>
#include <vector>

#include "app/view/ladder_layout.hpp"

namespace tcpstep::view {

/// Puts texts on the ladder so that no two overlap.
class TextPlacer {
  public:
    TextPlacer(const Measure& measure, float em, std::vector<LadderText>& out)
        : measure_(measure), em_(em), out_(out) {}

    float width(TextStyle style, std::string_view text) const { return measure_(style, text); }
    float height(TextStyle style) const { return em_ * scale_of(style); }

    /// Puts `text` with its box's left edge at `left` or, if `to_left`, its right edge there;
    /// squeezed into `room`; moved down until it is free of others.
    void beside(LadderText text, float left, bool to_left, float middle_y, float room);

    /// Puts `text`, whose box is set, if that place is free.
    bool try_at(LadderText text);

  private:
    bool is_free(const Rect& box) const;

    const Measure& measure_;
    float em_;
    std::vector<LadderText>& out_;
};

}  // namespace tcpstep::view
