#include "app/view/ladder_texts.hpp"

#include <algorithm>
#include <utility>

namespace tcpstep::view {

bool TextPlacer::is_free(const Rect& box) const {
    return std::none_of(out_.begin(), out_.end(),
                        [&](const LadderText& other) { return overlap(other.box, box); });
}

bool TextPlacer::try_at(LadderText text) {
    if (!is_free(text.box)) return false;
    out_.push_back(std::move(text));
    return true;
}

void TextPlacer::beside(LadderText text, float left, bool to_left, float middle_y, float room) {
    const bool framed = text.frame == Frame::Pill;
    const float frame_w = framed ? 1.1F * em_ : 0;
    const float letters = measure_(text.style, text.text);
    text.squeeze = std::clamp((room - frame_w) / std::max(letters, 1.0F), 0.3F, 1.0F);
    const float w = letters * text.squeeze + frame_w;
    const float h = height(text.style) + (framed ? 0.42F * em_ : 0);
    text.box = {to_left ? left - w : left, middle_y - h / 2, w, h};
    while (!is_free(text.box)) text.box.y += 0.25F * h;
    out_.push_back(std::move(text));
}

}  // namespace tcpstep::view
