#include "app/ui/window/screen.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include <imgui.h>

#include "app/session/claims.hpp"
#include "app/ui/ground.hpp"
#include "app/ui/panel/bytes_panel.hpp"
#include "app/ui/panel/claims_panel.hpp"
#include "app/ui/panel/connections_panel.hpp"
#include "app/ui/panel/end_fold.hpp"
#include "app/ui/panel/end_panel.hpp"
#include "app/ui/panel/events_panel.hpp"
#include "app/ui/panel/glossary_panel.hpp"
#include "app/ui/panel/happened_panel.hpp"
#include "app/ui/panel/help_panel.hpp"
#include "app/ui/panel/inspector_panel.hpp"
#include "app/ui/panel/ladder_panel.hpp"
#include "app/ui/panel/open_dialog.hpp"
#include "app/ui/panel/overlays.hpp"
#include "app/ui/panel/predict_card.hpp"
#include "app/ui/panel/state_card.hpp"
#include "app/ui/panel/top_bar.hpp"
#include "app/ui/panel/transport.hpp"
#include "app/ui/window/arrangement.hpp"
#include "app/view/socket_kind.hpp"

namespace tcpstep::ui::window {

namespace {

const std::vector<view::ClaimEntry>& claims_shown(const session::Session& session) {
    static const std::vector<view::ClaimEntry> kNone;
    return session.look().claims ? session::claims_of(session) : kNone;
}

// The arrow keys belong to the list that was opened last; a click in the events gives them back.
void own_arrow_keys(const session::Look& look, UiState& state) {
    if (look.events && !state.events_open) state.keys_to_events = true;
    if (look.claims && !state.claims_open) state.keys_to_events = false;
    if (!look.claims) state.keys_to_events = look.events;
    state.events_open = look.events;
    state.claims_open = look.claims;
}

Wanted wanted_in(const session::Session& session, const UiState& state, float foot) {
    const session::Look& look = session.look();
    const bool claims = look.claims && session::claim_tally(session).all > 0;
    return {look.more,
            look.inspector,
            panel::predict_card_wanted(session) || claims,
            look.events,
            session.hand() != nullptr,
            claims,
            panel::predict_card_wanted(session),
            view::speaks_tcp_at(session.timeline(), session.position()),
            !panel::inspects_something(session),
            panel::open_end(session, state) == model::Role::Server,
            foot};
}

bool wants_foot(const session::Look& look) {
    return look.more || look.claims;
}

// What happened, or what stands in its place beside an inspector.
void paint_left(const Scene& scene, Rect area, const std::vector<view::ClaimEntry>& claims,
                bool asked) {
    const bool inspects = scene.session.look().inspector;
    const bool claims_here = !claims.empty() && (asked || inspects);
    const bool asked_here = asked && inspects;
    if (claims_here && asked_here) {
        const float gap = 0.4F * scene.painter.em();
        const float half = (area.h - gap) / 2;
        panel::paint_predict_card(scene, {area.x, area.y, area.w, half});
        panel::paint_claims_panel(scene, {area.x, area.y + half + gap, area.w, half}, claims);
    } else if (asked_here) {
        panel::paint_predict_card(scene, area);
    } else if (claims_here) {
        panel::paint_claims_panel(scene, area, claims);
    } else {
        panel::paint_happened_panel(scene, area);
    }
}

void paint_parts(const Scene& scene, const Arrangement& a,
                 const std::vector<panel::Notice>& strips) {
    const Painter chrome = scene.painter.sized(a.chrome_em);
    const Painter side = scene.painter.sized(a.side_em);
    const Painter ladder = scene.painter.sized(a.ladder_em);
    const Painter happened = scene.painter.sized(a.happened_em);
    const Painter bytes = scene.painter.sized(a.bytes_em);
    for (const model::Role role : {model::Role::Client, model::Role::Server}) {
        panel::paint_end_panel(scene.with(side), role == model::Role::Client ? a.client : a.server,
                               role, a.folded == role);
    }
    panel::paint_ladder_panel(scene.with(ladder), a.ladder);
    if (scene.session.look().events)
        panel::paint_events_panel(scene.with(scene.painter.sized(a.events_em)), a.events);
    const std::vector<view::ClaimEntry>& claims = claims_shown(scene.session);
    const bool asked = panel::predict_card_wanted(scene.session);
    // The question and the claims stand in the same place: side by side if both are wanted.
    if (a.alone && !asked) {
        panel::paint_happened_panel(scene.with(happened), a.happened, true);
    } else if (!a.alone) {
        paint_left(scene.with(happened), a.happened, claims, asked);
    }
    if (scene.session.look().inspector) {
        panel::paint_inspector(scene.with(bytes), a.bytes);
    } else if (asked) {
        panel::paint_predict_card(scene.with(bytes), a.bytes);
    } else if (!claims.empty()) {
        panel::paint_claims_panel(scene.with(bytes), a.bytes, claims);
    } else if (!a.alone) {
        panel::paint_bytes_panel(scene.with(bytes), a.bytes);
    }
    panel::paint_top_bar(scene.with(chrome), a.top_bar);
    panel::paint_notices(scene.with(chrome), a.notices, strips);
    panel::paint_transport(scene.with(chrome), a.transport);
}

}  // namespace

void apply_theme(view::Theme theme, float em) {
    const auto colour = [theme](view::ColourRole role) {
        const view::Rgb c = view::colour(role, theme);
        return ImVec4(static_cast<float>(c.r) / 255, static_cast<float>(c.g) / 255,
                      static_cast<float>(c.b) / 255, 1);
    };
    ImGuiStyle& style = ImGui::GetStyle();
    style.WindowBorderSize = 0;
    style.PopupBorderSize = 1;
    style.PopupRounding = 0.4F * em;
    style.WindowRounding = 0.4F * em;
    style.WindowPadding = ImVec2(0.6F * em, 0.45F * em);
    style.ScrollbarSize = 0.6F * em;
    style.Colors[ImGuiCol_WindowBg] = colour(ColourRole::Background);
    style.Colors[ImGuiCol_PopupBg] = colour(ColourRole::Control);
    style.Colors[ImGuiCol_Border] = colour(ColourRole::Edge);
    style.Colors[ImGuiCol_ScrollbarBg] = colour(ColourRole::Control);
    style.Colors[ImGuiCol_ScrollbarGrab] = colour(ColourRole::Edge);
}

void paint_screen(const session::Session& session, const font::Fonts& fonts, UiState& state,
                  Commands& wishes) {
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    const std::vector<panel::Notice> strips = panel::notices(session);
    const float foot = std::exchange(state.foot_needed, 0.0F);
    const Arrangement a =
        arrange(size.x, size.y, session.look().text_percent, static_cast<unsigned>(strips.size()),
                wanted_in(session, state, foot));
    const float asked = body_text(size.x, size.y, session.look().text_percent);
    state.least_text = static_cast<unsigned>(
        static_cast<float>(session.look().text_percent) * a.smallest(asked) + 0.5F);
    own_arrow_keys(session.look(), state);
    state.popup_open = false;
    state.changes_in.reset();
    begin_ground("tcpstep");
    const Painter painter(*ImGui::GetWindowDrawList(), fonts, session.look().theme, a.em);
    const Scene scene{session, painter, state, wishes};
    const Rect window = {0, 0, size.x, size.y};
    painter.fill(window, ColourRole::Background);
    if (session.look().blank) {
        panel::paint_blank(scene, window);
        ImGui::End();
        state.close_popup = false;
        state.open_list.reset();
        return;
    }
    paint_parts(scene, a, strips);
    if (state.card) {
        const Painter side = painter.sized(a.side_em);
        panel::paint_state_card(scene.with(side),
                                state.card->role == model::Role::Client ? a.client : a.server);
    }
    ImGui::End();
    // What the bottom tells has another height than it was given.
    if (wants_foot(session.look()) && std::abs(state.foot_needed - foot) > 1)
        scene.changes_in(std::chrono::milliseconds(1));
    if (session.look().help) panel::paint_help(scene, window);
    if (!session.look().help) state.help_scroll = 0;
    if (session.look().glossary) panel::paint_glossary(scene, window);
    if (session.look().connections) panel::paint_connections(scene, window);
    if (!session.look().connections) state.connections.open = false;
    panel::paint_open_dialog(scene, window);
    panel::paint_reading(scene, window);
    // What a key did is to be seen in the help, not on top of it.
    const Painter front = painter.sized(a.chrome_em).into(*ImGui::GetForegroundDrawList());
    if (!session.look().help) panel::paint_toast(scene.with(front), window);
    state.close_popup = false;
    state.open_list.reset();
    state.focus_filter = false;
    if (!state.events_open && !state.connections.open) state.filter_letters = {};
}

}  // namespace tcpstep::ui::window
