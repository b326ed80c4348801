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

    /// Letters are never squeezed more: beyond that they could not be read.
    static constexpr float kLeastSqueeze = 0.8F;

    /// Puts `text` with its box's left edge at `left` or, if `to_left`, its right edge there; moved
    /// down until it is free of others. Squeezed into `room`, and if that is not enough shortened
    /// with "…"; left away if not even one letter fits.
    void beside(LadderText text, float left, bool to_left, float middle_y, float room);

    /// The same, with the middle of the box at `middle_x`.
    void centred(LadderText text, float middle_x, float middle_y, float room);

    /// Puts `text`, whose box is set, if that place is free.
    bool try_at(LadderText text);

    /// Puts it there or, if that is not free, below; returns where.
    Rect at_or_below(LadderText text);

    /// Sets the size of the text's box, with its frame; squeezes and shortens it to fit into
    /// `room`. False if not even one letter does.
    bool fit(LadderText& text, float room) const;

  private:
    bool is_free(const Rect& box) const;
    void settle(LadderText text, float middle_y);

    const Measure& measure_;
    float em_;
    std::vector<LadderText>& out_;
};

}  // namespace tcpstep::view
