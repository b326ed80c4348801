#include "app/ui/panel/payload_paint.hpp"

namespace tcpstep::ui::panel {

namespace {

constexpr float kLine = 1.25F;  // em

}  // namespace

PayloadPaint::PayloadPaint(const Painter& painter, Rect area, std::span<const std::uint8_t> payload)
    : p_(painter), area_(area), characters_(view::octets::payload_characters(payload)) {
    const float line = kLine * p_.em();
    float x = area.x;
    float y = area.y;
    for (const view::octets::PayloadCharacter& character : characters_) {
        const float w = p_.width(TextStyle::Mono, character.shown);
        if (x + w > area.right() && x > area.x) {
            x = area.x;
            y += line;
        }
        if (y + line > area.bottom()) break;
        places_.push_back({x, y, w, line});
        x += w;
        if (!character.ends_line) continue;
        x = area.x;
        y += line;
    }
}

float PayloadPaint::height() const {
    return places_.empty() ? 0 : places_.back().bottom() - area_.y;
}

std::optional<std::size_t> PayloadPaint::hit(Point at) const {
    for (std::size_t i = 0; i < places_.size(); ++i)
        if (places_[i].contains(at)) return characters_[i].octet;
    return std::nullopt;
}

void PayloadPaint::paint(std::optional<std::size_t> focus) const {
    for (std::size_t i = 0; i < places_.size(); ++i) {
        const view::octets::PayloadCharacter& character = characters_[i];
        const Rect& place = places_[i];
        const bool marked =
            focus && *focus >= character.octet && *focus < character.octet + character.octets;
        if (marked) p_.fill(place, ColourRole::Syn, 0.12F * p_.em());
        const ColourRole ink = marked               ? ColourRole::OnAccent
                               : character.as_it_is ? ColourRole::Text
                                                    : ColourRole::Attention;
        p_.text(place, TextStyle::Mono, ink, character.shown);
    }
}

}  // namespace tcpstep::ui::panel
