#include "app/ui/panel/events_panel.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>
#include <imgui.h>

#include "app/ui/window/arrangement.hpp"
#include "tests/app/ui/headless.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::ui::panel {
namespace {

using namespace session;
using testing::Headless;

constexpr Moment kNow{};

Session opened(model::Trace trace = testing::whole_run(), bool list = true) {
    Session session;
    session.open_recording(std::move(trace), "run.qlog");
    session.apply(GoEnd{}, kNow);
    if (list) session.apply(ToggleEvents{}, kNow);
    return session;
}

model::Trace long_run(std::size_t segments) {
    testing::RunBuilder run;
    for (std::size_t i = 0; i < segments; ++i) {
        const auto octets = static_cast<std::uint32_t>(i);
        run.send(model::Role::Client, model::Flags::kPsh | model::Flags::kAck, octets, 1, 1);
    }
    return run.trace;
}

view::Rect panel(float w = 1600, float h = 900, unsigned percent = 100) {
    return window::arrange(w, h, percent, 0, {.events = true}).events;
}

/// A row in the middle of the list.
Point some_row(const view::Rect& area) {
    return {area.centre().x, area.y + 0.8F * area.h};
}

TEST(EventsPanel, ItsButtonStandsInTheLaddersHeadAtEverySize) {
    for (const auto& [w, h, percent] :
         {std::tuple{1600.0F, 900.0F, 100U}, std::tuple{1280.0F, 720.0F, 200U},
          std::tuple{640.0F, 480.0F, 100U}}) {
        Session session = opened(testing::whole_run(), false);
        while (session.look().text_percent < percent) session.apply(TextLarger{}, kNow);
        Headless ui(w, h);
        const window::Arrangement a = window::arrange(w, h, percent, 0);
        const float pad = std::min(a.ladder_em, 0.03F * a.ladder.w);
        EXPECT_EQ(ui.click(session, a.ladder.right() - pad - 0.7F * a.ladder_em,
                           a.ladder.y + 1.5F * a.ladder_em),
                  Commands{ToggleEvents{}})
            << w << " " << percent;
    }
}

TEST(EventsPanel, AClickGoesToTheEventAndSelectsItsSegment) {
    Session session = opened();
    Headless ui;
    std::size_t seeks = 0;
    std::size_t selections = 0;
    const view::Rect area = panel();
    for (float y = area.y + 0.3F * area.h; y < area.bottom() - 18; y += 12) {
        const Commands wishes = ui.click(session, area.centre().x, y);
        if (wishes.empty()) continue;
        const auto* seek = std::get_if<Seek>(&wishes.front());
        ASSERT_NE(seek, nullptr);
        ++seeks;
        // A stop: where a step lands, too.
        EXPECT_EQ(session.index().next_stop(session.index().previous_stop(seek->position)),
                  seek->position);
        ASSERT_EQ(wishes.size(), 2U);
        const auto* select = std::get_if<Select>(&wishes[1]);
        ASSERT_NE(select, nullptr);
        EXPECT_TRUE(view::exists(select->what, session.timeline(), session.index()));
        if (std::holds_alternative<view::SelectedSegment>(select->what)) ++selections;
    }
    EXPECT_GT(seeks, 4U);
    EXPECT_GT(selections, 0U);
}

TEST(EventsPanel, TheRowsOfThePositionAreInSightUnlessTheUserScrolls) {
    Session session = opened(long_run(5000));
    Headless ui;
    ui.frame(session);
    EXPECT_GT(ui.state.events.scroll.top, 4000);
    session.apply(Seek{2500}, kNow);
    ui.frame(session);
    EXPECT_LE(ui.state.events.scroll.top, 2500);
    EXPECT_GT(ui.state.events.scroll.top, 2450);
    const Point row = some_row(panel());
    ui.move_mouse(row.x, row.y);
    ui.frame(session);
    const double before = ui.state.events.scroll.top;
    for (int i = 0; i < 20; ++i) {
        ui.turn_wheel(1);
        ui.frame(session);
    }
    EXPECT_LT(ui.state.events.scroll.top, before - 20);
    const double there = ui.state.events.scroll.top;
    ui.frame(session);
    EXPECT_EQ(ui.state.events.scroll.top, there) << "it stays there";
    session.apply(StepForward{}, kNow);
    ui.frame(session);
    EXPECT_GT(ui.state.events.scroll.top, 2450) << "until the position moves";
}

TEST(EventsPanel, ARowIsNeverCutBelowTheHeads) {
    Session session = opened(long_run(40));
    for (const float h : {720.0F, 731.0F, 752.0F, 900.0F}) {
        Headless ui(1600, h);
        session.apply(GoHome{}, kNow);
        for (int step = 0; step < 14; ++step) {
            session.apply(StepForward{}, kNow);
            ui.frame(session);
            EXPECT_EQ(ui.state.events.scroll.top, std::floor(ui.state.events.scroll.top)) << h;
        }
        EXPECT_GT(ui.state.events.scroll.top, 0) << "it has scrolled";
    }
}

TEST(EventsPanel, TheBarIsDraggedToAnyRow) {
    Session session = opened(long_run(5000));
    Headless ui;
    const view::Rect area = panel();
    const window::Arrangement a = window::arrange(1600, 900, 100, 0, {.events = true});
    const float x = area.right() - std::min(a.events_em, 0.03F * area.w) - 0.2F * a.events_em;
    ui.move_mouse(x, area.bottom() - 24);
    ui.frame(session);
    ui.frame(session);
    ui.press(true);
    ui.frame(session);
    ui.move_mouse(x, area.y);
    ui.frame(session);
    EXPECT_EQ(ui.state.events.scroll.top, 0);
    ui.move_mouse(x, 899);
    ui.frame(session);
    EXPECT_GT(ui.state.events.scroll.top, 4900);
    ui.press(false);
    ui.frame(session);
}

TEST(EventsPanel, UpAndDownGoFromRowToRow) {
    Session session = opened();
    Headless ui;
    session.apply(Seek{10}, kNow);
    ui.frame(session);
    ASSERT_TRUE(move_in_events(MoveInList{1}, session, ui.state));
    const Commands down = ui.frame(session);
    ASSERT_FALSE(down.empty());
    EXPECT_GT(std::get<Seek>(down.front()).position, 10U);
    for (const Command& wish : down) session.apply(wish, kNow);
    ui.frame(session);
    ASSERT_TRUE(move_in_events(MoveInList{-1}, session, ui.state));
    const Commands up = ui.frame(session);
    ASSERT_FALSE(up.empty());
    EXPECT_LE(std::get<Seek>(up.front()).position, 10U);
    session.apply(GoEnd{}, kNow);
    ui.frame(session);
    move_in_events(MoveInList{1}, session, ui.state);
    EXPECT_TRUE(ui.frame(session).empty()) << "there is no row below the last";
    session.apply(ToggleEvents{}, kNow);
    EXPECT_FALSE(move_in_events(MoveInList{1}, session, ui.state));
}

TEST(EventsPanel, AFilterGrowsAFrameAtATimeAndAsksForMoreFrames) {
    const std::size_t segments = 2 * view::lists::EventMatches::kTextPortion;
    Session session = opened(long_run(segments));
    Headless ui;
    ui.state.events.filter.text = "psh";
    ui.frame(session);
    const std::size_t soon = ui.state.events.matches.size();
    EXPECT_GT(soon, 0U);
    EXPECT_LT(soon, segments);
    EXPECT_TRUE(ui.state.changes_in);
    for (int i = 0; i < 3; ++i) ui.frame(session);
    EXPECT_EQ(ui.state.events.matches.size(), segments);
    EXPECT_FALSE(ui.state.changes_in) << "an idle window paints nothing";
}

TEST(EventsPanel, AChipFiltersAndTheCountShowsAllAgain) {
    Session session = opened();
    Headless ui;
    ui.frame(session);
    const view::Rect area = panel();
    const float em = window::arrange(1600, 900, 100, 0, {.events = true}).events_em;
    ui.click(session, area.x + 1.8F * em, area.y + (0.6F + 1.75F + 0.6F) * em);
    EXPECT_EQ(ui.state.events.filter.flags, model::Flags::kSyn);
    ui.frame(session);
    EXPECT_EQ(ui.state.events.matches.size(), 2U);
    ui.click(session, area.right() - 5 * em, area.y + 1.3F * em);
    EXPECT_TRUE(ui.state.events.filter.empty());
}

TEST(EventsPanel, TheSlashGivesTheFilterTheKeyboard) {
    Session session = opened(testing::whole_run(), false);
    Headless ui;
    ui.frame(session);
    EXPECT_FALSE(move_in_events(FilterList{}, session, ui.state));
    session.apply(FilterList{}, kNow);
    EXPECT_TRUE(session.look().events);
    for (int i = 0; i < 3; ++i) ui.frame(session);
    EXPECT_TRUE(ImGui::GetIO().WantTextInput);
    ImGui::GetIO().AddInputCharacter('a');
    ui.frame(session);
    ui.frame(session);
    EXPECT_EQ(ui.state.events.filter.text, "a");
}

TEST(EventsPanel, LettersTypedRightAfterTheSlashAreTheFilters) {
    Session session = opened(testing::whole_run(), false);
    Headless ui;
    ui.frame(session);
    EXPECT_FALSE(move_in_events(FilterList{}, session, ui.state));
    session.apply(FilterList{}, kNow);
    for (const char letter : std::string("e/ac"))
        ImGui::GetIO().AddInputCharacter(static_cast<unsigned char>(letter));
    for (int i = 0; i < 4; ++i) ui.frame(session);
    EXPECT_EQ(ui.state.events.filter.text, "ac") << "what came before asked for the field";
}

TEST(EventsPanel, IsPaintedAtEveryPositionAndSize) {
    for (const auto& [w, h, percent] :
         {std::tuple{1600.0F, 900.0F, 100U}, std::tuple{1280.0F, 720.0F, 200U},
          std::tuple{480.0F, 320.0F, 300U}}) {
        for (const model::Trace& trace :
             {testing::busy_wire(), testing::impatient_handshake(), model::Trace()}) {
            Session session = opened(trace);
            while (session.look().text_percent < percent) session.apply(TextLarger{}, kNow);
            Headless ui(w, h);
            for (std::size_t p = 0; p <= session.timeline().size(); p += 3) {
                session.apply(Seek{p}, kNow);
                EXPECT_TRUE(ui.frame(session).empty());
            }
        }
    }
}

}  // namespace
}  // namespace tcpstep::ui::panel
