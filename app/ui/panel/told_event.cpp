#include "app/ui/panel/told_event.hpp"

#include <algorithm>

#include <imgui.h>

#include "app/ui/icons.hpp"

namespace tcpstep::ui::panel {

using view::Happening;
using view::MoreLine;

namespace {

constexpr float kRow = 1.25F;  // em
constexpr float kGap = 0.25F;  // em between the paragraphs
constexpr float kLine = 2;     // em that a key, or a turn of the wheel, scrolls

float label_width(const Painter& p, const std::vector<MoreLine>& more) {
    float w = 0;
    for (const MoreLine& line : more)
        w = std::max(w, p.width(TextStyle::Label, line.label) + 0.9F * p.em());
    return w;
}

float line_height(const Painter& p, float w, const MoreLine& line) {
    float h = 0.3F * p.em() + p.wrapped_height(w, TextStyle::Small, line.text);
    if (!line.source.empty()) h += 1.2F * p.em();
    return h;
}

float more_height(const Painter& p, float w, const std::vector<MoreLine>& more) {
    const float label = label_width(p, more);
    float h = 0;
    for (const MoreLine& line : more) h += line_height(p, w - label, line);
    return h;
}

float height_of(const Painter& p, float w, const Told& told) {
    const float more = told.more.empty() ? 0 : 0.6F * p.em() + more_height(p, w, told.more);
    return happening_height(p, w, told.happening) + more;
}

void paint_more(const Painter& p, const std::vector<MoreLine>& more, Rect room, float y) {
    const float label = label_width(p, more);
    const Rect words = {room.x + label, y, room.w - label, 0};
    for (const MoreLine& line : more) {
        y += 0.3F * p.em();
        p.text({room.x, y, label, 1.1F * p.em()}, TextStyle::Label, ColourRole::TextDim,
               line.label);
        if (!line.source.empty()) {
            p.fitted({words.x, y, words.w, 1.2F * p.em()}, TextStyle::Strong, ColourRole::Attention,
                     line.source);
            y += 1.2F * p.em();
        }
        y += p.wrapped({words.x, y}, words.w, TextStyle::Small, ColourRole::Text, line.text);
    }
}

void paint_words(const Painter& p, const Told& told, Rect room, float y) {
    const Happening& happening = told.happening;
    y += p.wrapped({room.x, y}, room.w, TextStyle::Body,
                   told.dim ? ColourRole::TextDim : ColourRole::Text, happening.sentence);
    float squeeze = 1;
    for (const std::string& row : happening.rows)
        squeeze =
            std::min(squeeze, Painter::squeeze_for(p.width(TextStyle::MonoSmall, row), room.w));
    for (const std::string& row : happening.rows) {
        p.cut({room.x, y, room.w, kRow * p.em()}, TextStyle::MonoSmall, ColourRole::Text, row,
              Align::Left, squeeze);
        y += kRow * p.em();
    }
    for (const Happening::Change& change : happening.changes) {
        y += kGap * p.em();
        y += p.wrapped({room.x, y}, room.w, TextStyle::Body, change.colour, change.text);
    }
    if (told.more.empty()) return;
    y += 0.3F * p.em();
    p.line({room.x, y}, {room.right(), y}, ColourRole::Line, 1);
    y += 0.3F * p.em();
    paint_more(p, told.more, room, y);
}

// Adds where each line of a text ends that begins at `y`; returns where it ends.
float add_lines(std::vector<float>& ends, const Painter& p, float y, float w, TextStyle style,
                std::string_view text) {
    const float line = p.wrapped_height(w, style, "x");
    const float end = y + p.wrapped_height(w, style, text);
    for (float at = y + line; at < end + line / 2; at += line) ends.push_back(at);
    return end;
}

// Where each line of it ends, from its top.
std::vector<float> line_ends(const Painter& p, float w, const Told& told) {
    std::vector<float> ends;
    const Happening& happening = told.happening;
    float y = add_lines(ends, p, 0, w, TextStyle::Body, happening.sentence);
    for (std::size_t i = 0; i < happening.rows.size(); ++i) ends.push_back(y += kRow * p.em());
    for (const Happening::Change& change : happening.changes)
        y = add_lines(ends, p, y + kGap * p.em(), w, TextStyle::Body, change.text);
    const float label = label_width(p, told.more);
    y += 0.6F * p.em();
    for (const MoreLine& line : told.more) {
        y += 0.3F * p.em();
        if (!line.source.empty()) ends.push_back(y += 1.2F * p.em());
        y = add_lines(ends, p, y, w - label, TextStyle::Small, line.text);
    }
    return ends;
}

// How much of the room is filled by whole lines: half a line cannot be read, and looks like a
// fault.
float whole_lines(const Painter& p, Rect room, float scroll, const Told& told) {
    float seen = 0;
    for (const float end : line_ends(p, room.w, told)) {
        // Below its letters a line has a gap, which may be missing.
        if (end - scroll <= room.h + 0.25F * p.em()) seen = end - scroll;
    }
    return seen > 0 ? std::min(seen, room.h + 0.25F * p.em()) : room.h;
}

float scroll_for(const Scene& scene, Rect room, float content) {
    UiState& state = scene.state;
    const float em = scene.painter.em();
    if (state.more_at != scene.session.position()) state.more_scroll = 0;
    state.more_at = scene.session.position();
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    if (ImGui::IsWindowHovered() && room.contains({mouse.x, mouse.y}))
        state.more_scroll -= kLine * ImGui::GetIO().MouseWheel;
    state.more_scroll = std::clamp(state.more_scroll, 0.0F, std::max(0.0F, content - room.h) / em);
    return state.more_scroll * em;
}

void paint_bar(const Painter& p, Rect room, float scroll, float content) {
    if (content <= room.h + 1) return;
    const float h = std::max(room.h * room.h / content, p.em());
    const float y = room.y + (room.h - h) * scroll / (content - room.h);
    p.fill({room.right() + 0.4F * p.em(), y, 0.28F * p.em(), h}, ColourRole::Edge, 0.14F * p.em());
}

}  // namespace

float happening_height(const Painter& p, float w, const Happening& happening) {
    float h = p.wrapped_height(w, TextStyle::Body, happening.sentence);
    h += static_cast<float>(happening.rows.size()) * kRow * p.em();
    for (const Happening::Change& change : happening.changes) {
        h += kGap * p.em() + p.wrapped_height(w, TextStyle::Body, change.text);
    }
    return h;
}

void paint_told(const Scene& scene, Rect area, Rect room, const Told& told) {
    const Painter& p = scene.painter;
    const float content = height_of(p, room.w, told);
    const float scroll = scroll_for(scene, room, content);
    scene.needs_foot(room.y - area.y + content + 0.8F * p.em());
    const bool more = content - scroll > room.h + 0.25F * p.em();
    const float seen = more ? whole_lines(p, room, scroll, told) : area.bottom() - room.y;
    p.clip({area.x, room.y, area.w, seen});
    paint_words(p, told, room, room.y - scroll);
    p.unclip();
    if (scroll > 0) p.fade({room.x, room.y, room.w, 0.4F * p.em()}, ColourRole::Panel);
    paint_bar(p, room, scroll, content);
    if (!more) return;
    // There is more below: the sign stands where no line does.
    draw_icon(p, Icon::Down, {area.right() - 0.6F * p.em(), area.bottom() - 0.5F * p.em()},
              0.6F * p.em(), ColourRole::Attention, ColourRole::Panel);
}

bool scroll_told(const session::Command& command, const session::Session& session, UiState& state) {
    const auto* move = std::get_if<session::MoveInList>(&command);
    if (move == nullptr || !session.look().more) return false;
    state.more_scroll = std::max(0.0F, state.more_scroll + kLine * static_cast<float>(move->rows));
    return true;
}

}  // namespace tcpstep::ui::panel
