#include "app/view/ladder_texts.hpp"

#include <algorithm>
#include <utility>

#include "app/view/shorten.hpp"

namespace tcpstep::view {

namespace {

struct Padding {
    float w, h;  // em
};

// What a frame adds to its text.
Padding padding_of(Frame frame) {
    switch (frame) {
        case Frame::None:
            return {0, 0};
        case Frame::Pill:
            return {1.1F, 0.42F};
        case Frame::Box:
        case Frame::FaintBox:
            return {1.8F, 0.7F};
    }
    return {0, 0};
}

}  // namespace

bool TextPlacer::is_free(const Rect& box) const {
    return std::none_of(out_.begin(), out_.end(),
                        [&](const LadderText& other) { return overlap(other.box, box); });
}

bool TextPlacer::try_at(LadderText text) {
    if (!is_free(text.box)) return false;
    out_.push_back(std::move(text));
    return true;
}

bool TextPlacer::fit(LadderText& text, float room) const {
    const Padding frame = padding_of(text.frame);
    const float letters_room = room - frame.w * em_;
    text.text = shorten_middle(text.text, text.style, letters_room / kLeastSqueeze, measure_);
    const float letters = measure_(text.style, text.text);
    if (text.text == "…" || letters <= 0) return false;
    text.squeeze = std::min(1.0F, letters_room / letters);
    text.box.w = letters * text.squeeze + frame.w * em_;
    text.box.h = height(text.style) + frame.h * em_;
    return true;
}

Rect TextPlacer::at_or_below(LadderText text) {
    while (!is_free(text.box)) text.box.y += 0.25F * text.box.h;
    out_.push_back(std::move(text));
    return out_.back().box;
}

void TextPlacer::settle(LadderText text, float middle_y) {
    text.box.y = middle_y - text.box.h / 2;
    at_or_below(std::move(text));
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
