#include "app/ui/panel/connections_panel.hpp"

#include <algorithm>

#include <gtest/gtest.h>
#include <imgui.h>

#include "app/ui/window/arrangement.hpp"
#include "tests/app/ui/headless.hpp"
#include "tests/app/view/sample_run.hpp"
#include "tests/model/many_connections.hpp"

namespace tcpstep::ui::panel {
namespace {

using namespace session;
using testing::Headless;
using testing::ManyConnections;

constexpr Moment kNow{};

Session opened(std::size_t connections, bool list = true) {
    Session session;
    session.open_recording(ManyConnections(connections).trace, "web.pcap");
    if (list) session.apply(ToggleConnections{}, kNow);
    return session;
}

/// The connection that a click on that place picks, if it picks one; the list is closed with it.
std::optional<model::ConnectionIndex> picked(const Commands& wishes) {
    if (wishes.size() != 2 || wishes[1] != Command(ToggleConnections{})) return std::nullopt;
    const auto* select = std::get_if<SelectConnection>(&wishes[0]);
    return select == nullptr ? std::nullopt : std::optional(select->index);
}

TEST(ConnectionsPanel, OneConnectionNeedsNoList) {
    Session session;
    session.open_recording(testing::whole_run(), "run.qlog");
    session.apply(ToggleConnections{}, kNow);
    EXPECT_FALSE(session.look().connections);
    EXPECT_TRUE(session.toast());
}

TEST(ConnectionsPanel, ItsButtonStandsInTheTopBar) {
    const Session session = opened(3, false);
    Headless ui;
    const view::Rect bar = window::arrange(1600, 900, 100, 0).top_bar;
    bool found = false;
    for (float x = bar.w / 2; x < bar.right(); x += 15)
        found = found || ui.click(session, x, bar.centre().y) == Commands{ToggleConnections{}};
    EXPECT_TRUE(found);
}

TEST(ConnectionsPanel, AClickOnARowShowsThatConnection) {
    for (const auto& [w, h] : {std::pair{1600.0F, 900.0F}, std::pair{640.0F, 480.0F}}) {
        const Session session = opened(5);
        Headless ui(w, h);
        std::vector<bool> found(5, false);
        for (float y = 0; y < h; y += 8) {
            if (const auto index = picked(ui.click(session, w / 2, y))) found.at(*index) = true;
        }
        EXPECT_EQ(found, std::vector<bool>(5, true)) << w;
    }
}

// The row of the keys, and that below the mouse.
TEST(ConnectionsPanel, TheCurrentRowIsMarkedOtherwiseThanThatOfTheMouse) {
    for (const view::Theme theme : {view::Theme::Dark, view::Theme::Light}) {
        Session session = opened(5);
        if (session.look().theme != theme) session.apply(ToggleTheme{}, kNow);
        Headless ui;
        ui.frame(session);
        move_in_connections(MoveInList{3}, session, ui.state);
        ui.move_mouse(1, 1);
        ui.frame(session);
        ui.frame(session);
        ASSERT_EQ(ui.state.connections.row, 3U);
        const auto current = ui.painted(ColourRole::Here, view::kSelectedRow, session);
        ASSERT_FALSE(current.empty());
        EXPECT_TRUE(ui.painted(ColourRole::ControlHover, 1, session).empty())
            << "nothing is pointed at";
        ui.move_mouse(800, current.front().y - 60);
        ui.frame(session);
        ui.frame(session);
        EXPECT_FALSE(ui.painted(ColourRole::ControlHover, 1, session).empty());
        EXPECT_FALSE(ui.painted(ColourRole::Here, view::kSelectedRow, session).empty());
    }
}

TEST(ConnectionsPanel, ALetterIsTextOfItsFilter) {
    const Session session = opened(9);
    for (const Command& letter : {Command(SeekTenth{8}), Command(ToggleTheme{}),
                                  Command(TogglePlay{}), Command(DropHeld{})})
        EXPECT_FALSE(is_key_of_connections(letter));
    Headless ui;
    for (int frame = 0; frame < 3; ++frame) ui.frame(session);
    for (const char letter : std::string("refused")) {
        ImGui::GetIO().AddInputCharacter(static_cast<unsigned char>(letter));
        ui.frame(session);
    }
    for (int frame = 0; frame < 4; ++frame) ui.frame(session);
    EXPECT_EQ(ui.state.connections.text, "refused") << "without a slash, and from the first letter";
    EXPECT_EQ(ui.state.connections.list->size(), 3U);
}

TEST(ConnectionsPanel, TheKeyThatOpensItIsNoLetterNorAreThoseThatStep) {
    const Session session = opened(5);
    Headless ui;
    for (const char key : std::string("j[]")) {
        ImGui::GetIO().AddInputCharacter(static_cast<unsigned char>(key));
        for (int frame = 0; frame < 3; ++frame) ui.frame(session);
    }
    EXPECT_EQ(ui.state.connections.text, "");
    EXPECT_FALSE(ImGui::GetIO().WantTextInput);
}

// Enter at once after the letters: what they find is meant.
TEST(ConnectionsPanel, EnterWaitsForTheLetters) {
    const Session session = opened(9);
    Headless ui;
    for (int frame = 0; frame < 3; ++frame) ui.frame(session);
    for (const char letter : std::string("refused"))
        ImGui::GetIO().AddInputCharacter(static_cast<unsigned char>(letter));
    move_in_connections(MoveInList{1}, session, ui.state);
    ui.frame(session);
    move_in_connections(DeliverHeld{}, session, ui.state);
    std::optional<model::ConnectionIndex> chosen;
    for (int frame = 0; frame < 8 && !chosen; ++frame) chosen = picked(ui.frame(session));
    EXPECT_EQ(chosen, model::ConnectionIndex{1});
}

TEST(ConnectionsPanel, BracketsShowTheRowBeforeAndAfter) {
    Session session = opened(9);
    Headless ui;
    ui.frame(session);
    ui.state.connections.order = {view::lists::ConnectionColumn::Client, true};
    for (int frame = 0; frame < 3; ++frame) ui.frame(session);
    const std::size_t row = ui.state.connections.row;
    ASSERT_EQ(row, 8U) << "the list is turned round: the first connection is the last row";
    EXPECT_TRUE(is_key_of_connections(StepConnection{-1}));
    EXPECT_TRUE(move_in_connections(StepConnection{-1}, session, ui.state));
    EXPECT_EQ(ui.frame(session), Commands{SelectConnection{1}}) << "and it stays open";
    EXPECT_EQ(ui.state.connections.row, 7U);
    EXPECT_FALSE(move_in_connections(StepConnection{1}, opened(5, false), ui.state));
}

TEST(ConnectionsPanel, KeysMoveAndChoose) {
    Session session = opened(100);
    Headless ui;
    ui.frame(session);
    EXPECT_EQ(ui.state.connections.row, 0U);
    EXPECT_TRUE(move_in_connections(MoveInList{1}, session, ui.state));
    ui.frame(session);
    EXPECT_EQ(ui.state.connections.row, 1U);
    EXPECT_TRUE(move_in_connections(GoEnd{}, session, ui.state));
    ui.frame(session);
    EXPECT_EQ(ui.state.connections.row, 99U);
    EXPECT_GT(ui.state.connections.scroll.top, 50);
    EXPECT_TRUE(move_in_connections(StepBack{}, session, ui.state));
    ui.frame(session);
    EXPECT_LT(ui.state.connections.row, 98U) << "a page";
    EXPECT_TRUE(move_in_connections(GoHome{}, session, ui.state));
    EXPECT_TRUE(move_in_connections(MoveInList{4}, session, ui.state));
    ui.frame(session);
    move_in_connections(MoveInList{4}, session, ui.state);
    EXPECT_TRUE(move_in_connections(DeliverHeld{}, session, ui.state));
    EXPECT_EQ(picked(ui.frame(session)), model::ConnectionIndex{4});
    EXPECT_FALSE(move_in_connections(ToggleTheme{}, session, ui.state));
    session.apply(Dismiss{}, kNow);
    EXPECT_FALSE(session.look().connections);
    EXPECT_FALSE(move_in_connections(MoveInList{1}, session, ui.state));
}

TEST(ConnectionsPanel, AfterTheFilterTheFirstRowIsMeant) {
    Session session = opened(9);
    Headless ui;
    ui.frame(session);
    move_in_connections(MoveInList{4}, session, ui.state);
    ui.frame(session);
    ui.state.connections.text = "refused";
    for (int frame = 0; frame < 4; ++frame) ui.frame(session);
    EXPECT_EQ(ui.state.connections.row, 0U);
    move_in_connections(DeliverHeld{}, session, ui.state);
    EXPECT_EQ(picked(ui.frame(session)), model::ConnectionIndex{1});
}

TEST(ConnectionsPanel, InASmallWindowNoColumnIsLostItScrollsSideways) {
    Session session = opened(9);
    while (session.look().text_percent < 200) session.apply(TextLarger{}, kNow);
    Headless ui(640, 480);
    ui.frame(session);
    ui.frame(session);
    std::vector<std::optional<view::lists::ConnectionColumn>> by;
    const auto click_heads = [&] {
        for (float x = 20; x < 620; x += 20) {
            // Where the heads are, whatever the size of the letters.
            for (float y = 30; y < 140; y += 12) {
                ui.click(session, x, y);
                const auto order = ui.state.connections.list->order();
                if (std::find(by.begin(), by.end(), order.by) == by.end()) by.push_back(order.by);
                ui.state.connections.text.clear();
            }
        }
    };
    click_heads();
    EXPECT_LT(by.size(), view::lists::kConnectionColumns);
    ui.state.connections.sideways = 1000;
    ui.frame(session);
    EXPECT_LT(ui.state.connections.sideways, 1000);
    const float most = ui.state.connections.sideways;
    EXPECT_GT(most, 1);
    for (int part = 1; part <= 8; ++part) {
        ui.state.connections.sideways = most * static_cast<float>(part) / 8;
        click_heads();
    }
    by.erase(std::remove(by.begin(), by.end(), std::nullopt), by.end());
    EXPECT_EQ(by.size(), view::lists::kConnectionColumns);
}

TEST(ConnectionsPanel, AClickOnAHeadSorts) {
    const Session session = opened(9);
    Headless ui;
    ui.frame(session);
    const auto sorted_by = [&](float y) {
        std::vector<std::optional<view::lists::ConnectionColumn>> by;
        for (float x = 100; x < 1500; x += 40) {
            ui.click(session, x, y);
            const auto order = ui.state.connections.list->order();
            if (by.empty() || by.back() != order.by) by.push_back(order.by);
        }
        return by;
    };
    // Below the title; every column is there, from left to right.
    EXPECT_GE(sorted_by(88).size(), view::lists::kConnectionColumns);
}

TEST(ConnectionsPanel, TheNextConnectionIsOneKeyAway) {
    Session session = opened(3, false);
    session.apply(StepConnection{1}, kNow);
    EXPECT_EQ(session.timeline().connection(), model::ConnectionIndex{1});
    session.apply(StepConnection{1}, kNow);
    session.apply(StepConnection{1}, kNow);
    EXPECT_EQ(session.timeline().connection(), model::ConnectionIndex{2}) << "the last";
    session.apply(StepConnection{-1}, kNow);
    EXPECT_EQ(session.timeline().connection(), model::ConnectionIndex{1});
}

TEST(ConnectionsPanel, OfManyEachFrameTakesAPortion) {
    const Session session = opened(3000);
    Headless ui;
    ui.state.connections.text = "refused";
    ui.frame(session);
    // The state of the list begins anew with the trace.
    ui.state.connections.text = "refused";
    ui.frame(session);
    EXPECT_TRUE(ui.state.changes_in);
    int frames = 0;
    while (ui.state.changes_in && ++frames < 100) ui.frame(session);
    EXPECT_GT(frames, 1);
    EXPECT_EQ(ui.state.connections.list->size(), 1000U);
}

}  // namespace
}  // namespace tcpstep::ui::panel
