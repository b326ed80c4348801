#include "app/ui/panel/hex_paint.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

namespace tcpstep::ui::panel {

using view::octets::WireField;
using view::octets::WirePart;

namespace {

constexpr float kLine = 1.3F;       // em
constexpr float kLeastMark = 0.3F;  // em: of what differs
constexpr std::size_t kFirst = 6;   // letters before the first octet

float letter_width(const Painter& p) {
    return p.width(TextStyle::MonoSmall, "00000000") / 8;
}

}  // namespace

HexPaint::HexPaint(const Painter& painter, Rect area, std::span<const std::uint8_t> octets,
                   const std::vector<WireField>& fields)
    : p_(painter),
      area_(area),
      octets_(octets),
      fields_(fields),
      letter_(letter_width(painter)),
      line_(kLine * painter.em()),
      in_line_(view::octets::octets_in_line(area.w / letter_)) {}

float HexPaint::width(const Painter& painter, std::size_t octets) {
    return (static_cast<float>(view::octets::letters_of_line(octets)) + 0.5F) *
           letter_width(painter);
}

float HexPaint::content() const {
    return static_cast<float>((octets_.size() + in_line_ - 1) / in_line_) * line_;
}

float HexPaint::top_of(std::size_t field) const {
    if (field >= fields_.size()) return 0;
    return static_cast<float>(fields_[field].place.bit / 8 / in_line_) * line_;
}

Rect HexPaint::octet_rect(std::size_t octet, float scroll) const {
    const std::size_t column = octet % in_line_;
    return {area_.x + letter_ * static_cast<float>(kFirst + 3 * column),
            area_.y + line_ * static_cast<float>(octet / in_line_) - scroll, 2 * letter_, line_};
}

Rect HexPaint::letter_rect(std::size_t octet, float scroll) const {
    const Rect digits = octet_rect(octet, scroll);
    const std::size_t column = octet % in_line_;
    return {area_.x + letter_ * static_cast<float>(kFirst + 3 * in_line_ + 1 + column), digits.y,
            letter_, line_};
}

std::optional<std::size_t> HexPaint::hit(Point at, float scroll) const {
    if (!area_.contains(at)) return std::nullopt;
    const auto row = static_cast<std::size_t>((at.y - area_.y + scroll) / line_);
    for (std::size_t octet = row * in_line_; octet < std::min((row + 1) * in_line_, octets_.size());
         ++octet) {
        const Rect digits = octet_rect(octet, scroll);
        const Rect wide = {digits.x - letter_ / 2, digits.y, 3 * letter_, line_};
        const bool letter = letter_rect(octet, scroll).contains(at);
        if (!letter && !wide.contains(at)) continue;
        const float share = letter ? 0 : std::clamp((at.x - digits.x) / digits.w, 0.0F, 0.99F);
        const std::size_t bit = octet * 8 + static_cast<std::size_t>(share * 8);
        const std::size_t field = view::octets::field_at(fields_, bit);
        if (field < fields_.size()) return field;
    }
    return std::nullopt;
}

void HexPaint::paint(std::size_t focus, float scroll) const {
    p_.clip(area_);
    const auto first = static_cast<std::size_t>(std::max(0.0F, scroll) / line_) * in_line_;
    const auto lines = static_cast<std::size_t>(area_.h / line_) + 2;
    const std::size_t end = std::min(octets_.size(), first + lines * in_line_);
    for (std::size_t octet = first; octet < end; ++octet) {
        if (octet % in_line_ == 0) {
            const Rect at = octet_rect(octet, scroll);
            p_.text({area_.x, at.y, 4 * letter_, line_}, TextStyle::MonoSmall, ColourRole::TextDim,
                    view::octets::offset_of(octet));
        }
        paint_octet(octet, focus, scroll);
    }
    p_.unclip();
}

void HexPaint::paint_octet(std::size_t octet, std::size_t focus, float scroll) const {
    const Rect box = octet_rect(octet, scroll);
    const std::size_t index = view::octets::field_at(fields_, octet * 8);
    const WirePart part = index < fields_.size() ? fields_[index].part : WirePart::Ip;
    // What differs is underlined: a single bit as wide as can be seen.
    const float least = kLeastMark * p_.em();
    bool digits_differ[2] = {false, false};
    for (std::size_t bit = octet * 8; bit < octet * 8 + 8;) {
        const std::size_t at = view::octets::field_at(fields_, bit);
        if (at >= fields_.size()) break;
        const WireField& field = fields_[at];
        const view::octets::Share share =
            view::octets::share_of(octet, field.place.bit, field.place.bits);
        if (field.differs) {
            const float w = std::max((share.to - share.from) * box.w, least);
            const float x = box.x + (share.from + share.to) / 2 * box.w - w / 2;
            const float thick = (share.to - share.from < 0.5F ? 0.2F : 0.14F) * p_.em();
            p_.fill({std::clamp(x, box.x, box.right() - w), box.bottom() - 0.06F * p_.em() - thick,
                     w, thick},
                    ColourRole::Attention);
            if (share.from < 0.5F) digits_differ[0] = true;
            if (share.to > 0.5F) digits_differ[1] = true;
        }
        bit = field.place.bit + field.place.bits;
    }
    ColourRole ink = part == WirePart::Ip        ? ColourRole::TextDim
                     : part == WirePart::Payload ? ColourRole::Data
                                                 : ColourRole::Text;
    ColourRole letter_ink = ink;
    if (focus < fields_.size()) {
        const auto& place = fields_[focus].place;
        const view::octets::Share share = view::octets::share_of(octet, place.bit, place.bits);
        if (!share.empty()) {
            const bool whole = share.from == 0 && share.to == 1;
            const bool last =
                (octet + 1) % in_line_ == 0 || place.bit + place.bits <= (octet + 1) * 8;
            const float w = (share.to - share.from) * box.w + (whole && !last ? letter_ : 0);
            p_.fill(
                {box.x + share.from * box.w, box.y + 0.08F * p_.em(), w, box.h - 0.16F * p_.em()},
                ColourRole::Syn, 0.12F * p_.em(), whole ? 1.0F : 0.55F);
            if (whole) ink = ColourRole::OnAccent;
            const Rect letter = letter_rect(octet, scroll);
            p_.fill({letter.x, letter.y + 0.08F * p_.em(), letter.w, letter.h - 0.16F * p_.em()},
                    ColourRole::Syn, 0, whole ? 1.0F : 0.55F);
            if (whole) letter_ink = ColourRole::OnAccent;
        }
    }
    const std::string digits = fmt::format("{:02x}", octets_[octet]);
    for (std::size_t i = 0; i < 2; ++i) {
        const Rect digit = {box.x + static_cast<float>(i) * letter_, box.y, letter_, box.h};
        const bool loud = digits_differ[i] && ink != ColourRole::OnAccent;
        p_.text(digit, TextStyle::MonoSmall, loud ? ColourRole::Attention : ink,
                digits.substr(i, 1));
    }
    p_.text(letter_rect(octet, scroll), TextStyle::MonoSmall, letter_ink,
            std::string(1, view::octets::letter_of(octets_[octet])));
}

}  // namespace tcpstep::ui::panel
