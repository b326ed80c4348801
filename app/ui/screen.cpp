#include "app/ui/screen.hpp"

#include <algorithm>

#include <imgui.h>

#include "app/session/claims.hpp"
#include "app/ui/arrangement.hpp"
#include "app/ui/bytes_panel.hpp"
#include "app/ui/claims_panel.hpp"
#include "app/ui/end_panel.hpp"
#include "app/ui/glossary_panel.hpp"
#include "app/ui/ground.hpp"
#include "app/ui/happened_panel.hpp"
#include "app/ui/ladder_panel.hpp"
#include "app/ui/overlays.hpp"
#include "app/ui/predict_card.hpp"
#include "app/ui/state_card.hpp"
#include "app/ui/top_bar.hpp"
#include "app/ui/transport.hpp"

namespace tcpstep::ui {

namespace {

std::vector<view::ClaimEntry> claims_shown(const session::Session& session) {
    if (!session.look().claims) return {};
    return session::claims_of(session);
}

void paint_parts(const Scene& scene, const Arrangement& a, const std::vector<Notice>& strips) {
    const Painter chrome = scene.painter.sized(a.chrome_em);
    const Painter side = scene.painter.sized(a.side_em);
    const Painter ladder = scene.painter.sized(a.ladder_em);
    const Painter happened = scene.painter.sized(a.happened_em);
    const Painter bytes = scene.painter.sized(a.bytes_em);
    paint_end_panel(scene.with(side), a.client, model::Role::Client);
    paint_end_panel(scene.with(side), a.server, model::Role::Server);
    paint_ladder_panel(scene.with(ladder), a.ladder);
    const std::vector<view::ClaimEntry> claims = claims_shown(scene.session);
    const bool asked = predict_card_wanted(scene.session);
    // The question and the claims stand in the same place: side by side if both are wanted.
    if (asked && !claims.empty()) {
        paint_claims_panel(scene.with(happened), a.happened, claims);
    } else {
        paint_happened_panel(scene.with(happened), a.happened);
    }
    if (asked) {
        paint_predict_card(scene.with(bytes), a.bytes);
    } else if (!claims.empty()) {
        paint_claims_panel(scene.with(bytes), a.bytes, claims);
    } else {
        paint_bytes_panel(scene.with(bytes), a.bytes);
    }
    paint_top_bar(scene.with(chrome), a.top_bar);
    paint_notices(scene.with(chrome), a.notices, strips);
    paint_transport(scene.with(chrome), a.transport);
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

void paint_screen(const session::Session& session, const Fonts& fonts, UiState& state,
                  Commands& wishes) {
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    const std::vector<Notice> strips = notices(session);
    const Arrangement a =
        arrange(size.x, size.y, session.look().text_percent, static_cast<unsigned>(strips.size()));
    state.popup_open = false;
    state.changes_in.reset();
    begin_ground("tcpstep");
    const Painter painter(*ImGui::GetWindowDrawList(), fonts, session.look().theme, a.em);
    const Scene scene{session, painter, state, wishes};
    const Rect window = {0, 0, size.x, size.y};
    painter.fill(window, ColourRole::Background);
    paint_parts(scene, a, strips);
    if (state.card) {
        const Painter side = painter.sized(a.side_em);
        paint_state_card(scene.with(side),
                         state.card->role == model::Role::Client ? a.client : a.server);
    }
    ImGui::End();
    if (session.look().help) paint_help(scene, window);
    if (session.look().glossary) paint_glossary(scene, window);
    // What a key did is to be seen in the help, not on top of it.
    const Painter front = painter.sized(a.chrome_em).into(*ImGui::GetForegroundDrawList());
    if (!session.look().help) paint_toast(scene.with(front), window);
    state.close_popup = false;
    state.open_list.reset();
}

}  // namespace tcpstep::ui
