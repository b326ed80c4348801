#include "app/ui/panel/ladder_header.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <imgui.h>

#include "app/session/claims.hpp"
#include "app/ui/controls.hpp"
#include "app/ui/panel/claim_chip.hpp"
#include "app/ui/panel/events_panel.hpp"
#include "app/ui/panel/predict_card.hpp"
#include "app/ui/popup_list.hpp"
#include "app/view/say.hpp"

namespace tcpstep::ui::panel {

using view::say;
using view::Text;
using view::TimeAxis;

namespace {

constexpr std::array kAxes = {TimeAxis::ByEvent, TimeAxis::Linear, TimeAxis::Collapsed};

std::string axis_words(TimeAxis axis) {
    switch (axis) {
        case TimeAxis::ByEvent:
            return say(Text::TimeByEvent);
        case TimeAxis::Linear:
            return say(Text::TimeLinear);
        case TimeAxis::Collapsed:
            break;
    }
    return say(Text::TimeCollapsed);
}

float time_chip_width(const Scene& scene) {
    const Painter& p = scene.painter;
    return p.width(TextStyle::Small, axis_words(scene.session.look().time_axis)) + 2.2F * p.em();
}

void paint_time_chip(const Scene& scene, Rect box) {
    const Painter& p = scene.painter;
    const float em = p.em();
    const TimeAxis axis = scene.session.look().time_axis;
    const Touch touch = touch_area(p, "time axis", box, say(Text::TipTimeAxis));
    const ColourRole ground = touch.hovered ? ColourRole::ControlHover : ColourRole::Control;
    p.fill(box, ground, 0.33F * em);
    p.fitted({box.x + 0.6F * em, box.y, box.w - 2.0F * em, box.h}, TextStyle::Small,
             axis == TimeAxis::ByEvent ? ColourRole::TextDim : ColourRole::Text, axis_words(axis));
    draw_icon(p, Icon::Down, {box.right() - 0.85F * em, box.centre().y}, 0.5F * em,
              ColourRole::TextDim, ground);
    if (touch.clicked) ImGui::OpenPopup("time axes");
    std::vector<ListEntry> entries;
    for (const TimeAxis one : kAxes) entries.push_back({axis_words(one), one == axis});
    if (const auto picked = popup_list(scene, "time axes", box, entries)) {
        scene.wish(session::ChooseTimeAxis{kAxes[*picked]});
    }
}

}  // namespace

void paint_ladder_header(const Scene& scene, Rect line) {
    const Painter& p = scene.painter;
    const float em = p.em();
    paint_events_button(scene, {line.right() - 1.5F * em, line.y, 1.5F * em, line.h});
    line.w -= 2 * em;
    const bool raw = scene.session.look().raw_numbers;
    const std::string words = say(raw ? Text::NumbersRaw : Text::NumbersRelative);
    const float w = p.width(TextStyle::Small, words) + 1.4F * em;
    const Rect numbers = {line.right() - w, line.y, w, line.h};
    if (word_button(p, "numbers", numbers, words, say(Text::TipNumbers), ColourRole::TextDim)) {
        scene.wish(session::ToggleRawNumbers{});
    }
    float left = numbers.x;
    const float time_w = time_chip_width(scene);
    const float predict_w = predict_chip_width(scene);
    const auto& connections = scene.session.trace().connections();
    const std::size_t shown = scene.session.timeline().connection().value_or(0);
    const std::string which = say(Text::ConnectionOf, shown + 1, connections.size());
    const float which_w = connections.size() < 2 ? 0 : p.width(TextStyle::Small, which) + 1.9F * em;
    const view::ClaimTally tally = session::claim_tally(scene.session);
    // Where room is scarce the key alone must do: the other chips tell more.
    const float others = left - time_w - predict_w - which_w - line.x - 1.5F * em;
    const bool fits = others > 0 && (tally.all == 0 || claim_chip_width(scene, tally, others) > 0);
    if (fits) {
        left -= time_w + 0.5F * em;
        paint_time_chip(scene, {left, line.y, time_w, line.h});
    }
    if (predict_w > 0) {
        left -= predict_w + 0.5F * em;
        paint_predict_chip(scene, {left, line.y, predict_w, line.h});
    }
    const float title_w = p.width(TextStyle::Title, say(Text::LadderTitle)) + 0.5F * em;
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
    if (connections.size() < 2) return;
    const Rect box = {left - which_w, line.y, which_w - 0.5F * em, line.h};
    if (word_button(p, "connection", box, which, say(Text::TipConnection), ColourRole::TextDim)) {
        scene.wish(session::ToggleConnections{});
    }
}

void paint_ladder_ends(const Scene& scene, const view::ladder::Ladder& ladder, Rect line) {
    const Painter& p = scene.painter;
    const float em = p.em();
    const float w = 6 * em;
    for (model::Role role : {model::Role::Client, model::Role::Server}) {
        const float x = line.x + (role == model::Role::Client ? ladder.client_x : ladder.server_x);
        p.text({x - w / 2, line.y, w, line.h}, TextStyle::Strong, view::role_colour(role),
               view::role_word(role), Align::Centre);
    }
    const float side = 1.35F * em;
    const Rect out = {line.right() - 2.3F * side, line.y, side, line.h};
    const Rect in = {line.right() - 1.1F * side, line.y, side, line.h};
    // The keys' own way, so that the window alone remembers.
    if (word_button(p, "zoom out", out, "\u2212", say(Text::TipZoomOut)))
        scene.wish(session::ZoomLadder{-1});
    if (word_button(p, "zoom in", in, "+", say(Text::TipZoomIn)))
        scene.wish(session::ZoomLadder{1});
    if (!scene.state.ladder.follows() || !scene.state.ladder.has_normal_size()) {
        const std::string words = say(Text::LadderFollow);
        const Rect follow = {line.x, line.y, p.width(TextStyle::Small, words) + 1.2F * em, line.h};
        const bool away = !scene.state.ladder.follows();
        if (word_button(p, "follow", follow, words, say(Text::TipFollow),
                        away ? ColourRole::Attention : ColourRole::TextDim))
            scene.wish(session::FollowLadder{});
    }
    if (!ladder.thinned) return;
    const float left = line.x + ladder.client_x + 3 * em;
    p.fitted({left, line.y, line.x + ladder.server_x - 3 * em - left, line.h}, TextStyle::Small,
             ColourRole::Attention, say(Text::LadderThinned, ladder.events), Align::Centre);
}

}  // namespace tcpstep::ui::panel
