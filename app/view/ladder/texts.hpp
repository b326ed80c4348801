#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "app/view/ladder/bands.hpp"
#include "app/view/ladder/layout.hpp"

namespace tcpstep::view::ladder {

/// Puts texts on the ladder so that no two overlap.
class TextPlacer {
  public:
    /// The texts that are there already stay where they are.
    /// Of a ladder of which `height` pixels are visible.
    TextPlacer(const Measure& measure, float em, float height, std::vector<LadderText>& out);

    float width(TextStyle style, std::string_view text) const { return measure_(style, text); }
    float height(TextStyle style) const { return em_ * scale_of(style); }

    /// Such a text of that segment, with the size of its box.
    LadderText sized(std::string words, TextStyle style, ColourRole colour,
                     model::SegmentId segment) const;

    /// Letters are never squeezed more: beyond that they could not be read.
    static constexpr float kLeastSqueeze = 0.8F;

    /// Puts `text` with its box's left edge at `left` or, if `to_left`, its right edge there; moved
    /// down until it is free of others, and left away if that is too far. Squeezed into `room`, and
    /// if that is not enough shortened with "…"; left away if not even one letter fits.
    void beside(LadderText text, float left, bool to_left, float middle_y, float room);

    /// Puts `text`, whose box is set, if that place is free.
    bool try_at(LadderText text);

    /// Calls `put`, which tries to put another text in the place of what `segment` has at `box` in
    /// that style; if it returns false that one stays.
    template <class Put>
    bool replace(model::SegmentId segment, TextStyle style, Rect box, Put put) {
        std::size_t i = out_.size();
        bands_.any(box.y, box.bottom(), [&](std::uint32_t one) {
            if (out_[one].segment == segment && out_[one].style == style && out_[one].box == box)
                i = std::min<std::size_t>(i, one);
            return false;
        });
        if (i == out_.size()) return false;
        bands_.remove(i, box.y, box.bottom());
        const std::size_t before = out_.size();
        const bool put_there = put();
        if (put_there) {
            // The new one is the last; it takes the old one's number.
            box = out_.back().box;
            bands_.remove(before, box.y, box.bottom());
            out_[i] = std::move(out_.back());
            out_.pop_back();
        }
        bands_.add(i, box.y, box.bottom());
        return put_there;
    }

    /// Puts it there or, if that is not free, below; returns where.
    Rect at_or_below(LadderText text);

    /// Sets the size of the text's box, with its frame; squeezes and shortens it to fit into
    /// `room`. False if not even one letter does.
    bool fit(LadderText& text, float room) const;

    bool is_free(const Rect& box) const;

    /// Calls `look` with every text that reaches between these heights.
    template <class Look>
    void near(float top, float bottom, Look look) const {
        bands_.any(top, bottom, [&](std::uint32_t i) {
            const Rect& box = out_[i].box;
            if (box.y < bottom && box.bottom() > top) look(out_[i]);
            return false;
        });
    }

  private:
    void add(LadderText text);
    void settle(LadderText text, float middle_y);

    const Measure& measure_;
    float em_;
    std::vector<LadderText>& out_;
    LadderBands bands_;
};

}  // namespace tcpstep::view::ladder
