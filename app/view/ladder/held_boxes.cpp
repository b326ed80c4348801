#include "app/view/ladder/held_boxes.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <utility>
#include <vector>

#include "app/view/ladder/frame.hpp"
#include "app/view/ladder/texts.hpp"
#include "app/view/say.hpp"

namespace tcpstep::view::ladder {

using model::Role;

namespace {

// What is tried along an arrow, as fractions of its way.
constexpr std::initializer_list<float> kBoxPlaces = {0.5F,  0.42F, 0.58F, 0.34F,
                                                     0.66F, 0.26F, 0.74F};

constexpr float kAbove = 1.4F;  // em, which fade at the top

void centre(LadderText& text, Point at) {
    text.box.x = at.x - text.box.w / 2;
    text.box.y = at.y - text.box.h / 2;
}

}  // namespace

const LadderFlight* HeldBoxes::boxed(const Arrow& arrow) const {
    if (arrow.flight != Flight::InFlight) return nullptr;
    const LadderFlight* flight = f_.flights().find(arrow.segment);
    return flight != nullptr && flight->boxed ? flight : nullptr;
}

std::vector<Said> HeldBoxes::add() {
    std::vector<Said> all;
    for (const bool next : {true, false}) {
        for (Arrow& arrow : out_.arrows) {
            const LadderFlight* flight = boxed(arrow);
            if (flight == nullptr || flight->next != next) continue;
            const Rect at = box(arrow, next);
            if (at.w <= 0) continue;
            all.push_back({&arrow, out_.texts.back().text, at, true});
            if (!next) continue;
            out_.held = Ladder::Held{at, arrow.segment};
            numbers(all.back());
            if (f_.flights().live()) say_held(all.back());
        }
    }
    return all;
}

// Of its way; where that has been scrolled away, as on an axis of time that is zoomed, of what is
// still in sight of it.
float HeldBoxes::middle_in_sight(const Arrow& arrow, float height) const {
    const float way = arrow.to.y - arrow.from.y;
    const float least = height / 2 + kAbove * f_.em();
    if (f_.axis().by_event() || way <= 0 || along(arrow, 0.5F).y >= least || arrow.to.y < least)
        return 0.5F;
    const float from = (least - arrow.from.y) / way;
    return (from + 1) / 2;
}

// In the middle of its way, or as near to it as there is room; it has come so far.
Rect HeldBoxes::box(Arrow& arrow, bool next) {
    const std::vector<std::string> words = words_.flags(arrow);
    LadderText text = texts_.sized({}, TextStyle::Flags, colour_of(arrow.kind), arrow.segment);
    text.frame = next ? Frame::Box : Frame::FaintBox;
    const float room = std::abs(arrow.to.x - arrow.from.x);
    for (const std::string& some : words) {
        text.text = some;
        if (texts_.width(text.style, some) <= room - 2 * f_.em()) break;
    }
    if (!texts_.fit(text, room)) return {};
    const float middle = middle_in_sight(arrow, text.box.h);
    std::vector<float> places(kBoxPlaces);
    if (middle != 0.5F) places.assign(1, middle);
    for (float t : places) {
        centre(text, along(arrow, t));
        if (!places_.on_line(text, arrow)) continue;
        arrow.grown = t;
        return text.box;
    }
    // It must be seen: with a ground of its own it may lie over another's line.
    centre(text, along(arrow, middle));
    if (middle != 0.5F) {
        // Near the end of its way it stands beside the lifeline, not on it.
        const float left = std::min(arrow.from.x, arrow.to.x) + 0.6F * f_.em();
        const float right = std::max(arrow.from.x, arrow.to.x) - 0.6F * f_.em() - text.box.w;
        text.box.x = std::clamp(text.box.x, std::min(left, right), right);
        arrow.grown = middle;
    }
    return texts_.at_or_below(std::move(text));
}

// With fewer of them where there is less room.
bool HeldBoxes::numbers(Said& said) {
    const Arrow& arrow = *said.arrow;
    const bool length_is_said = words_.tell_length(arrow, said.flags);
    const float room = std::abs(arrow.to.x - arrow.from.x);
    for (const std::string& line : words_.numbers(arrow, length_is_said, room)) {
        LadderText text =
            texts_.sized(line, TextStyle::MonoSmall, ColourRole::TextDim, arrow.segment);
        if (below(text, said)) return true;
    }
    return false;
}

// Where they are; nothing if there is no room.
void HeldBoxes::say_held(Said& said) {
    for (const Text words : {Text::LadderHeld, Text::LadderHeldShort}) {
        LadderText text =
            texts_.sized(say(words), TextStyle::Small, ColourRole::Attention, said.arrow->segment);
        if (fits(text) &&
            (below(text, said) || places_.beside_box(text, *said.arrow, said.at, Side::Above)))
            return;
    }
}

void HeldBoxes::badge(const Said& said, const std::vector<std::string>& words) {
    Said copy = said;
    for (const std::string& some : words) {
        LadderText text =
            texts_.sized(some, TextStyle::Small, ColourRole::Attention, said.arrow->segment);
        if (fits(text) &&
            (below(text, copy) || places_.beside_box(text, *said.arrow, said.at, Side::Above)))
            return;
    }
}

// Below the box, or below what stands there.
bool HeldBoxes::below(LadderText& text, Said& said) {
    bool placed = false;
    if (said.below) {
        text.box.x = said.at.centre().x - text.box.w / 2;
        text.box.y = said.below->bottom() + 0.1F * text.box.h;
        placed = places_.here(text, *said.arrow, &said.at);
    } else {
        placed = places_.beside_box(text, *said.arrow, said.at, Side::Below);
    }
    if (placed) said.below = text.box;
    return placed;
}

bool HeldBoxes::fits(const LadderText& text) const {
    return text.box.w <= std::abs(f_.inner(Role::Server) - f_.inner(Role::Client));
}

}  // namespace tcpstep::view::ladder
