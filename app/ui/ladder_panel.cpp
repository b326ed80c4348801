#include "app/ui/ladder_panel.hpp"

#include <algorithm>

#include <imgui.h>

#include "app/session/claims.hpp"
#include "app/ui/claim_chip.hpp"
#include "app/ui/controls.hpp"
#include "app/ui/held_actions.hpp"
#include "app/ui/ladder_paint.hpp"
#include "app/ui/popup_list.hpp"
#include "app/ui/predict_card.hpp"
#include "app/view/ladder_layout.hpp"
#include "app/view/say.hpp"
#include "app/view/time_text.hpp"
#include "model/tcpdump_line.hpp"

namespace tcpstep::ui {

using view::say;
using view::Text;

namespace {

constexpr model::Duration kFrame = std::chrono::microseconds(16'667);  // 60 a second

void refresh_rows(const Scene& scene) {
    UiState& state = scene.state;
    if (state.rows_of != scene.session.timeline_number()) {
        state.rows = view::LadderRows();
        state.rows_of = scene.session.timeline_number();
        state.scrolled_by_hand = false;
    }
    state.rows.catch_up(scene.session.timeline(), scene.session.index());
}

// Keeps the current event in sight, unless the wheel was turned since it was reached.
float scroll_for(const Scene& scene, Rect view_area, float content, bool hovered) {
    UiState& state = scene.state;
    const float em = scene.painter.em();
    const std::size_t position = scene.session.position();
    if (position != state.scrolled_at) state.scrolled_by_hand = false;
    state.scrolled_at = position;
    const float now = std::max(0.0F, content - view_area.h);
    const float wheel = hovered ? ImGui::GetIO().MouseWheel : 0;
    if (wheel != 0) {
        const float from = state.scrolled_by_hand ? state.scroll * em : now;
        state.scroll = std::clamp(from - wheel * 3 * em, 0.0F, now) / em;
        state.scrolled_by_hand = true;
    }
    return state.scrolled_by_hand ? std::min(state.scroll * em, now) : now;
}

void paint_header(const Scene& scene, Rect line) {
    const Painter& p = scene.painter;
    const float em = p.em();
    const bool raw = scene.session.look().raw_numbers;
    const std::string words = say(raw ? Text::NumbersRaw : Text::NumbersRelative);
    const float w = p.width(TextStyle::Small, words) + 1.4F * em;
    const Rect numbers = {line.right() - w, line.y, w, line.h};
    if (word_button(p, "numbers", numbers, words, say(Text::TipNumbers), ColourRole::TextDim)) {
        scene.wish(session::ToggleRawNumbers{});
    }
    float left = numbers.x;
    const float predict_w = predict_chip_width(scene);
    if (predict_w > 0) {
        left -= predict_w + 0.5F * em;
        paint_predict_chip(scene, {left, line.y, predict_w, line.h});
    }
    const auto& connections = scene.session.trace().connections();
    const std::size_t shown = scene.session.timeline().connection().value_or(0);
    const std::string which = say(Text::ConnectionOf, shown + 1, connections.size());
    const float which_w = connections.size() < 2 ? 0 : p.width(TextStyle::Small, which) + 1.9F * em;
    const float title_w = p.width(TextStyle::Title, say(Text::LadderTitle)) + 0.5F * em;
    const view::ClaimTally tally = session::claim_tally(scene.session);
    // The title gives way where the chips need its place.
    const float room = left - which_w - line.x - 0.5F * em;
    float claims_w = claim_chip_width(scene, tally, room - title_w);
    if (claims_w == 0) claims_w = claim_chip_width(scene, tally, room);
    if (claims_w > 0) {
        left -= claims_w + 0.5F * em;
        paint_claim_chip(scene, tally, {left, line.y, claims_w, line.h});
    }
    if (left - which_w >= line.x + title_w)
        p.text(line, TextStyle::Title, ColourRole::Text, say(Text::LadderTitle));
    if (connections.size() < 2) {
        if (left - line.x < 16 * em) return;
        p.text({line.x, line.y, left - line.x - 1.1F * em, line.h}, TextStyle::Small,
               ColourRole::TextDim, say(Text::TimeByEvent), Align::Right);
        return;
    }
    const Rect box = {left - which_w, line.y, which_w - 0.5F * em, line.h};
    if (word_button(p, "connection", box, which, say(Text::TipConnection), ColourRole::TextDim)) {
        ImGui::OpenPopup("connections");
    }
    std::vector<ListEntry> entries;
    for (const model::ConnectionId& id : connections) {
        entries.push_back({model::to_string(id), entries.size() == shown});
    }
    if (const auto picked = popup_list(scene, "connections", box, entries)) {
        scene.wish(session::SelectConnection{static_cast<model::ConnectionIndex>(*picked)});
    }
}

void paint_names(const Painter& p, const view::Ladder& ladder, Rect line) {
    const float w = 12 * p.em();
    for (model::Role role : {model::Role::Client, model::Role::Server}) {
        const float x = line.x + (role == model::Role::Client ? ladder.client_x : ladder.server_x);
        p.text({x - w / 2, line.y, w, line.h}, TextStyle::Strong, view::role_colour(role),
               view::role_word(role), Align::Centre);
    }
}

void paint_scroll_bar(const Painter& p, Rect area, float scroll, float content) {
    if (content <= area.h + 1) return;
    const float h = std::max(area.h * area.h / content, 2 * p.em());
    const float y = area.y + (area.h - h) * scroll / (content - area.h);
    p.fill({area.right() - 0.28F * p.em(), y, 0.28F * p.em(), h}, ColourRole::Edge, 0.14F * p.em(),
           0.7F);
}

void tell_segment(const Scene& scene, model::SegmentId id) {
    const model::Timeline& timeline = scene.session.timeline();
    const model::Segment* segment = timeline.segment(id);
    const auto event = timeline.event_of_segment(id);
    if (segment == nullptr || !event) return;
    const auto connection = timeline.event(*event).connection;
    if (!connection) return;
    const bool raw = scene.session.look().raw_numbers;
    const model::SeqBase base = view::base_of(timeline.at(timeline.size()), segment->from, raw);
    paint_tip(
        scene.painter,
        say(Text::TipSegment, id, view::direction_text(segment->from),
            view::offset_text(timeline.event(*event).time - timeline.event(0).time),
            model::to_tcpdump_line(*segment, timeline.trace().connections()[*connection], base)));
}

std::string empty_words(const session::Session& session) {
    using Content = session::Session::Content;
    if (session.content() == Content::Nothing) return say(Text::NothingOpen);
    const bool recording = session.content() == Content::Recording;
    if (session.timeline().size() == 0) {
        return say(recording           ? Text::NoEventsFile
                   : session.running() ? Text::NoEventsLive
                   : session.failure() ? Text::NoEventsFailed
                                       : Text::NoEventsRan);
    }
    const bool connected = !session.trace().connections().empty();
    if (!connected && recording && session.speaks_tcp()) return say(Text::NoConnection);
    if (session.position() == 0) return say(Text::NothingYet);
    if (connected || !session.speaks_tcp()) return {};
    return say(session.running() ? Text::NoSegmentYet : Text::NoSegmentRan);
}

// Where nothing is drawn yet: one line that says why, or what to do.
void paint_empty(const Scene& scene, Rect area) {
    const std::string words = empty_words(scene.session);
    if (words.empty()) return;
    const Painter& p = scene.painter;
    const float room = std::max(0.5F * area.w, 8 * p.em());
    const float h = p.wrapped_height(room, TextStyle::Body, words);
    const float w = std::min(room, p.width(TextStyle::Body, words));
    const Rect box = {area.centre().x - w / 2, area.y + 0.55F * area.h - h / 2, w, h};
    p.fill({box.x - p.em(), box.y - p.em(), w + 2 * p.em(), h + 1.8F * p.em()}, ColourRole::Control,
           0.6F * p.em());
    p.wrapped({box.x, box.y}, room, TextStyle::Body, ColourRole::Text, words);
}

}  // namespace

void paint_ladder_panel(const Scene& scene, Rect area) {
    const Painter& p = scene.painter;
    const float em = p.em();
    const float pad = std::min(em, 0.03F * area.w);
    paint_panel(p, area);
    refresh_rows(scene);
    paint_header(scene, {area.x + pad, area.y + 0.75F * em, area.w - 2 * pad, 1.5F * em});
    const float foot = held_actions_height(scene.session) * em;
    paint_held_actions(scene,
                       {area.x + pad, area.bottom() - foot - 0.4F * em, area.w - 2 * pad, foot});
    const float top = area.y + 3.75F * em;
    const Rect visible = {area.x + 0.4F * em, top, area.w - 0.8F * em,
                          area.bottom() - top - 0.5F * em - foot};

    const Touch touch = touch_area(p, "ladder", visible);
    view::LadderInput input{scene.session.timeline(), scene.session.index(), scene.state.rows};
    input.position = scene.session.position();
    input.now = scene.state.now;
    input.foretells = scene.session.predicting().open() == nullptr;
    input.selected = scene.session.selected_segment();
    input.raw_numbers = scene.session.look().raw_numbers;
    input.width = visible.w;
    input.height = visible.h;
    input.em = em;
    const bool more = input.position < scene.session.timeline().size() || scene.session.running();
    const float content = view::ladder_height(input, more);
    input.scroll = scroll_for(scene, visible, content, touch.hovered);
    input.measure = p.measure();
    const view::Ladder ladder = view::lay_out_ladder(input);
    if (ladder.changes_in) scene.changes_in(std::max(*ladder.changes_in, kFrame));
    paint_names(p, ladder, {visible.x, top - 1.35F * em, visible.w, 1.2F * em});

    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const ImVec2 moved = ImGui::GetIO().MouseDelta;
    if (moved.x != 0 || moved.y != 0 || touch.clicked) scene.state.mouse_rests = false;
    const view::Arrow* pointed =
        touch.hovered && !scene.state.mouse_rests
            ? view::arrow_at(ladder, {mouse.x - visible.x, mouse.y - visible.y}, 0.6F * em)
            : nullptr;
    p.clip(visible);
    paint_ladder(p, ladder, {visible.x, visible.y}, pointed == nullptr ? 0 : pointed->segment,
                 scene.session.at_gate() == session::AtGate::Holding);
    p.unclip();
    if (input.scroll > 0) p.fade({visible.x, visible.y, visible.w, 1.2F * em}, ColourRole::Panel);
    paint_scroll_bar(p, visible, input.scroll, content);
    paint_empty(scene, visible);
    if (pointed == nullptr) return;
    tell_segment(scene, pointed->segment);
    if (touch.clicked) {
        const bool again = pointed->segment == scene.session.selected_segment();
        scene.wish(session::SelectSegment{again ? 0 : pointed->segment});
    }
}

}  // namespace tcpstep::ui
