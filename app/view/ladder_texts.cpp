#include "app/view/ladder_texts.hpp"

#include <algorithm>
#include <utility>

#include "app/view/shorten.hpp"

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

// Sets the text, its squeeze and its box's size; false if there is no room for any of it.
bool TextPlacer::fit(LadderText& text, float room) const {
    const bool framed = text.frame == Frame::Pill;
    const float frame_w = framed ? 1.1F * em_ : 0;
    const float letters_room = room - frame_w;
    text.text = shorten_middle(text.text, text.style, letters_room / kLeastSqueeze, measure_);
    const float letters = measure_(text.style, text.text);
    if (text.text == "…" || letters <= 0) return false;
    text.squeeze = std::min(1.0F, letters_room / letters);
    text.box.w = letters * text.squeeze + frame_w;
    text.box.h = height(text.style) + (framed ? 0.42F * em_ : 0);
    return true;
}

void TextPlacer::settle(LadderText text, float middle_y) {
    text.box.y = middle_y - text.box.h / 2;
    while (!is_free(text.box)) text.box.y += 0.25F * text.box.h;
    out_.push_back(std::move(text));
}

void TextPlacer::beside(LadderText text, float left, bool to_left, float middle_y, float room) {
    if (!fit(text, room)) return;
    text.box.x = to_left ? left - text.box.w : left;
    settle(std::move(text), middle_y);
}

void TextPlacer::centred(LadderText text, float middle_x, float middle_y, float room) {
    if (!fit(text, room)) return;
    text.box.x = middle_x - text.box.w / 2;
    settle(std::move(text), middle_y);
}

}  // namespace tcpstep::view
