#include "app/ui/panel/state_card.hpp"

#include <algorithm>
#include <string>

#include <imgui.h>

#include "app/ui/controls.hpp"
#include "app/ui/panel/kernel_panel.hpp"
#include "app/view/diagram/state_story.hpp"
#include "app/view/say.hpp"
#include "app/view/segment_text.hpp"
#include "app/view/socket_kind.hpp"

namespace tcpstep::ui::panel {

using view::say;
using view::Text;
using view::diagram::StateStory;
using view::diagram::StateVisit;

namespace {

// In em.
constexpr float kWidth = 23;
constexpr float kLeastWidth = 16;  // narrower it is not read
constexpr float kPad = 0.9F;
constexpr float kTitle = 1.6F;
constexpr float kRow = 1.35F;
constexpr float kLabel = 3.6F;  // "entered"
constexpr float kGap = 0.45F;

/// Paints from the top of `area` downward; with `measure_only` it only finds out how high that is.
struct Column {
    const Scene& scene;
    const Painter& p;
    model::Role end;  ///< of which it tells
    Rect area;
    bool measure_only;
    Rect card = {};  ///< all of it: what is told beside the mouse stands outside of it
    float y = area.y;

    void wrapped(float x, TextStyle style, ColourRole role, std::string_view text) {
        const float w = area.right() - x;
        y += measure_only ? p.wrapped_height(w, style, text)
                          : p.wrapped({x, y}, w, style, role, text);
    }
    // When, and below it why; a click goes there.
    void turn(Text label, const StateVisit::Turn& turn, const view::SelectedState& stay) {
        const float em = p.em();
        const float top = y;
        const float x = area.x + kLabel * em;
        const std::string why =
            turn.edge.empty() ? turn.cause : turn.edge + " \u00b7 " + turn.cause;
        const float below = p.wrapped_height(area.right() - x, TextStyle::Small, why);
        const Rect box = {area.x - 0.3F * em, top, area.w + 0.6F * em, kRow * em + below};
        y += kRow * em;
        if (!measure_only) {
            const std::string id = "turn " + std::to_string(turn.event);
            const Touch touch = touch_area(p, id.c_str(), box);
            if (touch.hovered) {
                p.fill(box, ColourRole::ControlHover, 0.25F * em);
                paint_tip_of(p, card, say(Text::TipVisit));
            }
            if (touch.clicked) {
                scene.wish(session::Seek{turn.event + 1});
                scene.wish(session::Select{stay});
            }
            p.text({area.x, top, kLabel * em, kRow * em}, TextStyle::Small, ColourRole::TextDim,
                   say(label));
            p.fitted({x, top, area.right() - x, kRow * em}, TextStyle::Mono, ColourRole::Text,
                     turn.when);
        }
        wrapped(x, TextStyle::Small, ColourRole::TextDim, why);
    }
    void visit(const StateVisit& visit) {
        const float em = p.em();
        const view::SelectedState stay{end, visit.entered.event};
        const float top = y;
        if (!measure_only && scene.session.selection() == view::Selection(stay)) {
            Column below{scene, p, end, {area.x, top, area.w, 0}, true};
            below.visit(visit);
            paint_selected_row(
                p, {area.x - 0.3F * em, top, area.w + 0.6F * em, below.y - top - kGap * em});
        }
        turn(Text::CardEntered, visit.entered, stay);
        if (visit.left) turn(Text::CardLeft, *visit.left, stay);
        if (!measure_only) {
            p.fitted({area.x + kLabel * em, y, area.w - kLabel * em, kRow * em}, TextStyle::Small,
                     ColourRole::Text, visit.stayed);
        }
        y += (kRow + kGap) * em;
    }
    void rule() {
        if (!measure_only) p.line({area.x, y}, {area.right(), y}, ColourRole::Line, 1);
        y += kGap * p.em();
    }
};

// The last `shown` visits, and how many there were before.
void lay_out(Column& column, const StateStory& story, std::size_t shown) {
    const float em = column.p.em();
    column.wrapped(column.area.x, TextStyle::Small, ColourRole::Text, story.meaning);
    column.y += kGap * em;
    column.rule();
    if (!story.none.empty()) {
        return column.wrapped(column.area.x, TextStyle::Small, ColourRole::TextDim, story.none);
    }
    const std::size_t first = story.visits.size() - shown;
    if (first > 0) {
        column.wrapped(column.area.x, TextStyle::Small, ColourRole::TextDim,
                       say(Text::CardEarlier, first));
    }
    for (std::size_t i = first; i < story.visits.size(); ++i) column.visit(story.visits[i]);
}

float height_of(const Scene& scene, model::Role role, const StateStory& story, std::size_t shown,
                float w) {
    Column column{scene, scene.painter, role, {0, 0, w, 0}, true};
    lay_out(column, story, shown);
    return column.y;
}

bool over_panel(Rect panel, float em) {
    return panel.w >= kLeastWidth * em;
}

// Over the panel's own calls, or what is below: the lifelines, and the state that was clicked, stay
// in sight. Where the panel is too narrow, or too low, beside it, toward the middle of the window,
// at the height of the state; all of it in the window.
Rect place(const StateCard& card, Rect panel, float w, float h, float gap) {
    const ImVec2 screen = ImGui::GetIO().DisplaySize;
    if (w <= panel.w) {
        const float below = std::max(panel.bottom() - h, card.node.bottom() + gap / 2);
        if (below + h + gap <= screen.y) return {panel.x, below, w, h};
        const float above = card.node.y - gap / 2 - h;
        if (above >= gap) return {panel.x, above, w, h};
    }
    const bool client = card.role == model::Role::Client;
    const float x = client ? panel.right() + gap : panel.x - gap - w;
    const float lowest = std::max(gap, screen.y - h - gap);
    return {std::clamp(x, 0.0F, std::max(0.0F, screen.x - w)),
            std::clamp(card.node.y - gap, std::min(panel.y, lowest), lowest), w, h};
}

void paint_title(const Painter& p, const StateCard& card, const StateStory& story, Rect line,
                 UiState& state) {
    const float em = p.em();
    const std::string title(name(card.state));
    p.text(line, TextStyle::Flags, view::role_colour(card.role), title);
    const Rect cross = {line.right() - line.h, line.y, line.h, line.h};
    const float used = p.width(TextStyle::Flags, title) + 0.8F * em;
    p.fitted({line.x + used, line.y, line.w - used - line.h - 0.4F * em, line.h}, TextStyle::Small,
             ColourRole::TextDim,
             view::role_word(card.role) + " \u00b7 RFC 9293 " + std::string(story.rfc));
    if (icon_button(p, "close card", cross, Icon::Cross, say(Text::TipCardClose))) {
        state.card.reset();
    }
}

}  // namespace

void paint_state_card(const Scene& scene, Rect panel) {
    const session::Session& session = scene.session;
    if (!scene.state.card || !view::speaks_tcp_at(session.timeline(), session.position())) return;
    const StateCard card = *scene.state.card;
    const StateStory story =
        view::diagram::tell_state(session.timeline(), session.index(), card.role, card.state,
                                  session.position(), scene.state.now);
    if (story.changes_in) scene.changes_in(std::max(*story.changes_in, kGlance));
    const ImVec2 screen = ImGui::GetIO().DisplaySize;
    const float em = scene.painter.em();
    const float w = over_panel(panel, em) ? panel.w : std::min(kWidth * em, screen.x);
    const float inside = w - 2 * kPad * em;
    const float frame = (kTitle + 2 * kPad) * em;
    const float room = 0.8F * screen.y - frame;
    std::size_t shown = story.visits.size();
    while (shown > 1 && height_of(scene, card.role, story, shown, inside) > room) --shown;
    const float h = height_of(scene, card.role, story, shown, inside) + frame;
    const Rect box = place(card, panel, w, h, 0.7F * em);

    ImGui::SetNextWindowPos(ImVec2(box.x, box.y));
    ImGui::SetNextWindowSize(ImVec2(box.w, box.h));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
    ImGui::Begin("state card", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground |
                     ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoNav |
                     ImGuiWindowFlags_NoFocusOnAppearing);
    ImGui::PopStyleVar();
    const Painter p = scene.painter.into(*ImGui::GetWindowDrawList());
    p.fill(box, ColourRole::Panel, 0.5F * em);
    p.outline(box, view::role_colour(card.role), 0.5F * em, em / 9);
    paint_title(p, card, story, {box.x + kPad * em, box.y + kPad * em, inside, 1.3F * em},
                scene.state);
    Column column{scene,     p,
                  card.role, {box.x + kPad * em, box.y + (kPad + kTitle) * em, inside, 0},
                  false,     box};
    lay_out(column, story, shown);
    ImGui::End();
}

bool close_state_card(const session::Command& command, UiState& state) {
    if (!state.card || !std::holds_alternative<session::Dismiss>(command)) return false;
    state.card.reset();
    return true;
}

}  // namespace tcpstep::ui::panel
