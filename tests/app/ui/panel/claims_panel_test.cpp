#include "app/ui/panel/claims_panel.hpp"

#include <algorithm>

#include <gtest/gtest.h>
#include <imgui.h>

#include "app/ui/window/arrangement.hpp"
#include "tests/app/session/scripted_source.hpp"
#include "tests/app/ui/headless.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::ui::panel {
namespace {

using namespace session;
using testing::Headless;

constexpr Moment kNow{};

/// A held run of a lesson with seven claims; the SYN has decided the first.
struct Claiming {
    std::shared_ptr<testing::Script> script;
    Session session;

    explicit Claiming(bool open = true)
        : script(testing::scripted(run())), session(setup_of(script)) {
        session.open_lesson("four-way-close");
        testing::arrive(session, *script, script->trace.events().size());
        if (open) session.apply(ToggleClaims{}, kNow);
    }
    static model::Trace run() {
        testing::RunBuilder lab(true);
        lab.call(model::Role::Client, "connect");
        lab.send(model::Role::Client, model::Flags::kSyn, 0, 0).held(1).fact(decided(1));
        return lab.trace;
    }
    static model::ClaimChecked decided(int number) {
        model::ClaimChecked fact;
        fact.claim = id(number);
        fact.text = text(number);
        fact.holds = number != 2;
        fact.seen = {{10, "tcp:segment_sent", 1, 0, "", ""}};
        return fact;
    }
    static std::string id(int number) { return "claim-" + std::to_string(number); }
    static std::string text(int number) {
        return "The SYN consumes one sequence number, and so does the FIN: claim " +
               std::to_string(number) + ", which is as long as the longest.";
    }
    static session::Setup setup_of(const std::shared_ptr<testing::Script>& script) {
        session::Setup setup = testing::setup_with(script);
        for (int i = 1; i <= 7; ++i)
            setup.lessons.front().claims.push_back({id(i), {text(i), ""}, {}});
        return setup;
    }
    void decide(int number) {
        model::Event event{script->trace.events().back().time, std::nullopt, decided(number)};
        script->trace.append(std::move(event));
        testing::arrive(session, *script, 1);
    }
};

struct Size {
    float w, h;
    unsigned percent;
};
constexpr Size kSizes[] = {{1600, 900, 100}, {640, 480, 100}, {640, 480, 200}, {1600, 900, 300}};

Commands clicks_in(Headless& ui, const Session& session, view::Rect area, float step = 12) {
    Commands found;
    for (float y = area.y + 4; y < area.bottom(); y += step) {
        for (float x = area.x + 4; x < area.right(); x += 2 * step) {
            for (const Command& wish : ui.click(session, x, y)) {
                if (std::find(found.begin(), found.end(), wish) == found.end())
                    found.push_back(wish);
            }
        }
    }
    return found;
}

// Where the claims are, which take as much of the window as they need.
view::Rect panel_of(Headless& ui, const Session& session, Size size) {
    for (int frame = 0; frame < 3; ++frame) ui.frame(session);
    const window::Wanted claims{.beside = true, .claims = true, .foot = ui.state.foot_needed};
    return window::arrange(size.w, size.h, size.percent, 0, claims).bytes;
}

bool has(const Commands& commands, const Command& wanted) {
    return std::find(commands.begin(), commands.end(), wanted) != commands.end();
}

TEST(ClaimsPanel, TheChipStandsAboveTheLadderAtEverySize) {
    for (const Size& size : kSizes) {
        Claiming run(false);
        while (run.session.look().text_percent < size.percent)
            run.session.apply(TextLarger{}, kNow);
        Headless ui(size.w, size.h);
        const window::Arrangement a = window::arrange(size.w, size.h, size.percent, 0);
        const view::Rect head = {a.ladder.x, a.ladder.y + a.ladder_em, a.ladder.w, a.ladder_em};
        EXPECT_TRUE(has(clicks_in(ui, run.session, head), ToggleClaims{}))
            << size.w << ", " << size.percent << " %";
    }
}

TEST(ClaimsPanel, WhereNothingIsClaimedThereIsNoChip) {
    Session session;
    session.open_recording(testing::whole_run(), "run.qlog");
    session.apply(GoEnd{}, kNow);
    Headless ui;
    const view::Rect ladder = window::arrange(1600, 900, 100, 0).ladder;
    EXPECT_FALSE(has(clicks_in(ui, session, {ladder.x, ladder.y, ladder.w, 40}), ToggleClaims{}));
}

TEST(ClaimsPanel, OnlyADecidedClaimCanBeGoneTo) {
    for (const Size& size : kSizes) {
        Claiming run;
        while (run.session.look().text_percent < size.percent)
            run.session.apply(TextLarger{}, kNow);
        Headless ui(size.w, size.h);
        const Commands found = clicks_in(ui, run.session, panel_of(ui, run.session, size), 8);
        EXPECT_TRUE(has(found, ShowClaim{Claiming::id(1)})) << size.w << ", " << size.percent;
        EXPECT_TRUE(has(found, ToggleClaims{})) << "its button; " << size.w;
        EXPECT_EQ(found.size(), 2U) << size.w << ", " << size.percent;
    }
}

TEST(ClaimsPanel, MarksTheClaimWhoseEvidenceIsSelected) {
    Claiming run;
    Headless ui;
    const view::Rect panel = panel_of(ui, run.session, kSizes[0]);
    EXPECT_FALSE(ui.marks(panel, run.session));
    run.session.apply(ShowClaim{Claiming::id(1)}, kNow);
    ASSERT_EQ(run.session.selected_segment(), 1U);
    ui.frame(run.session);
    EXPECT_TRUE(ui.marks(panel, run.session));
}

TEST(ClaimsPanel, WhatHasJustTurnedIsInSight) {
    for (const Size& size : kSizes) {
        Claiming run;
        while (run.session.look().text_percent < size.percent)
            run.session.apply(TextLarger{}, kNow);
        Headless ui(size.w, size.h);
        ui.frame(run.session);
        EXPECT_EQ(ui.state.claims_scroll, 0) << size.w;
        run.decide(7);
        const view::Rect panel = panel_of(ui, run.session, size);
        EXPECT_TRUE(has(clicks_in(ui, run.session, panel, 8), ShowClaim{Claiming::id(7)}))
            << size.w << ", " << size.percent;
        if (size.percent > 100) {
            EXPECT_GT(ui.state.claims_scroll, 0);
        }
    }
}

TEST(ClaimsPanel, ScrollsByKeysAndWheelAndNoFurtherThanItsEnd) {
    Claiming run;
    const Size size = {640, 480, 200};
    while (run.session.look().text_percent < size.percent) run.session.apply(TextLarger{}, kNow);
    Headless ui(size.w, size.h);
    const view::Rect panel = panel_of(ui, run.session, size);
    EXPECT_TRUE(scroll_claims(MoveInList{1}, run.session, ui.state));
    ui.frame(run.session);
    EXPECT_GT(ui.state.claims_scroll, 0);
    for (int i = 0; i < 50; ++i) scroll_claims(MoveInList{1}, run.session, ui.state);
    ui.frame(run.session);
    const float end = ui.state.claims_scroll;
    EXPECT_LT(end, 60);
    ui.move_mouse(panel.centre().x, panel.centre().y);
    ui.frame(run.session);
    ui.turn_wheel(1);
    ui.frame(run.session);
    EXPECT_LT(ui.state.claims_scroll, end);
    EXPECT_FALSE(scroll_claims(StepForward{}, run.session, ui.state));
    EXPECT_FALSE(scroll_claims(MoveInList{1}, Claiming(false).session, ui.state));
}

TEST(ClaimsPanel, AQuestionAndTheClaimsAreSideBySide) {
    Claiming run;
    run.session.apply(TogglePredict{}, kNow);
    ASSERT_NE(run.session.predicting().open(), nullptr);
    Headless ui;
    const window::Arrangement a = window::arrange(1600, 900, 100, 0);
    EXPECT_TRUE(has(clicks_in(ui, run.session, a.happened), ShowClaim{Claiming::id(1)}));
    EXPECT_TRUE(has(clicks_in(ui, run.session, a.bytes), AnswerQuestion{0}));
}

TEST(ClaimsPanel, NothingOfItFeelsTheMouseOutsideOfIt) {
    Claiming run;
    for (int i = 2; i <= 7; ++i) run.decide(i);
    Headless ui(640, 480);
    ui.frame(run.session);
    const window::Arrangement a = window::arrange(640, 480, 100, 0);
    for (const Command& wish : clicks_in(ui, run.session, a.transport))
        EXPECT_FALSE(std::holds_alternative<ShowClaim>(wish));
}

}  // namespace
}  // namespace tcpstep::ui::panel
