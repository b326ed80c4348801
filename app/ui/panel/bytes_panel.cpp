#include "app/ui/panel/bytes_panel.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include <imgui.h>

#include "app/ui/controls.hpp"
#include "app/ui/panel/menus.hpp"
#include "app/ui/panel/payload_paint.hpp"
#include "app/view/octets/message.hpp"
#include "app/view/octets/segment_bytes.hpp"
#include "app/view/say.hpp"
#include "app/view/segment_text.hpp"
#include "app/view/segment_title.hpp"

namespace tcpstep::ui::panel {

using view::say;
using view::Text;
using view::octets::ByteField;
using view::octets::SegmentBytes;

namespace {

constexpr float kBox = 1.55F;  // em: height of a field
constexpr float kGap = 0.33F;
constexpr float kLine = 2;  // em that a turn of the wheel scrolls

float box_width(const Painter& p, const ByteField& field) {
    return p.width(TextStyle::MonoSmall, field.bytes) + 0.75F * p.em();
}

// The fields that stand as boxes: options have a line of words of their own.
bool is_box(const ByteField& field) {
    return field.id != ByteField::Id::Options;
}

float boxes_width(const Painter& p, const SegmentBytes& bytes) {
    float w = 0;
    for (const ByteField& field : bytes.fields) {
        if (is_box(field)) w += box_width(p, field) + kGap * p.em();
    }
    return w;
}

// How many rows the boxes take.
int rows_of(const Painter& p, const SegmentBytes& bytes, float room) {
    int rows = 1;
    float x = 0;
    for (const ByteField& field : bytes.fields) {
        if (!is_box(field)) continue;
        const float w = box_width(p, field);
        if (x > 0 && x + w > room) {
            ++rows;
            x = 0;
        }
        x += w + kGap * p.em();
    }
    return rows;
}

// In one row, a little smaller if need be; where they would become too small for that, in two, as
// large as those can be; else in as many as it takes.
Painter fitting(const Painter& p, const SegmentBytes& bytes, float room) {
    constexpr float kLegible = 0.8F;
    constexpr float kLeast = 0.72F;
    const float squeeze = std::min(1.0F, room / std::max(1.0F, boxes_width(p, bytes)));
    if (squeeze >= kLegible) return p.sized(p.em() * squeeze);
    for (float size = 1; size >= kLeast; size -= 0.02F) {
        const Painter small = p.sized(p.em() * size);
        if (rows_of(small, bytes, room) <= 2) return small;
    }
    return p.sized(p.em() * kLegible);
}

// Of `box`, what lies in `room`.
Rect seen_of(Rect box, Rect room) {
    const float top = std::max(box.y, room.y);
    return {box.x, top, box.w, std::min(box.bottom(), room.bottom()) - top};
}

// Paints the boxes from `row` downward, as far as they are seen in `room`; returns the field to
// explain.
const ByteField* paint_boxes(const Scene& scene, const Painter& p, Rect row, Rect room,
                             const SegmentBytes& bytes) {
    const ByteField* explained = nullptr;
    const ByteField* pointed = nullptr;
    float x = row.x;
    for (const ByteField& field : bytes.fields) {
        const bool chosen = field.id == scene.state.field;
        if (chosen) explained = &field;
        if (!is_box(field)) continue;
        const float w = box_width(p, field);
        if (x > row.x && x + w > row.right() + 1) {
            x = row.x;
            row.y += row.h + kGap * p.em();
        }
        const Rect box = {x, row.y, w, row.h};
        const std::string id = "byte " + std::to_string(static_cast<int>(field.id));
        const Touch touch = touch_area(p, id.c_str(), seen_of(box, room));
        if (touch.hovered) pointed = &field;
        if (touch.clicked) scene.state.field = field.id;
        p.fill(box,
               chosen          ? ColourRole::Syn
               : touch.hovered ? ColourRole::ControlHover
                               : ColourRole::NodeVisited,
               0.22F * p.em());
        p.text(box, TextStyle::MonoSmall, chosen ? ColourRole::OnAccent : ColourRole::Text,
               field.bytes, Align::Centre);
        x = box.right() + kGap * p.em();
    }
    return pointed != nullptr ? pointed : explained;
}

// A word and what it says: in one line, or where that has no room, broken into several below it.
// Returns the height; `inks` of nothing only measures.
struct Inks {
    ColourRole word, says;
};
float tell(const Painter& p, Point at, float w, TextStyle style, std::string_view word,
           const std::string& says, std::optional<Inks> inks) {
    const float line = 1.2F * p.em();
    const float word_w = p.width(style, word) + p.em();
    if (inks) p.text({at.x, at.y, word_w, line}, style, inks->word, word);
    if (word_w + p.width(TextStyle::Small, says) <= w) {
        if (inks) p.text({at.x + word_w, at.y, w, line}, TextStyle::Small, inks->says, says);
        return line;
    }
    const float top = at.y + line + 0.15F * p.em();
    if (!inks) return top - at.y + p.wrapped_height(w, TextStyle::Small, says);
    return top - at.y + p.wrapped({at.x, top}, w, TextStyle::Small, inks->says, says);
}

float tell_field(const Painter& p, Point at, float w, const ByteField& field, bool paint) {
    return tell(p, at, w, TextStyle::Strong, field.name, field.value,
                paint ? std::optional(Inks{ColourRole::Syn, ColourRole::Text}) : std::nullopt);
}

float tell_options(const Painter& p, Point at, float w, const SegmentBytes& bytes, bool paint,
                   bool hovered) {
    if (bytes.options.empty()) return 0;
    const ColourRole ink = hovered ? ColourRole::Text : ColourRole::TextDim;
    return tell(p, at, w, TextStyle::Small, say(Text::FieldOptions), bytes.options,
                paint ? std::optional(Inks{ink, ink}) : std::nullopt);
}

// "2 · SYN, ACK" of "SEGMENT 2 · SYN, ACK · server → client".
std::string short_title(const std::string& title) {
    const std::size_t from = title.find(' ') + 1;
    return title.substr(from, title.rfind(" \u00b7 ") - from);
}

// Opens the inspector, left of what is `taken` of the head's right end. Returns the width that the
// title's line loses.
float paint_inspect_button(const Scene& scene, Rect line, float taken) {
    const Painter& p = scene.painter;
    const std::string word = say(Text::InspectShow);
    const float w = p.width(TextStyle::Small, word) + p.em();
    const Rect box = {line.right() - taken - w, line.y - 0.2F * p.em(), w, 1.5F * p.em()};
    if (word_button(p, "inspector", box, word, say(Text::TipInspect)))
        scene.wish(session::ToggleInspector{});
    return taken + w + 0.8F * p.em();
}

// How far it is scrolled, in pixels; each segment is seen from its top.
float scroll_for(const Scene& scene, Rect room, float content) {
    UiState& state = scene.state;
    const model::SegmentId segment = scene.session.shown_segment();
    if (std::exchange(state.bytes_of, segment) != segment) state.bytes_scroll = 0;
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    if (ImGui::IsWindowHovered() && room.contains({mouse.x, mouse.y}))
        state.bytes_scroll -= kLine * ImGui::GetIO().MouseWheel;
    const float em = scene.painter.em();
    state.bytes_scroll =
        std::clamp(state.bytes_scroll, 0.0F, std::max(0.0F, content - room.h) / em);
    return state.bytes_scroll * em;
}

void paint_bar(const Painter& p, Rect room, float scroll, float content) {
    if (content <= room.h + 1) return;
    const float h = std::max(room.h * room.h / content, p.em());
    const float y = room.y + (room.h - h) * scroll / (content - room.h);
    p.fill({room.right() + 0.4F * p.em(), y, 0.28F * p.em(), h}, ColourRole::Edge, 0.14F * p.em());
}

// The boxes, what the chosen one means, and the options; what does not fit scrolls.
void paint_octets(const Scene& scene, Rect room, const SegmentBytes& bytes) {
    const Painter& p = scene.painter;
    const float em = p.em();
    const Painter small = fitting(p, bytes, room.w);
    const auto rows = static_cast<float>(rows_of(small, bytes, room.w + 1));
    const float above = 0.15F * em;
    const float boxes = above + rows * kBox * small.em() + (rows - 1) * kGap * small.em();
    const auto chosen = std::find_if(bytes.fields.begin(), bytes.fields.end(),
                                     [&](const auto& f) { return f.id == scene.state.field; });
    // Pointing at a box must not move it: the chosen field's words decide the height.
    float content = boxes + 0.5F * em;
    if (chosen != bytes.fields.end())
        content += tell_field(p, {}, room.w, *chosen, false) + 0.25F * em;
    content += tell_options(p, {}, room.w, bytes, false, false) + 0.2F * em;
    const float scroll = scroll_for(scene, room, content);
    p.clip({room.x - em, room.y, room.w + 2 * em, room.h});
    float y = room.y - scroll + above;
    const ByteField* field =
        paint_boxes(scene, small, {room.x, y, room.w, kBox * small.em()}, room, bytes);
    y += boxes - above + 0.5F * em;
    if (field != nullptr) y += tell_field(p, {room.x, y}, room.w, *field, true) + 0.25F * em;
    const float options = tell_options(p, {}, room.w, bytes, false, false);
    const Touch touch = touch_area(p, "options", seen_of({room.x, y, room.w, options}, room));
    if (touch.clicked) scene.state.field = ByteField::Id::Options;
    tell_options(p, {room.x, y}, room.w, bytes, true, touch.hovered);
    p.unclip();
    paint_bar(p, room, scroll, content);
}

// `taken`: of the head's right end.
void paint_segment(const Scene& scene, Rect inside, const SegmentBytes& bytes, float taken) {
    const Painter& p = scene.painter;
    const float em = p.em();
    const float button = paint_inspect_button(scene, inside, taken);
    const Rect head = {inside.x, inside.y, inside.w - button, inside.h};
    // The title comes first: how long the segment is gives way.
    const float extent = p.width(TextStyle::Small, bytes.extent) + em;
    const bool both = p.width(TextStyle::Label, bytes.title) + extent <= head.w;
    if (both) {
        p.text({head.x, head.y, head.w, 1.1F * em}, TextStyle::Small, ColourRole::TextDim,
               bytes.extent, Align::Right);
    }
    const Rect title = {head.x, head.y, head.w - (both ? extent : 0), 1.1F * em};
    const bool fits = 0.8F * p.width(TextStyle::Label, bytes.title) <= title.w;
    p.fitted(title, TextStyle::Label, ColourRole::TextDim,
             fits ? bytes.title : short_title(bytes.title));
    if (!fits) touch_area(p, "bytes title", title, bytes.title);
    paint_octets(scene, {inside.x, inside.y + 1.4F * em, inside.w, inside.h - 1.2F * em}, bytes);
}

// A datagram, or what a call wrote or read; of AF_UNIX there is nothing that a copy could tell.
void paint_message(const Scene& scene, Rect inside, const view::octets::Message& message) {
    const Painter& p = scene.painter;
    const float em = p.em();
    const Rect head = {inside.x, inside.y, inside.w, 1.1F * em};
    const float copy = message.datagram ? paint_copy_button(scene, head) : 0;
    const float taken = paint_inspect_button(scene, head, copy);
    p.fitted({head.x, head.y, head.w - taken, head.h}, TextStyle::Label, ColourRole::TextDim,
             message.title);
    const float top = inside.y + 1.55F * em;
    const Rect room = {inside.x, top, inside.w, inside.bottom() - top};
    if (message.payload.empty()) {
        p.wrapped({room.x, room.y}, room.w, TextStyle::Body, ColourRole::TextDim,
                  say(Text::InspectMessage));
        return;
    }
    PayloadPaint(p, room, message.payload).paint(std::nullopt);
}

}  // namespace

float paint_segment_buttons(const Scene& scene, Rect head) {
    if (scene.session.timeline().segment(scene.session.shown_segment()) == nullptr) return 0;
    return paint_inspect_button(scene, head, paint_copy_button(scene, head));
}

void paint_bytes_panel(const Scene& scene, Rect area) {
    const Painter& p = scene.painter;
    const float em = p.em();
    paint_panel(p, area);
    const Rect inside = {area.x + em, area.y + 0.75F * em, area.w - 2 * em, area.h - 1.2F * em};
    const session::Session& session = scene.session;
    const model::Segment* segment = session.timeline().segment(session.shown_segment());
    if (segment == nullptr) {
        const auto message =
            view::octets::latest_message(session.timeline(), session.index(), session.position());
        if (message) return paint_message(scene, inside, *message);
        p.text({inside.x, inside.y, inside.w, 1.1F * em}, TextStyle::Label, ColourRole::TextDim,
               say(Text::SegmentNone));
        p.text({inside.x, inside.y + 1.55F * em, inside.w, 1.2F * em}, TextStyle::Body,
               ColourRole::TextDim,
               say(session.speaks_tcp() ? Text::SegmentNoneYet : Text::NoTcpSegment));
        return;
    }
    const model::SeqBase base =
        view::base_of(session.timeline().at(session.timeline().size()), segment->from, false);
    p.clip(area);
    const float taken = paint_copy_button(scene, {inside.x, inside.y, inside.w, 1.1F * em});
    std::string title = view::segment_title(session.timeline(), session.shown_segment());
    paint_segment(scene, inside, view::octets::segment_bytes(*segment, base, std::move(title)),
                  taken);
    p.unclip();
}

}  // namespace tcpstep::ui::panel
