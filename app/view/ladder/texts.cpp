#include "app/view/ladder/texts.hpp"

#include <algorithm>
#include <utility>

#include "app/view/shorten.hpp"

namespace tcpstep::view::ladder {

namespace {

constexpr float kBand = 2;      // em
constexpr float kFarthest = 6;  // em: farther from its place a text would tell of something else

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

TextPlacer::TextPlacer(const Measure& measure, float em, float height, std::vector<LadderText>& out)
    : measure_(measure), em_(em), out_(out), bands_(kBand * em, height) {
    for (std::size_t i = 0; i < out_.size(); ++i) {
        bands_.add(i, out_[i].box.y, out_[i].box.bottom());
    }
}

LadderText TextPlacer::sized(std::string words, TextStyle style, ColourRole colour,
                             model::SegmentId segment) const {
    LadderText text;
    text.style = style;
    text.colour = colour;
    text.segment = segment;
    text.box.w = width(style, words);
    text.box.h = height(style);
    text.text = std::move(words);
    return text;
}

void TextPlacer::add(LadderText text) {
    bands_.add(out_.size(), text.box.y, text.box.bottom());
    out_.push_back(std::move(text));
}

bool TextPlacer::is_free(const Rect& box) const {
    return !bands_.any(box.y, box.bottom(),
                       [&](std::uint32_t i) { return overlap(out_[i].box, box); });
}

bool TextPlacer::try_at(LadderText text) {
    if (!is_free(text.box)) return false;
    add(std::move(text));
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
    add(std::move(text));
    return out_.back().box;
}

void TextPlacer::settle(LadderText text, float middle_y) {
    text.box.y = middle_y - text.box.h / 2;
    const float farthest = text.box.y + kFarthest * em_;
    while (!is_free(text.box) && text.box.y <= farthest) text.box.y += 0.25F * text.box.h;
    if (text.box.y <= farthest) add(std::move(text));
}

void TextPlacer::beside(LadderText text, float left, bool to_left, float middle_y, float room) {
    if (!fit(text, room)) return;
    text.box.x = to_left ? left - text.box.w : left;
    settle(std::move(text), middle_y);
}

}  // namespace tcpstep::view::ladder
