#include "app/ui/panel/glossary_panel.hpp"

#include <gtest/gtest.h>
#include <imgui.h>
#include <imgui_internal.h>

#include "app/ui/window/arrangement.hpp"
#include "tests/app/session/scripted_source.hpp"
#include "tests/app/ui/headless.hpp"

namespace tcpstep::ui::panel {
namespace {

using namespace session;
using testing::Headless;

constexpr Moment kNow{};

Session with_glossary(unsigned percent = 100) {
    session::Setup setup;
    const auto glossary = lesson::load_glossary();
    EXPECT_TRUE(glossary);
    if (glossary) setup.glossary = *glossary;
    Session session(std::move(setup));
    while (session.look().text_percent < percent) session.apply(TextLarger{}, kNow);
    session.apply(ToggleGlossary{}, kNow);
    return session;
}

TEST(GlossaryPanel, TheKeyOpensAndEscapeCloses) {
    Session session = with_glossary();
    EXPECT_TRUE(session.look().glossary);
    session.apply(ToggleHelp{}, kNow);
    EXPECT_FALSE(session.look().glossary) << "one lies on top at a time";
    session.apply(ToggleGlossary{}, kNow);
    EXPECT_FALSE(session.look().help);
    session.apply(Dismiss{}, kNow);
    EXPECT_FALSE(session.look().glossary);
}

TEST(GlossaryPanel, ScrollsByKeysAndWheelAndNoFurtherThanItsEnd) {
    const Session session = with_glossary();
    Headless ui;
    ui.frame(session);
    ASSERT_GT(ui.state.glossary_page, 10);
    EXPECT_TRUE(scroll_glossary(GoEnd{}, ui.state));
    ui.frame(session);
    const float end = ui.state.glossary_scroll;
    EXPECT_GT(end, ui.state.glossary_page);
    EXPECT_LT(end, 400);
    EXPECT_TRUE(scroll_glossary(StepForward{}, ui.state));
    ui.frame(session);
    EXPECT_EQ(ui.state.glossary_scroll, end);
    EXPECT_TRUE(scroll_glossary(StepBack{}, ui.state));
    ui.frame(session);
    EXPECT_EQ(ui.state.glossary_scroll, end - ui.state.glossary_page);
    EXPECT_TRUE(scroll_glossary(GoHome{}, ui.state));
    EXPECT_TRUE(scroll_glossary(MoveInList{-1}, ui.state));
    ui.frame(session);
    EXPECT_EQ(ui.state.glossary_scroll, 0);
    ui.turn_wheel(-1);
    ui.frame(session);
    EXPECT_GT(ui.state.glossary_scroll, 0);
    EXPECT_FALSE(scroll_glossary(DeliverHeld{}, ui.state));
    EXPECT_FALSE(scroll_glossary(Dismiss{}, ui.state));
}

TEST(GlossaryPanel, ItsButtonCloses) {
    const Session session = with_glossary();
    Headless ui;
    ui.frame(session);
    Commands wishes;
    for (float x = 1600; x > 1400 && wishes.empty(); x -= 10) wishes = ui.click(session, x, 48);
    EXPECT_EQ(wishes, Commands{ToggleGlossary{}});
}

TEST(GlossaryPanel, NothingBelowItFeelsTheMouse) {
    const Session session = with_glossary();
    Headless ui;
    ui.frame(session);
    const view::Rect bar = window::arrange(1600, 900, 100, 0).transport;
    EXPECT_TRUE(ui.click(session, 10.3F * 18, bar.centre().y).empty());
}

// Every letter lies within the window.
TEST(GlossaryPanel, FitsIntoASmallWindowAndLargeText) {
    for (const unsigned percent : {75U, 100U, 200U, 300U}) {
        const Session session = with_glossary(percent);
        Headless ui(640, 480);
        ui.frame(session);
        ui.frame(session);
        EXPECT_GT(ui.state.glossary_page, 5) << percent;
        const ImGuiWindow* window = ImGui::FindWindowByName("glossary");
        ASSERT_NE(window, nullptr);
        for (const ImDrawVert& vertex : window->DrawList->VtxBuffer) {
            EXPECT_GE(vertex.pos.x, -1) << percent;
            EXPECT_LE(vertex.pos.x, 641) << percent;
        }
    }
}

TEST(GlossaryPanel, WhereThereIsNoneItSaysWhy) {
    session::Setup setup;
    setup.glossary_fault = "glossary.json: /entries: \"id\" is missing";
    Session session(std::move(setup));
    session.apply(ToggleGlossary{}, kNow);
    Headless ui;
    ui.frame(session);
    EXPECT_EQ(ui.state.glossary_page, 0);
}

}  // namespace
}  // namespace tcpstep::ui::panel
