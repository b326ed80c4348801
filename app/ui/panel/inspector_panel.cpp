#include "app/ui/panel/inspector_panel.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <imgui.h>

#include "app/ui/controls.hpp"
#include "app/ui/panel/header_paint.hpp"
#include "app/ui/panel/hex_paint.hpp"
#include "app/ui/panel/inspector_card.hpp"
#include "app/view/octets/field_meaning.hpp"
#include "app/view/octets/message.hpp"
#include "app/view/octets/payload_fields.hpp"
#include "app/view/say.hpp"
#include "app/view/segment_text.hpp"
#include "app/view/segment_title.hpp"

namespace tcpstep::ui::panel {

using view::say;
using view::Text;
using view::octets::FieldMeaning;
using view::octets::WireField;

namespace {

// In em.
constexpr float kGap = 1.2F;        // between the columns
constexpr float kRows = 43;         // of the rows of 32 bits, at most
constexpr float kCard = 19;         // of what a field means, at least
constexpr float kLowCard = 8.2F;    // where it stands above the hex dump
constexpr float kRowsPart = 0.48F;  // ... and of the width
constexpr float kMargin = 3.6F;     // ... without what stands left of the bits
constexpr float kTwoParts = 39;     // a narrower room has one part above the other
constexpr float kStackedCard = 9.6F;
constexpr float kBelowRows = 9.6F;  // of card and bytes, at most
constexpr float kLine = 2;          // what a turn of the wheel scrolls

/// Where the parts are, and what is seen of them.
struct Parts {
    Rect rows, hex, card;
    /// Too narrow for the rows beside anything: the card, and the bytes below it, scroll below
    /// them, in here.
    std::optional<Rect> below;
};

// Letters, or the bits of a row, would have no room beside the bytes.
bool is_narrow_for_two(const Painter& p, Rect room) {
    const float least_bit = 0.62F * font::kLeastLetters;
    const float bit = (kRowsPart * room.w - kMargin * p.em()) / 32;
    return room.w < kTwoParts * p.em() || bit < least_bit;
}

// One below the other: as much of the rows as leaves two lines of the card.
Parts stack(const Painter& p, Rect room, float hex_scroll, float hex_height) {
    const float em = p.em();
    Parts parts;
    const float rows = std::max(std::floor(0.58F * room.h), room.h - kBelowRows * em);
    parts.rows = {room.x, room.y, room.w - 0.6F * em, rows};
    const float gap = 0.4F * em;
    parts.below = {room.x, room.y + rows + gap, parts.rows.w, room.h - rows - gap};
    const float y = parts.below->y - hex_scroll * em;
    parts.card = {room.x, y, parts.rows.w, kStackedCard * em};
    parts.hex = {room.x, parts.card.bottom(), parts.rows.w, hex_height};
    return parts;
}

Parts divide(const Painter& p, Rect room) {
    const float em = p.em();
    const float gap = kGap * em;
    Parts parts;
    const float hex16 = HexPaint::width(p, 16);
    const float hex8 = HexPaint::width(p, 8);
    const float rows = std::min(kRows * em, kRowsPart * room.w);
    const float rest = room.w - rows - 2 * gap;
    parts.rows = {room.x, room.y, rows, room.h};
    const float hex = rest - hex16 >= kCard * em ? hex16 : hex8;
    const float x = room.x + rows + gap;
    if (rest - hex >= kCard * em) {
        parts.hex = {x, room.y, hex, room.h};
        parts.card = {x + hex + gap, room.y, rest - hex, room.h};
        return parts;
    }
    // Too narrow for three: what the field means stands above the bytes.
    const float low = std::min(kLowCard * em, 0.6F * room.h);
    parts.card = {x, room.y, room.right() - x, low};
    parts.hex = {x, room.y + low, room.right() - x, room.h - low};
    return parts;
}

// As far as it must: the chosen field is seen, if that was asked for; the wheel scrolls by hand.
float scrolled(float& scroll, const Painter& p, Rect area, float content, float top, float row,
               bool show) {
    const float em = p.em();
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    if (show) {
        scroll = std::min(std::max(scroll, (top + row - area.h) / em), top / em);
    } else if (ImGui::IsWindowHovered() && area.contains({mouse.x, mouse.y})) {
        scroll -= kLine * ImGui::GetIO().MouseWheel;
    }
    scroll = std::clamp(scroll, 0.0F, std::max(0.0F, content - area.h) / em);
    return scroll * em;
}

void paint_bar(const Painter& p, Rect room, float scroll, float content) {
    if (content <= room.h + 1) return;
    const float h = std::max(room.h * room.h / content, p.em());
    const float y = room.y + (room.h - h) * scroll / (content - room.h);
    p.fill({room.right() + 0.25F * p.em(), y, 0.28F * p.em(), h}, ColourRole::Edge, 0.14F * p.em());
}

Rect common(Rect a, Rect b) {
    const float x = std::max(a.x, b.x);
    const float y = std::max(a.y, b.y);
    return {x, y, std::max(0.0F, std::min(a.right(), b.right()) - x),
            std::max(0.0F, std::min(a.bottom(), b.bottom()) - y)};
}

// Of card and bytes, one below the other, in em: to the octet that was chosen; for another field by
// the wheel only, for the card is to be read.
float scroll_below(UiState& state, const Painter& p, Rect room, const HexPaint& hex,
                   std::optional<std::size_t> octet) {
    const Rect below = *stack(p, room, 0, hex.content()).below;
    const float card = kStackedCard * p.em();
    if (state.inspect_show && !octet) state.hex_scroll = 0;
    const bool show = state.inspect_show && octet;
    return scrolled(state.hex_scroll, p, below, card + hex.content(),
                    show ? card + hex.top_of(*octet) : 0, hex.row_height(), show) /
           p.em();
}

/// What is inspected: a segment or a datagram.
struct Inspected {
    std::vector<WireField> fields;
    std::vector<std::uint8_t> octets;  // of the headers, and the payload behind them
    std::span<const std::uint8_t> payload;
    std::uint32_t length = 0;  // of the payload on the wire
    std::function<FieldMeaning(const WireField&)> meaning;
};

std::size_t index_of(const std::vector<WireField>& fields, model::FieldId id) {
    const auto found = std::find_if(fields.begin(), fields.end(),
                                    [&](const WireField& one) { return one.place.id == id; });
    return static_cast<std::size_t>(found - fields.begin());
}

// Which one the arrow keys have chosen.
void move_choice(UiState& state, const std::vector<WireField>& fields) {
    if (state.inspect_move == 0 || fields.empty()) return;
    const auto last = static_cast<int>(fields.size()) - 1;
    const std::size_t at = std::min(index_of(fields, state.inspected), fields.size() - 1);
    const int to = std::clamp(static_cast<int>(at) + state.inspect_move, 0, last);
    state.inspected = fields[static_cast<std::size_t>(to)].place.id;
    state.inspect_proposed.reset();
    state.inspect_show = true;
    state.inspect_move = 0;
}

// Title, what the marks mean, and the button that closes it.
void paint_head(const Scene& scene, Rect line, const std::string& title,
                const model::Segment* segment, model::SegmentId previous) {
    const Painter& p = scene.painter;
    const float em = p.em();
    const std::string word = say(Text::InspectHide);
    const float w = p.width(TextStyle::Small, word) + em;
    const Rect close = {line.right() - w, line.y - 0.2F * em, w, 1.5F * em};
    if (word_button(p, "inspector", close, word, say(Text::TipInspectClose)))
        scene.wish(session::ToggleInspector{});
    float right = close.x - 0.6F * em;
    const float title_w = std::min(p.width(TextStyle::Label, title), right - line.x);
    if (segment != nullptr && previous != 0) {
        const std::string number = scene.session.timeline().number(previous);
        const std::string to = say(Text::InspectGoPrevious, number);
        const float to_w = p.width(TextStyle::Small, to) + em;
        if (right - to_w > line.x + title_w + em) {
            if (word_button(p, "previous segment", {right - to_w, close.y, to_w, close.h}, to,
                            say(Text::TipGoPrevious)))
                scene.wish(session::SelectSegment{previous});
            right -= to_w + 0.8F * em;
        }
        const std::string marks = say(Text::InspectChanged, number, view::role_word(segment->from));
        const float room = right - line.x - title_w - 1.5F * em;
        if (p.width(TextStyle::Small, marks) <= room) {
            p.text({line.x, line.y, right - line.x, 1.1F * em}, TextStyle::Small,
                   ColourRole::Attention, marks, Align::Right);
        }
    }
    p.fitted({line.x, line.y, right - line.x, 1.1F * em}, TextStyle::Label, ColourRole::TextDim,
             title);
}

// Nothing to be drawn: why.
void paint_words(const Painter& p, Rect room, const std::string& words) {
    p.wrapped({room.x, room.y}, room.w, TextStyle::Body, ColourRole::TextDim, words);
}

void paint_inspected(const Scene& scene, Rect room, const Inspected& what) {
    const Painter& p = scene.painter;
    const std::vector<WireField>& fields = what.fields;
    UiState& state = scene.state;
    move_choice(state, fields);
    const bool stacked = is_narrow_for_two(p, room);
    const std::size_t first = fields.size() - what.payload.size();
    const std::size_t chosen = index_of(fields, state.inspected);
    const HexPaint below(p, {0, 0, room.w - 0.6F * p.em(), 0}, what.octets, fields);
    const float hex_high = below.content();
    const auto in_sight = chosen >= first && chosen < fields.size() ? std::optional(chosen)
                                                                    : std::optional<std::size_t>();
    const Parts parts =
        stacked ? stack(p, room, scroll_below(state, p, room, below, in_sight), hex_high)
                : divide(p, room);
    const HeaderPaint rows(p, parts.rows, fields,
                           view::octets::payload_gap(what.length, what.payload.size()));
    const HexPaint hex(p, parts.hex, what.octets, fields);
    const bool show = state.inspect_show && chosen < fields.size();
    // The row of a field, and where there is room the next one.
    const auto high = [&](std::size_t field) {
        const float all = rows.place_of(field, 0).h + rows.row_height();
        return std::min(all, std::max(rows.place_of(field, 0).h, rows.room()));
    };
    float down = scrolled(state.header_scroll, p, rows.rows_area(), rows.content(),
                          rows.top_of(chosen), high(chosen), show);
    float hex_down = stacked ? 0
                             : scrolled(state.hex_scroll, p, hex.area(), hex.content(),
                                        hex.top_of(chosen), hex.row_height(), show);
    state.inspect_show = false;

    const Rect hex_seen = parts.below ? common(parts.hex, *parts.below) : parts.hex;
    const Touch on_rows = touch_area(p, "header rows", parts.rows);
    const Touch on_hex = touch_area(p, "hex dump", hex_seen);
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    std::optional<std::size_t> pointed;
    if (on_rows.hovered) pointed = rows.hit({mouse.x, mouse.y}, down);
    if (on_hex.hovered) pointed = hex.hit({mouse.x, mouse.y}, hex_down);
    // What it tells follows no pointing at its own text, which would run away below the mouse.
    if (parts.below) p.clip(*parts.below);
    InspectorCard card(p, parts.card);
    if (const std::size_t told = pointed.value_or(chosen); told < fields.size()) {
        card.tell(what.meaning(fields[told]));
    } else {
        card.tell(say(Text::InspectPoint));
    }
    if (!stacked) card.set_payload(what.payload, what.length);
    const Touch on_text = touch_area(p, "payload text", card.text_area());
    if (on_text.hovered) {
        if (const auto octet = card.hit({mouse.x, mouse.y})) pointed = first + *octet;
    }
    if (pointed && (on_rows.clicked || on_hex.clicked || on_text.clicked)) {
        state.inspected = fields[*pointed].place.id;
        state.inspect_proposed.reset();
        state.inspect_show = true;
    }
    // What is pointed at in one of them comes into sight in the others.
    const auto id = pointed ? std::optional(fields[*pointed].place.id) : std::nullopt;
    if (std::exchange(state.inspect_pointed, id) != id && pointed) {
        if (!on_rows.hovered) {
            down = scrolled(state.header_scroll, p, rows.rows_area(), rows.content(),
                            rows.top_of(*pointed), high(*pointed), true);
        }
        if (!on_hex.hovered && !stacked) {
            hex_down = scrolled(state.hex_scroll, p, hex.area(), hex.content(),
                                hex.top_of(*pointed), hex.row_height(), true);
        }
    }
    const std::size_t focus = pointed.value_or(chosen);
    hex.paint(focus, hex_down);
    if (parts.below) p.unclip();
    rows.paint(focus, down);
    if (on_rows.hovered && pointed && !state.mouse_rests && rows.name_is_cut(*pointed)) {
        const WireField& field = fields[*pointed];
        paint_tip_of(p, rows.place_of(*pointed, down), field.name + "  " + field.value);
    }
    paint_bar(p, rows.rows_area(), down, rows.content());
    if (parts.below) {
        paint_bar(p, *parts.below, state.hex_scroll * p.em(), kStackedCard * p.em() + hex_high);
    } else {
        paint_bar(p, parts.hex, hex_down, hex.content());
    }
    const bool in_payload = focus >= first && focus < fields.size();
    card.paint_payload(in_payload ? std::optional(focus - first) : std::nullopt);
}

// The flag that makes the segment what it is.
model::FieldId telling_field(const model::Segment& segment) {
    using model::Field;
    using model::Flags;
    for (const auto& [flag, field] :
         {std::pair{Flags::kRst, Field::Rst}, std::pair{Flags::kSyn, Field::Syn},
          std::pair{Flags::kFin, Field::Fin}, std::pair{Flags::kPsh, Field::Psh},
          std::pair{Flags::kAck, Field::Ack}}) {
        if ((segment.flags.bits() & flag) != 0) return {field};
    }
    return {Field::Ack};
}

void paint_segment(const Scene& scene, Rect room, const model::Segment& segment,
                   model::SegmentId previous) {
    UiState& state = scene.state;
    if (state.inspect_proposed && *state.inspect_proposed == state.inspected)
        state.inspect_proposed = state.inspected = telling_field(segment);
    const session::Session& session = scene.session;
    Inspected what;
    what.fields = view::octets::wire_fields(segment, session.timeline().segment(previous));
    if (what.fields.empty()) return paint_words(scene.painter, room, say(Text::InspectNoBytes));
    what.octets = segment.headers;
    what.octets.insert(what.octets.end(), segment.payload.begin(), segment.payload.end());
    what.payload = segment.payload;
    what.length = segment.length;
    what.meaning = [&](const WireField& field) {
        return view::octets::field_meaning(session.timeline(), session.index(), segment, field,
                                           previous);
    };
    paint_inspected(scene, room, what);
}

void paint_message(const Scene& scene, Rect room, const view::octets::Message& message) {
    Inspected what;
    view::octets::append_payload_fields(what.fields, message.payload, 0);
    what.octets = message.payload;
    what.payload = message.payload;
    what.length = message.length;
    what.meaning = [&](const WireField& field) {
        return view::octets::octet_of_message(message, field);
    };
    paint_inspected(scene, room, what);
}

void paint_without_segment(const Scene& scene, Rect head, Rect room) {
    const Painter& p = scene.painter;
    const session::Session& session = scene.session;
    const auto message =
        view::octets::latest_message(session.timeline(), session.index(), session.position());
    if (!message) {
        paint_head(scene, head, say(Text::SegmentNone), nullptr, 0);
        const bool tcp = session.speaks_tcp();
        return paint_words(p, room, say(tcp ? Text::SegmentNoneYet : Text::NoTcpSegment));
    }
    paint_head(scene, head, message->title, nullptr, 0);
    if (message->payload.empty()) return paint_words(p, room, say(Text::InspectMessage));
    paint_message(scene, room, *message);
}

}  // namespace

void paint_inspector(const Scene& scene, Rect area) {
    const Painter& p = scene.painter;
    const float em = p.em();
    paint_panel(p, area);
    const Rect inside = {area.x + em, area.y + 0.6F * em, area.w - 2 * em, area.h - em};
    const Rect room = {inside.x, inside.y + 1.6F * em, inside.w, inside.h - 1.6F * em};
    const session::Session& session = scene.session;
    const model::SegmentId id = session.shown_segment();
    const model::Segment* segment = session.timeline().segment(id);
    if (segment == nullptr) return paint_without_segment(scene, inside, room);
    const model::SegmentId previous = session.index().sent_before(session.timeline(), id);
    paint_head(scene, inside, view::segment_title(session.timeline(), id), segment, previous);
    paint_segment(scene, room, *segment, previous);
}

bool inspects_something(const session::Session& session) {
    if (session.timeline().segment(session.shown_segment()) != nullptr) return true;
    return view::octets::latest_message(session.timeline(), session.index(), session.position())
        .has_value();
}

bool move_in_inspector(const session::Command& command, const session::Session& session,
                       UiState& state) {
    const auto* move = std::get_if<session::MoveInList>(&command);
    if (move == nullptr || !session.look().inspector) return false;
    state.inspect_move += move->rows;
    return true;
}

}  // namespace tcpstep::ui::panel
