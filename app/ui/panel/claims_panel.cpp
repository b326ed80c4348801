#include "app/ui/panel/claims_panel.hpp"

#include <algorithm>
#include <string>

#include <imgui.h>

#include "app/session/claims.hpp"
#include "app/ui/controls.hpp"
#include "app/ui/panel/claim_chip.hpp"
#include "app/view/claim_selection.hpp"
#include "app/view/say.hpp"

namespace tcpstep::ui::panel {

using view::ClaimEntry;
using view::say;
using view::Text;

namespace {

// In em.
constexpr float kMark = 1.5F;     // of a row: where its words begin
constexpr float kPad = 0.2F;      // above and below them
constexpr float kBetween = 1.5F;  // a claim and its evidence in one line
constexpr float kLine = 2;        // what a key, or a turn of the wheel, scrolls
constexpr float kAbove = 0.4F;    // of the row before, which fades, is left in sight

/// The rows, which are seen in `area`.
struct Rows {
    const Scene& scene;
    const Painter& p;
    Rect area;

    float words_w() const { return area.w - (kMark + kPad) * p.em(); }
    // Both the claim and what shows it have room in one line.
    bool one_line(const ClaimEntry& claim) const {
        if (claim.fresh || claim.evidence.empty()) return false;
        const float both = p.width(TextStyle::Small, claim.text) + kBetween * p.em() +
                           p.width(TextStyle::Small, evidence(claim));
        return both <= words_w();
    }
    float height(const ClaimEntry& claim) const {
        float h = 2 * kPad * p.em() + p.wrapped_height(words_w(), TextStyle::Small, claim.text);
        return h + evidence_height(claim);
    }
    float evidence_height(const ClaimEntry& claim) const {
        if (claim.evidence.empty() || one_line(claim)) return 0;
        return p.wrapped_height(words_w(), TextStyle::Small, evidence(claim));
    }
    float height(const std::vector<ClaimEntry>& claims) const {
        float h = 0;
        for (const ClaimEntry& claim : claims) h += height(claim);
        return h;
    }
    static std::string evidence(const ClaimEntry& claim) {
        return say(Text::ClaimShown, view::outcome_word(claim.outcome), claim.evidence);
    }
    // What is selected is part of its evidence, as far as that is told.
    bool is_selected(const ClaimEntry& claim) const {
        if (claim.outcome == ClaimEntry::Outcome::Open || !claim.event) return false;
        const session::Session& session = scene.session;
        if (session.selection() == view::Selection()) return false;
        const auto* checked =
            std::get_if<model::ClaimChecked>(&session.timeline().event(*claim.event).fact);
        if (checked == nullptr) return false;
        const auto all = view::evidence_of(*checked, session.timeline(), session.index());
        return std::find(all.begin(), all.end(), session.selection()) != all.end();
    }
    // True if it was clicked.
    bool paint(const ClaimEntry& claim, Point at) const {
        const float em = p.em();
        const Rect row = {at.x, at.y, area.w, height(claim)};
        const bool known = claim.event.has_value();
        const float top = std::max(row.y, area.y);
        const Rect seen = {row.x, top, row.w, std::min(row.bottom(), area.bottom()) - top};
        const Touch touch =
            touch_area(p, ("claim " + claim.id).c_str(), seen, known ? say(Text::TipClaim) : "");
        const ColourRole ground = touch.hovered && known ? ColourRole::ControlHover
                                  : claim.fresh          ? ColourRole::NowBand
                                                         : ColourRole::Panel;
        if (ground != ColourRole::Panel) p.fill(row, ground, 0.22F * em);
        if (is_selected(claim)) paint_selected_row(p, row);
        if (claim.fresh)
            p.fill({row.x, row.y, 0.22F * em, row.h}, claim_colour(claim.outcome), 0.1F * em);
        const float middle = row.y + (kPad + 0.55F) * em;  // of the first line
        paint_claim_mark(p, claim.outcome, {row.x + 0.85F * em, middle}, 0.6F * em, ground);
        float y = row.y + kPad * em;
        const float x = row.x + kMark * em;
        y += p.wrapped(
            {x, y}, words_w(), TextStyle::Small,
            claim.outcome == ClaimEntry::Outcome::Open ? ColourRole::TextDim : ColourRole::Text,
            claim.text);
        if (one_line(claim)) {
            const float right = x + words_w();
            p.text({x, row.y + kPad * em, right - x, y - row.y - kPad * em}, TextStyle::Small,
                   claim_colour(claim.outcome), evidence(claim), Align::Right);
        } else if (!claim.evidence.empty()) {
            p.wrapped({x, y}, words_w(), TextStyle::Small, claim_colour(claim.outcome),
                      evidence(claim));
        }
        return touch.clicked && known;
    }
};

/// Where something is, from the top of all rows.
struct Span {
    float top = 0;
    float bottom = 0;
};

// Scrolls no further than it must; what is too high is seen from its top.
float into_sight(float scroll, Span what, float room) {
    return std::min(std::max(scroll, what.bottom - room), what.top);
}

// What was decided last, and as much as fits of what else the step decided.
float scroll_to_news(float scroll, const Rows& rows, const std::vector<ClaimEntry>& claims) {
    Span all;
    Span last;
    std::size_t latest = 0;
    float y = 0;
    for (const ClaimEntry& claim : claims) {
        const Span here = {std::max(0.0F, y - kAbove * rows.p.em()), y + rows.height(claim)};
        y = here.bottom;
        if (!claim.fresh) continue;
        if (all.bottom == 0) all.top = here.top;
        all.bottom = here.bottom;
        if (*claim.event >= latest) last = here;
        latest = std::max(latest, *claim.event);
    }
    if (all.bottom == 0) return scroll;
    return into_sight(into_sight(scroll, all, rows.area.h), last, rows.area.h);
}

// What is news is in sight, unless the user has scrolled since.
float scroll_for(const Scene& scene, const Rows& rows, bool hovered,
                 const std::vector<ClaimEntry>& claims) {
    UiState& state = scene.state;
    const float em = rows.p.em();
    const float most = std::max(0.0F, rows.height(claims) - rows.area.h);
    const view::ClaimTally count = view::tally(claims);
    const std::size_t decided = count.hold + count.do_not_hold;
    if (decided != state.claims_decided) {
        state.claims_scroll =
            decided == 0 ? 0 : scroll_to_news(state.claims_scroll * em, rows, claims) / em;
    }
    state.claims_decided = decided;
    if (hovered) state.claims_scroll -= kLine * ImGui::GetIO().MouseWheel;
    state.claims_scroll = std::clamp(state.claims_scroll, 0.0F, most / em);
    return state.claims_scroll * em;
}

void paint_bar(const Painter& p, Rect room, float scroll, float content) {
    if (content <= room.h + 1) return;
    const float h = std::max(room.h * room.h / content, p.em());
    const float y = room.y + (room.h - h) * scroll / (content - room.h);
    p.fill({room.right() + 0.4F * p.em(), y, 0.28F * p.em(), h}, ColourRole::Edge, 0.14F * p.em());
}

void paint_head(const Scene& scene, Rect line, const std::vector<ClaimEntry>& claims) {
    const Painter& p = scene.painter;
    const float em = p.em();
    const Rect close = {line.right() - 1.3F * em, line.y - 0.1F * em, 1.3F * em, 1.3F * em};
    if (icon_button(p, "close claims", close, Icon::Cross, say(Text::TipClaimsClose)))
        scene.wish(session::ToggleClaims{});
    const view::ClaimTally count = view::tally(claims);
    const std::string tally = say(Text::ClaimsHold, count.hold, count.all);
    const float tally_w = p.width(TextStyle::Small, tally);
    const float left = close.x - 0.8F * em - tally_w;
    p.text({left, line.y, tally_w, line.h}, TextStyle::Small, ColourRole::Text, tally);
    p.fitted({line.x, line.y, left - line.x - 0.8F * em, line.h}, TextStyle::Label,
             ColourRole::TextDim, say(Text::ClaimsTitle));
}

}  // namespace

void paint_claims_panel(const Scene& scene, Rect area, const std::vector<ClaimEntry>& claims) {
    const float em = scene.painter.em();
    paint_panel(scene.painter, area);
    const Rect inside = {area.x + em, area.y + 0.75F * em, area.w - 2 * em, area.h - 1.2F * em};
    paint_head(scene, {inside.x, inside.y, inside.w, 1.1F * em}, claims);
    Rect room = {inside.x, inside.y + 1.5F * em, inside.w, inside.h - 1.35F * em};
    if (session::claims_unchecked(scene.session)) {
        const float h = scene.painter.wrapped({room.x, room.y}, room.w, TextStyle::Small,
                                              ColourRole::Attention, say(Text::ClaimsNotChecked));
        room = {room.x, room.y + h, room.w, room.h - h};
    }
    const Painter& p = scene.painter;
    const Rows rows{scene, p, room};
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const bool hovered = ImGui::IsWindowHovered() && room.contains({mouse.x, mouse.y});
    const float scroll = scroll_for(scene, rows, hovered, claims);
    scene.needs_foot(room.y - area.y + rows.height(claims) + 0.5F * em);
    p.clip(room);
    float y = room.y - scroll;
    for (const ClaimEntry& claim : claims) {
        const float h = rows.height(claim);
        if (y + h > room.y && y < room.bottom() && rows.paint(claim, {room.x, y}))
            scene.wish(session::ShowClaim{claim.id});
        y += h;
    }
    p.unclip();
    if (scroll > 0) p.fade({room.x, room.y, room.w, kAbove * p.em()}, ColourRole::Panel);
    paint_bar(p, room, scroll, y + scroll - room.y);
}

bool scroll_claims(const session::Command& command, const session::Session& session,
                   UiState& state) {
    const auto* move = std::get_if<session::MoveInList>(&command);
    if (move == nullptr || !session.look().claims) return false;
    state.claims_scroll =
        std::max(0.0F, state.claims_scroll + kLine * static_cast<float>(move->rows));
    return true;
}

}  // namespace tcpstep::ui::panel
