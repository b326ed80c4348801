#include "app/ui/panel/bytes_panel.hpp"

#include <algorithm>

#include "app/ui/controls.hpp"
#include "app/ui/panel/menus.hpp"
#include "app/view/octets/segment_bytes.hpp"
#include "app/view/say.hpp"
#include "app/view/segment_text.hpp"

namespace tcpstep::ui::panel {

using view::say;
using view::Text;
using view::octets::ByteField;
using view::octets::SegmentBytes;

namespace {

constexpr float kBox = 1.55F;  // em: height of a field
constexpr float kGap = 0.33F;

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

// In one row, a little smaller if need be; where they would become too small for that, in two.
Painter fitting(const Painter& p, const SegmentBytes& bytes, float room) {
    constexpr float kLegible = 0.8F;
    const float squeeze = std::min(1.0F, room / std::max(1.0F, boxes_width(p, bytes)));
    if (squeeze >= kLegible) return p.sized(p.em() * squeeze);
    Painter small = p;
    while (small.em() > 0.3F * p.em() && rows_of(small, bytes, room) > 2)
        small = p.sized(small.em() - 0.03F * p.em());
    return small;
}

// Paints the boxes from `row` downward; returns the field to explain.
const ByteField* paint_boxes(const Scene& scene, const Painter& p, Rect row,
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
        const Touch touch = touch_area(p, id.c_str(), box);
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

void paint_explanation(const Painter& p, Rect room, const ByteField& field) {
    const float name = p.width(TextStyle::Strong, field.name) + p.em();
    p.text({room.x, room.y, name, 1.2F * p.em()}, TextStyle::Strong, ColourRole::Syn, field.name);
    p.fitted({room.x + name, room.y, room.w - name, 1.2F * p.em()}, TextStyle::Small,
             ColourRole::Text, field.value);
}

void paint_options(const Scene& scene, Rect line, const SegmentBytes& bytes) {
    const Painter& p = scene.painter;
    if (bytes.options.empty()) return;
    const Touch touch = touch_area(p, "options", line);
    if (touch.clicked) scene.state.field = ByteField::Id::Options;
    const std::string heading = say(Text::FieldOptions) + "   ";
    const float w = p.width(TextStyle::Small, heading);
    p.text(line, TextStyle::Small, touch.hovered ? ColourRole::Text : ColourRole::TextDim, heading);
    p.fitted({line.x + w, line.y, line.w - w, line.h}, TextStyle::Small,
             touch.hovered ? ColourRole::Text : ColourRole::TextDim, bytes.options);
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
    const Painter small = fitting(p, bytes, inside.w);
    const Rect row = {inside.x, inside.y + 1.55F * em, inside.w, kBox * small.em()};
    const ByteField* field = paint_boxes(scene, small, row, bytes);
    const auto rows = static_cast<float>(rows_of(small, bytes, inside.w + 1));
    float y = row.y + rows * row.h + (rows - 1) * kGap * small.em() + 0.5F * em;
    if (field != nullptr) {
        paint_explanation(p, {inside.x, y, inside.w, 1.2F * em}, *field);
        y += 1.45F * em;
    }
    if (y + em < inside.bottom() + 0.5F * em)
        paint_options(scene, {inside.x, y, inside.w, 1.2F * em}, bytes);
}

}  // namespace

void paint_bytes_panel(const Scene& scene, Rect area) {
    const Painter& p = scene.painter;
    const float em = p.em();
    paint_panel(p, area);
    const Rect inside = {area.x + em, area.y + 0.75F * em, area.w - 2 * em, area.h - 1.2F * em};
    const session::Session& session = scene.session;
    const model::Segment* segment = session.timeline().segment(session.shown_segment());
    if (segment == nullptr) {
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
    paint_segment(scene, inside, view::octets::segment_bytes(*segment, base), taken);
    p.unclip();
}

}  // namespace tcpstep::ui::panel
