#include "app/ui/panel/header_paint.hpp"

#include <utility>

#include <fmt/format.h>

#include "app/view/octets/field_brief.hpp"
#include "app/view/say.hpp"

namespace tcpstep::ui::panel {

using view::say;
using view::Text;
using view::octets::HeaderBox;
using view::octets::WireField;
using view::octets::WirePart;

namespace {

// A long payload is scrolled, and does not make the headers' rows lower than this many rows of it.
constexpr std::size_t kRowsOfPayload = 2;

std::size_t rows_of_payload(const view::octets::HeaderRows& rows) {
    const bool has_payload = !rows.bands.empty() && rows.bands.back().part == WirePart::Payload;
    return has_payload ? rows.bands.back().rows : 0;
}

// In em.
constexpr float kRuler = 1.1F;
constexpr float kMargin = 3.6F;
constexpr float kLowest = 1.05F;  // a row
constexpr float kHighest = 1.7F;
constexpr float kRoomy = 1.3F;         // rows from this height on are all alike
constexpr float kStrip = 0.35F;        // of a row
constexpr float kLeastLetters = 0.8F;  // as Painter::fitted() makes them smaller
constexpr float kTall = 2.8F;          // the row of the control bits: three letters and the bit

std::string band_name(WirePart part, const std::vector<WireField>& fields) {
    switch (part) {
        case WirePart::Ip:
            return say(fields.front().value == "6" ? Text::InspectIpv6 : Text::InspectIpv4);
        case WirePart::Tcp:
            return say(Text::InspectTcp);
        case WirePart::Options:
            return say(Text::FieldOptions);
        case WirePart::Payload:
            break;
    }
    return say(Text::InspectData);
}

ColourRole band_colour(WirePart part) {
    switch (part) {
        case WirePart::Ip:
            return ColourRole::Ack;
        case WirePart::Tcp:
        case WirePart::Options:
            return ColourRole::Syn;
        case WirePart::Payload:
            break;
    }
    return ColourRole::Data;
}

}  // namespace

HeaderPaint::HeaderPaint(const Painter& painter, Rect area, const std::vector<WireField>& fields,
                         std::string gap)
    : p_(painter),
      area_(area),
      fields_(fields),
      rows_(view::octets::header_rows(fields)),
      gap_(std::move(gap)),
      tall_(view::octets::tall_row(rows_, fields)) {
    const float em = p_.em();
    margin_ = kMargin * em;
    rows_area_ = {area.x, area.y + kRuler * em, area.w, area.h - kRuler * em};
    set_heights();
}

// Where there is little room the rows are lower, and all but the first of an address, which has
// four in IPv6 and needs one for its words, are strips.
void HeaderPaint::set_heights() {
    const float em = p_.em();
    std::vector<bool> strip(rows_.rows, false);
    std::size_t strips = 0;
    for (const HeaderBox& box : rows_.boxes) {
        for (std::size_t row = box.row + 1; row < box.row + box.rows; ++row) {
            strip[row] = true;
            ++strips;
        }
    }
    const bool has_tall = tall_ < rows_.rows;
    const float tall = has_tall ? kTall * em : 0;
    const std::size_t payload = rows_of_payload(rows_);
    const std::size_t count = rows_.rows + (gap_.empty() ? 0 : 1);
    const std::size_t fit = count - (payload - std::min(payload, kRowsOfPayload));
    const auto row_for = [&](float all) {
        const float plain = std::max(1.0F, all - (has_tall ? 1.0F : 0.0F));
        return (rows_area_.h - tall) / plain;
    };
    row_ = row_for(static_cast<float>(fit));
    float of_row = 1;
    if (row_ < kRoomy * em && strips > 0) {
        of_row = kStrip;
        row_ = row_for(static_cast<float>(fit - strips) + kStrip * static_cast<float>(strips));
    }
    row_ = std::clamp(row_, kLowest * em, kHighest * em);
    float y = 0;
    for (std::size_t row = 0; row < count; ++row) {
        tops_.push_back(y);
        y += row == tall_                       ? std::max(row_, tall)
             : row < strip.size() && strip[row] ? of_row * row_
                                                : row_;
    }
    tops_.push_back(y);
    content_ = y;
}

float HeaderPaint::top_of(std::size_t field) const {
    for (const HeaderBox& box : rows_.boxes)
        if (box.field == field) return y_of(box.row);
    return 0;
}

Rect HeaderPaint::rect_of(const HeaderBox& box, float scroll) const {
    const float bit = (area_.w - margin_) / 32;
    const float top = y_of(box.row);
    const float bottom = y_of(box.row + box.rows);
    return {area_.x + margin_ + bit * static_cast<float>(box.first_bit),
            rows_area_.y + top - scroll, bit * static_cast<float>(box.bits), bottom - top};
}

std::optional<std::size_t> HeaderPaint::hit(Point at, float scroll) const {
    if (!rows_area_.contains(at)) return std::nullopt;
    for (const HeaderBox& box : rows_.boxes)
        if (rect_of(box, scroll).contains(at)) return box.field;
    return std::nullopt;
}

void HeaderPaint::paint(std::size_t focus, float scroll) const {
    paint_ruler();
    p_.clip(rows_area_);
    paint_margin(scroll);
    for (const HeaderBox& box : rows_.boxes) {
        const Rect rect = rect_of(box, scroll);
        if (rect.bottom() < rows_area_.y || rect.y > rows_area_.bottom()) continue;
        paint_box(box, box.field == focus, scroll);
    }
    if (!gap_.empty()) {
        const Rect row = {area_.x + margin_, rows_area_.y + y_of(rows_.rows) - scroll,
                          area_.w - margin_, row_};
        if (rows_of_payload(rows_) == 0) {
            p_.text({area_.x + 0.45F * p_.em(), row.y, margin_, row.h}, TextStyle::Label,
                    ColourRole::TextDim, say(Text::InspectData));
        }
        p_.fitted({row.x + 0.3F * p_.em(), row.y, row.w - 0.4F * p_.em(), row.h}, TextStyle::Small,
                  ColourRole::TextDim, gap_);
    }
    p_.unclip();
}

// As above the figures of the RFCs: the bits of a row.
void HeaderPaint::paint_ruler() const {
    const float bit = (area_.w - margin_) / 32;
    const Painter small = p_.sized(0.85F * p_.em());
    for (unsigned i = 0; i < 32; ++i) {
        if (i % 4 != 0 && i != 31) continue;
        const float x = area_.x + margin_ + (static_cast<float>(i) + 0.5F) * bit;
        small.text({x - p_.em(), area_.y, 2 * p_.em(), kRuler * p_.em()}, TextStyle::MonoSmall,
                   ColourRole::TextDim, fmt::format("{}", i), Align::Centre);
    }
}

// Which header it is, and at which octet each row begins.
void HeaderPaint::paint_margin(float scroll) const {
    const float em = p_.em();
    for (const view::octets::HeaderBand& band : rows_.bands) {
        const float top = rows_area_.y + y_of(band.row) - scroll;
        const float bottom = rows_area_.y + y_of(band.row + band.rows) - scroll;
        p_.fill({area_.x, top + 1, 0.2F * em, bottom - top - 2}, band_colour(band.part), 0.1F * em);
        p_.fitted({area_.x + 0.45F * em, top, margin_ - 0.6F * em, row_}, TextStyle::Label,
                  ColourRole::Text, band_name(band.part, fields_));
        for (std::size_t row = band.row + 1; row < band.row + band.rows; ++row) {
            if (y_of(row + 1) - y_of(row) < 0.9F * row_) continue;
            p_.text({area_.x, rows_area_.y + y_of(row) - scroll, margin_ - 0.4F * em, row_},
                    TextStyle::MonoSmall, ColourRole::TextDim, fmt::format("{}", 4 * row),
                    Align::Right);
        }
    }
}

void HeaderPaint::paint_box(const HeaderBox& box, bool focus, float scroll) const {
    const WireField& field = fields_[box.field];
    const Rect rect = rect_of(box, scroll);
    const Rect inner = {rect.x + 1, rect.y + 1, rect.w - 2, rect.h - 2};
    const bool flag = !view::octets::control_bit_name(field.place.id.field).empty();
    const bool set = flag && field.value == "1";
    const ColourRole ground = focus           ? ColourRole::Syn
                              : field.differs ? ColourRole::AttentionBack
                              : set           ? ColourRole::NodeVisited
                                              : ColourRole::Control;
    p_.fill(inner, ground, 0.15F * p_.em());
    // Not by colour alone: a corner tells that it differs.
    if (field.differs) {
        const float corner = std::min(0.42F * p_.em(), 0.35F * inner.w);
        p_.triangle({inner.right() - corner, inner.y}, {inner.right(), inner.y},
                    {inner.right(), inner.y + corner},
                    focus ? ColourRole::OnAccent : ColourRole::Attention);
    }
    if (!box.named) return;
    const ColourRole dim = focus ? ColourRole::OnAccent : ColourRole::TextDim;
    const ColourRole strong = focus ? ColourRole::OnAccent : ColourRole::Text;
    p_.clip(inner);
    if (flag) {
        paint_bit(inner, field, set ? strong : dim);
    } else if (field.part == WirePart::Payload) {
        paint_octet(inner, field, dim, strong);
    } else {
        paint_words(inner, field, dim, strong, box.row == tall_);
    }
    p_.unclip();
}

// The character that begins there, and the octet; the character has to be seen.
void HeaderPaint::paint_octet(Rect box, const WireField& field, ColourRole dim,
                              ColourRole strong) const {
    const float pad = std::min(0.35F * p_.em(), 0.1F * box.w);
    const Rect inner = {box.x + pad, box.y, box.w - 2 * pad, box.h};
    const float letter = p_.width(TextStyle::Mono, field.name);
    const float digits = p_.width(TextStyle::MonoSmall, field.value);
    const bool both = letter + digits + 0.3F * p_.em() <= inner.w;
    p_.fitted(inner, TextStyle::Mono, strong, field.name, both ? Align::Left : Align::Centre);
    if (both || field.name.empty())
        p_.fitted(inner, TextStyle::MonoSmall, dim, field.value, Align::Right);
}

// A control bit: its name from top to bottom, as in RFC 9293's figure, and the bit.
void HeaderPaint::paint_bit(Rect box, const WireField& field, ColourRole ink) const {
    const Painter small = p_.sized(std::min(0.92F * p_.em(), box.w / 0.62F));
    const float line = box.h / 4.5F;
    float y = box.y + (field.name.size() < 3 ? line / 2 : 0);
    for (const char letter : field.name) {
        small.text({box.x, y, box.w, line}, TextStyle::MonoSmall, ink, std::string(1, letter),
                   Align::Centre);
        y += line;
    }
    small.text({box.x, box.bottom() - 1.1F * line, box.w, line}, TextStyle::MonoSmall, ink,
               field.value, Align::Centre);
}

// The first of its names that has room, in letters that are made smaller rather than cut.
std::string_view HeaderPaint::name_in(float room, const WireField& field) const {
    for (const std::string_view name :
         {std::string_view(field.name), view::octets::brief_name(field.place.id.field)}) {
        if (!name.empty() && kLeastLetters * p_.width(TextStyle::Small, name) <= room) return name;
    }
    return {};
}

HeaderPaint::Words HeaderPaint::words_in(Rect box, const WireField& field, bool tall) const {
    const float em = p_.em();
    const float pad = std::min(0.35F * em, 0.1F * box.w);
    Words words{{box.x + pad, box.y, box.w - 2 * pad, box.h}, {}};
    const float value = p_.width(TextStyle::MonoSmall, field.value);
    const float beside = words.inner.w - value - (field.value.empty() ? 0 : 0.5F * em);
    if (tall && p_.width(TextStyle::Small, field.name) > beside) {
        words.above = true;
        words.name = name_in(words.inner.w, field);
    } else {
        words.name = name_in(beside, field);
    }
    return words;
}

bool HeaderPaint::name_is_cut(std::size_t field) const {
    const WireField& one = fields_[field];
    if (!view::octets::control_bit_name(one.place.id.field).empty()) return false;
    for (const HeaderBox& box : rows_.boxes) {
        if (box.field == field && box.named)
            return words_in(rect_of(box, 0), one, box.row == tall_).name != one.name;
    }
    return false;
}

Rect HeaderPaint::place_of(std::size_t field, float scroll) const {
    for (const HeaderBox& box : rows_.boxes)
        if (box.field == field) return rect_of(box, scroll);
    return {};
}

void HeaderPaint::paint_words(Rect box, const WireField& field, ColourRole name, ColourRole value,
                              bool tall) const {
    const Words words = words_in(box, field, tall);
    const Rect& inner = words.inner;
    if (words.above) {
        const float half = inner.h / 2;
        if (!words.name.empty())
            p_.fitted({inner.x, inner.y, inner.w, half}, TextStyle::Small, name, words.name);
        p_.fitted({inner.x, inner.y + half, inner.w, half}, TextStyle::MonoSmall, value,
                  field.value, words.name.empty() ? Align::Centre : Align::Left);
        return;
    }
    if (words.name.empty()) {
        p_.fitted(inner, TextStyle::MonoSmall, value, field.value, Align::Centre);
        return;
    }
    const float value_w = p_.width(TextStyle::MonoSmall, field.value);
    const float rest = inner.w - value_w - 0.5F * p_.em();
    p_.fitted({inner.x, inner.y, rest, inner.h}, TextStyle::Small, name, words.name);
    p_.fitted({inner.x + rest, inner.y, inner.w - rest, inner.h}, TextStyle::MonoSmall, value,
              field.value, Align::Right);
}

}  // namespace tcpstep::ui::panel
