// The panels of both ends: what the mouse does to the figure, the card of a state, the kernel's
// word, and that all of it is in reach in large letters and small windows.
#include "app/ui/panel/end_panel.hpp"

#include <algorithm>

#include <gtest/gtest.h>
#include <imgui.h>
#include <imgui_internal.h>

#include "app/ui/panel/end_fold.hpp"
#include "app/ui/panel/end_layout.hpp"
#include "app/ui/panel/state_card.hpp"
#include "app/ui/window/arrangement.hpp"
#include "app/view/diagram/diagram_layout.hpp"
#include "tests/app/ui/headless.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::ui::panel {
namespace {

using namespace session;
using testing::Headless;
using view::Rect;
using namespace std::chrono_literals;

constexpr Moment kNow{};

Session recording() {
    Session session;
    session.open_recording(testing::whole_run(), "run.qlog");
    session.apply(GoEnd{}, kNow);
    return session;
}

// The figure of the client in the default window.
view::diagram::Diagram figure(const Session& session) {
    const window::Arrangement a = window::arrange(1600, 900, 100, 0);
    return view::diagram::lay_out_diagram(
        session.index().changes(model::Role::Client), session.position(),
        session.index().last_step_before(session.position()), figure_in(a.client, a.side_em));
}

view::Point of_state(const Session& session, model::State state) {
    for (const view::diagram::DiagramNode& node : figure(session).nodes) {
        if (node.state == state) return node.box.centre();
    }
    return {};
}

bool tip_is_shown() {
    for (const ImGuiWindow* window : ImGui::GetCurrentContext()->Windows) {
        if (window->Active && (window->Flags & ImGuiWindowFlags_Tooltip) != 0) return true;
    }
    return false;
}

Rect card_box() {
    for (const ImGuiWindow* window : ImGui::GetCurrentContext()->Windows) {
        if (window->Active && std::string_view(window->Name) == "state card") {
            return {window->Pos.x, window->Pos.y, window->Size.x, window->Size.y};
        }
    }
    return {};
}

TEST(StateCard, OpensWithAClickOnAStateAndClosesWithTheNextOrEscape) {
    Session session = recording();
    Headless ui;
    const view::Point fin_wait = of_state(session, model::State::FinWait1);
    const auto& changes = session.index().changes(model::Role::Client);
    const auto stay = std::find_if(changes.begin(), changes.end(), [](const auto& change) {
        return change.what.change.to == model::State::FinWait1;
    });
    const Select select{view::SelectedState{model::Role::Client, stay->event}};
    EXPECT_EQ(ui.click(session, fin_wait.x, fin_wait.y), Commands{select});
    session.apply(select, kNow);
    ASSERT_TRUE(ui.state.card.has_value());
    EXPECT_EQ(ui.state.card->state, model::State::FinWait1);
    EXPECT_EQ(ui.state.card->role, model::Role::Client);
    EXPECT_GT(card_box().w, 100);
    EXPECT_EQ(ui.click(session, fin_wait.x, fin_wait.y), Commands{Select{}});
    EXPECT_FALSE(ui.state.card.has_value());
    ui.frame(session);
    EXPECT_EQ(card_box(), Rect{});
    ui.click(session, fin_wait.x, fin_wait.y);
    EXPECT_FALSE(close_state_card(StepBack{}, ui.state));
    EXPECT_TRUE(close_state_card(Dismiss{}, ui.state));
    EXPECT_FALSE(ui.state.card.has_value());
    EXPECT_FALSE(close_state_card(Dismiss{}, ui.state)) << "Escape is for something else then";
}

TEST(StateCard, AClickOnAVisitGoesThere) {
    const Session session = recording();
    Headless ui;
    const view::Point at = of_state(session, model::State::FinWait1);
    ui.click(session, at.x, at.y);
    const Rect card = card_box();
    const auto& changes = session.index().changes(model::Role::Client);
    Commands all;
    for (float y = card.y + 30; y < card.bottom(); y += 12) {
        for (const Command& wish : ui.click(session, card.centre().x, y)) {
            // Each row is hit more than once.
            const bool again = std::find(all.begin(), all.end(), wish) != all.end();
            const auto* seek = std::get_if<Seek>(&wish);
            if (seek == nullptr && all.size() % 2 == 0) continue;
            if (seek == nullptr || !again) all.push_back(wish);
        }
    }
    std::size_t entered = 0;
    Commands wanted;
    for (const auto& change : changes) {
        const bool enters = change.what.change.to == model::State::FinWait1;
        if (enters) entered = change.event;
        if (!enters && change.what.change.from != model::State::FinWait1) continue;
        wanted.emplace_back(Seek{change.event + 1});
        wanted.emplace_back(Select{view::SelectedState{model::Role::Client, entered}});
    }
    EXPECT_EQ(all.size(), 4U);
    EXPECT_EQ(all, wanted);
}

TEST(StateCard, FitsIntoEveryWindowForEveryState) {
    Session session = recording();
    for (const auto& [w, h] :
         {std::pair{1600.0F, 900.0F}, std::pair{1280.0F, 720.0F}, std::pair{640.0F, 480.0F}}) {
        Headless ui(w, h);
        for (model::Role role : {model::Role::Client, model::Role::Server}) {
            for (model::State state : model::kStates) {
                ui.state.card = StateCard{role, state, {10, h / 2, 40, 20}};
                ui.frame(session);
                ui.frame(session);
                const Rect card = card_box();
                EXPECT_GT(card.w, 0);
                EXPECT_GE(card.x, 0);
                EXPECT_GE(card.y, 0);
                EXPECT_LE(card.right(), w + 0.5F);
                EXPECT_LE(card.bottom(), h + 0.5F);
            }
        }
    }
}

TEST(StateCard, CoversNeitherTheLadderNorItsOwnState) {
    const Session session = recording();
    const Rect ladder = window::arrange(1600, 900, 100, 0).ladder;
    for (const view::diagram::DiagramNode& node : figure(session).nodes) {
        Headless ui;
        ui.state.card = StateCard{model::Role::Client, node.state, node.box};
        ui.frame(session);
        ui.frame(session);
        EXPECT_FALSE(overlap(card_box(), ladder)) << name(node.state);
        EXPECT_FALSE(overlap(card_box(), node.box)) << name(node.state);
        ui.move_mouse(node.box.centre().x, node.box.centre().y);
        ui.frame(session);
        ui.frame(session);
        EXPECT_FALSE(tip_is_shown()) << "it would lie over the card";
    }
}

// Of what is pointed at, anywhere.
TEST(Tip, IsWhollyInTheWindowAndAsLargeAsTheTextAskedFor) {
    const Session session = recording();
    for (const auto& [w, h] : {std::pair{1600.0F, 900.0F}, std::pair{640.0F, 480.0F}}) {
        std::size_t shown = 0;
        Headless ui(w, h);
        for (float x = 4; x < w; x += w / 23) {
            for (const float y : {0.03F * h, 0.12F * h, 0.5F * h, 0.97F * h}) {
                ui.move_mouse(x, y);
                ui.frame(session);
                ui.frame(session);
                for (const ImGuiWindow* window : ImGui::GetCurrentContext()->Windows) {
                    if (!window->Active || (window->Flags & ImGuiWindowFlags_Tooltip) == 0)
                        continue;
                    ++shown;
                    EXPECT_GE(window->Pos.x, 0);
                    EXPECT_GE(window->Pos.y, 0);
                    EXPECT_LE(window->Pos.x + window->Size.x, w + 0.5F) << x << ", " << y;
                    EXPECT_LE(window->Pos.y + window->Size.y, h + 0.5F) << x << ", " << y;
                    // What is in it ends inside of it, also in its first frame.
                    for (const ImDrawVert& vertex : window->DrawList->VtxBuffer) {
                        EXPECT_LE(vertex.pos.x, window->Pos.x + window->Size.x + 2);
                        EXPECT_LE(vertex.pos.y, window->Pos.y + window->Size.y + 2);
                    }
                }
            }
        }
        EXPECT_GT(shown, 8U);
    }
}

TEST(EndPanel, InLargeTextTheStateStandsInWordsAndOpensItsCard) {
    Session session = recording();
    while (session.look().text_percent < 200) session.apply(TextLarger{}, kNow);
    Headless ui;
    const window::Arrangement a = window::arrange(1600, 900, 200, 0);
    ui.frame(session);
    const Rect state = narrow_places(a.client, a.side_em, true).state;
    ui.click(session, state.centre().x, state.centre().y);
    ASSERT_TRUE(ui.state.card.has_value());
    EXPECT_EQ(ui.state.card->state, session.timeline().at(session.position()).client.state());
}

TEST(Figure, AnEdgeIsToldBesideTheMouseAndLeadsToWhereItWasTaken) {
    const Session session = recording();
    Headless ui;
    const view::diagram::Diagram diagram = figure(session);
    std::size_t walked = 0;
    for (const view::diagram::DiagramEdge& edge : diagram.edges) {
        const view::Point middle = edge.path.at(0.5F);
        ui.move_mouse(middle.x, middle.y);
        ui.frame(session);
        ui.frame(session);
        EXPECT_TRUE(tip_is_shown());
        const Commands wishes = ui.click(session, middle.x, middle.y);
        if (edge.walked) {
            ++walked;
            const view::SelectedState stay{model::Role::Client, edge.taken->event};
            EXPECT_EQ(wishes, (Commands{Seek{edge.taken->event + 1}, Select{stay}}));
        } else {
            EXPECT_TRUE(wishes.empty());
        }
    }
    EXPECT_EQ(walked, 5U);
}

TEST(Figure, LightRunsAlongTheTakenEdgeAndThenNothingIsPaintedAnew) {
    Session session = recording();
    const std::size_t syn = *session.timeline().event_of_segment(1);
    session.apply(Seek{syn}, kNow);
    Headless ui;
    ui.state.clock = kNow + 10s;
    ui.frame(session);
    EXPECT_FALSE(ui.state.changes_in.has_value());
    session.apply(StepForward{}, kNow);
    ui.state.clock = kNow + 12s;
    ui.frame(session);
    EXPECT_EQ(ui.state.changes_in, view::diagram::EdgeLight::kFrame);
    ui.state.clock = kNow + 12s + view::diagram::EdgeLight::kRuns;
    ui.frame(session);
    EXPECT_FALSE(ui.state.changes_in.has_value()) << "it has ended, and costs nothing";
}

TEST(Figure, NothingMovesInAPicture) {
    Session session = recording();
    const std::size_t syn = *session.timeline().event_of_segment(1);
    session.apply(Seek{syn}, kNow);
    Headless ui;
    ui.frame(session);
    session.apply(StepForward{}, kNow);
    ui.frame(session);
    EXPECT_FALSE(ui.state.changes_in.has_value());
}

TEST(KernelPanel, ExplainsEveryItemBesideTheMouse) {
    const Session session = recording();
    Headless ui;
    const window::Arrangement a = window::arrange(1600, 900, 100, 0);
    std::size_t tips = 0;
    for (float y = a.client.bottom() - 8 * 18; y < a.client.bottom(); y += 9) {
        ui.move_mouse(a.client.x + 40, y);
        ui.frame(session);
        ui.frame(session);
        tips += tip_is_shown() ? 1 : 0;
    }
    EXPECT_GE(tips, 3U);
}

TEST(EndPanel, ScrollsWhereItIsHigherThanItsPlace) {
    Session session = recording();
    for (unsigned percent : {100U, 200U}) {
        while (session.look().text_percent < percent) session.apply(TextLarger{}, kNow);
        const float w = percent == 100 ? 640.0F : 1600.0F;
        const float h = percent == 100 ? 480.0F : 900.0F;
        Headless ui(w, h);
        window::Wanted wanted;
        wanted.server = open_end(session, ui.state) == model::Role::Server;
        const window::Arrangement a = window::arrange(w, h, percent, 0, wanted);
        ASSERT_TRUE(a.folded.has_value());
        const view::Rect& open = wanted.server ? a.server : a.client;
        const std::size_t end = wanted.server ? 1 : 0;
        const float higher = least_height(open, a.side_em) - open.h;
        ASSERT_GT(higher, 0) << percent;
        ui.move_mouse(open.centre().x, open.centre().y);
        ui.frame(session);
        ui.frame(session);
        EXPECT_EQ(ui.state.side_scroll[end], 0);
        ui.turn_wheel(-100);
        ui.frame(session);
        EXPECT_NEAR(ui.state.side_scroll[end] * a.side_em, higher, 1);
        EXPECT_EQ(ui.state.side_scroll[1 - end], 0) << "the other one is where it was";
    }
    // At 100 % in the default window there is nothing to scroll.
    const window::Arrangement normal = window::arrange(1600, 900, 100, 0);
    EXPECT_LE(least_height(normal.client, normal.side_em), normal.client.h);
}

TEST(EndPanel, ThatKnowsNoKernelHasItsCallsHigherUpInLargeLetters) {
    const window::Arrangement a = window::arrange(1600, 900, 200, 0);
    EXPECT_LT(narrow_places(a.client, a.side_em, false).calls.y,
              narrow_places(a.client, a.side_em, true).calls.y);
    EXPECT_LT(least_height(a.client, a.side_em, false), least_height(a.client, a.side_em));
}

}  // namespace
}  // namespace tcpstep::ui::panel
