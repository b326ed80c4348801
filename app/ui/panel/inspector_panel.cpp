#include "app/ui/panel/inspector_panel.hpp"

#include <algorithm>
#include <optional>

#include <imgui.h>

#include "app/ui/controls.hpp"
#include "app/ui/panel/header_paint.hpp"
#include "app/ui/panel/hex_paint.hpp"
#include "app/view/octets/field_meaning.hpp"
#include "app/view/octets/wire_fields.hpp"
#include "app/view/say.hpp"
#include "app/view/segment_text.hpp"

namespace tcpstep::ui::panel {

using view::say;
using view::Text;
using view::octets::FieldMeaning;
using view::octets::WireField;

namespace {

// In em.
constexpr float kGap = 1.2F;      // between the columns
constexpr float kRows = 43;       // of the rows of 32 bits, at most
constexpr float kCard = 19;       // of what a field means, at least
constexpr float kLowCard = 8.2F;  // where it stands above the hex dump
constexpr float kLine = 2;        // what a turn of the wheel scrolls

/// Where the parts are.
struct Parts {
    Rect rows, hex, card;
};

Parts divide(const Painter& p, Rect room) {
    const float em = p.em();
    const float gap = kGap * em;
    Parts parts;
    const float hex16 = HexPaint::width(p, 16);
    const float hex8 = HexPaint::width(p, 8);
    const float rows = std::min(kRows * em, 0.48F * room.w);
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

// How much of the payload there is.
std::string data_words(const model::Segment& segment) {
    if (segment.length == 0) return {};
    return say(view::counted(segment.length, Text::InspectDataNoneOne, Text::InspectDataNone),
               segment.length);
}

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
    state.inspect_show = true;
    state.inspect_move = 0;
}

void paint_card(const Scene& scene, Rect card, const FieldMeaning& meaning) {
    const Painter& p = scene.painter;
    const float em = p.em();
    p.clip(card);
    float y = card.y;
    p.fitted({card.x, y, card.w, 1.35F * em}, TextStyle::Flags, ColourRole::Syn, meaning.name);
    const float name = p.width(TextStyle::Flags, meaning.name) + em;
    if (name < 0.6F * card.w) {
        p.fitted({card.x + name, y, card.w - name, 1.35F * em}, TextStyle::Small,
                 ColourRole::TextDim, meaning.place, Align::Right);
    }
    y += 1.4F * em;
    p.fitted({card.x, y, card.w, 1.25F * em}, TextStyle::Mono, ColourRole::Text, meaning.value);
    y += 1.4F * em;
    p.fitted({card.x, y, card.w, 1.2F * em}, TextStyle::Small,
             meaning.differs ? ColourRole::Attention : ColourRole::TextDim, meaning.before);
    y += 1.35F * em;
    y += p.wrapped({card.x, y}, card.w, TextStyle::Small, ColourRole::Text, meaning.meaning);
    y += 0.25F * em;
    p.fitted({card.x, y, card.w, 1.2F * em}, TextStyle::Strong, ColourRole::Attention,
             meaning.source);
    p.unclip();
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
        const std::string to = say(Text::InspectGoPrevious, previous);
        const float to_w = p.width(TextStyle::Small, to) + em;
        if (right - to_w > line.x + title_w + em) {
            if (word_button(p, "previous segment", {right - to_w, close.y, to_w, close.h}, to,
                            say(Text::TipGoPrevious)))
                scene.wish(session::SelectSegment{previous});
            right -= to_w + 0.8F * em;
        }
        const std::string marks =
            say(Text::InspectChanged, previous, view::role_word(segment->from));
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

void paint_headers(const Scene& scene, Rect room, const model::Segment& segment,
                   model::SegmentId previous) {
    const Painter& p = scene.painter;
    const session::Session& session = scene.session;
    const std::vector<WireField> fields =
        view::octets::wire_fields(segment, session.timeline().segment(previous));
    if (fields.empty()) return paint_words(p, room, say(Text::InspectNoBytes));
    UiState& state = scene.state;
    move_choice(state, fields);
    const Parts parts = divide(p, room);
    const HeaderPaint rows(p, parts.rows, fields, data_words(segment));
    const HexPaint hex(p, parts.hex, segment.headers, fields);
    const std::size_t chosen = index_of(fields, state.inspected);
    const bool show = state.inspect_show && chosen < fields.size();
    const float down = scrolled(state.header_scroll, p, rows.rows_area(), rows.content(),
                                rows.top_of(chosen), 2 * rows.row_height(), show);
    const float hex_down = scrolled(state.hex_scroll, p, hex.area(), hex.content(),
                                    hex.top_of(chosen), hex.row_height(), show);
    state.inspect_show = false;

    const Touch on_rows = touch_area(p, "header rows", parts.rows);
    const Touch on_hex = touch_area(p, "hex dump", parts.hex);
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    std::optional<std::size_t> pointed;
    if (on_rows.hovered) pointed = rows.hit({mouse.x, mouse.y}, down);
    if (on_hex.hovered) pointed = hex.hit({mouse.x, mouse.y}, hex_down);
    if (pointed && (on_rows.clicked || on_hex.clicked)) {
        state.inspected = fields[*pointed].place.id;
        state.inspect_show = true;
    }
    const std::size_t focus = pointed.value_or(chosen);
    rows.paint(focus, down);
    hex.paint(focus, hex_down);
    paint_bar(p, rows.rows_area(), down, rows.content());
    paint_bar(p, parts.hex, hex_down, hex.content());
    if (focus < fields.size()) {
        paint_card(scene, parts.card,
                   view::octets::field_meaning(session.timeline(), session.index(), segment,
                                               fields[focus], previous));
    } else {
        paint_words(p, parts.card, say(Text::InspectPoint));
    }
}

// The latest datagram that was sent before the position, where nothing speaks TCP. Not farther back
// than one sees.
std::string without_segment(const session::Session& session) {
    constexpr int kStepsBack = 64;
    if (session.speaks_tcp()) return say(Text::SegmentNoneYet);
    auto step = session.index().last_step_before(session.position());
    for (int i = 0; step && i < kStepsBack; ++i) {
        const auto* sent = std::get_if<model::DatagramSent>(&session.timeline().event(*step).fact);
        if (sent != nullptr) {
            return say(
                Text::InspectDatagram,
                say(view::counted(sent->length, Text::OctetsOne, Text::Octets), sent->length));
        }
        step = session.index().last_step_before(*step);
    }
    return say(Text::NoTcpSegment);
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
    if (segment == nullptr) {
        paint_head(scene, inside, say(Text::SegmentNone), nullptr, 0);
        return paint_words(p, room, without_segment(session));
    }
    const model::SegmentId previous = session.index().sent_before(session.timeline(), id);
    paint_head(scene, inside,
               say(Text::SegmentTitle, id, model::to_label(segment->flags),
                   view::direction_text(segment->from)),
               segment, previous);
    paint_headers(scene, room, *segment, previous);
}

bool move_in_inspector(const session::Command& command, const session::Session& session,
                       UiState& state) {
    const auto* move = std::get_if<session::MoveInList>(&command);
    if (move == nullptr || !session.look().inspector) return false;
    state.inspect_move += move->rows;
    return true;
}

}  // namespace tcpstep::ui::panel
