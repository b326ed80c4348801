// The free lab's buttons, without a display.
#include "app/ui/panel/hand_panel.hpp"

#include <gtest/gtest.h>

#include "app/ui/window/arrangement.hpp"
#include "tests/app/session/scripted_source.hpp"
#include "tests/app/ui/headless.hpp"

namespace tcpstep::ui::panel {
namespace {

using namespace session;
using freelab::Deed;
using model::Role;
using testing::Headless;

class HandPanel : public ::testing::Test {
  public:
    HandPanel() : session(testing::setup_by_hand(script)) {
        model::Scenario scenario;
        scenario.lab = true;
        scenario.gated = true;
        script->trace.append({{}, std::nullopt, scenario});
        session.open_lesson(freelab::kFreeLabId);
        testing::arrive(session, *script, 1);
    }

    /// Row 0 has the descriptors, rows 1 to 3 the calls, row 4 what they are given. Columns are
    /// quarters; calls have columns of their own, as wide as their words.
    Commands click(Role end, int row, int column) {
        const window::Arrangement a = window::arrange(1600, 900, 100, 0, {.hand = true});
        const view::Rect panel = end == Role::Client ? a.client : a.server;
        const float em = a.side_em;
        const float top = panel.bottom() - hand_height(session, false) * em;
        const float cell = (panel.w - 2 * em) / 4;
        return ui.click(session, panel.x + em + (static_cast<float>(column) + 0.5F) * cell,
                        top + (1.3F + 1.9F * static_cast<float>(row)) * em);
    }

    std::shared_ptr<testing::Script> script = testing::scripted({});
    Session session;
    Headless ui;
};

TEST_F(HandPanel, AButtonWishesItsCall) {
    const Commands wishes = click(Role::Server, 1, 0);
    EXPECT_EQ(wishes, Commands{CallByHand{session.hand()->wish(Role::Server, Deed::Socket)}});
}

TEST_F(HandPanel, AGreyOneWishesNothing) {
    EXPECT_TRUE(click(Role::Client, 2, 0).empty()) << "connect, without a socket";
    EXPECT_TRUE(click(Role::Client, 3, 3).empty()) << "getpeername";
}

TEST_F(HandPanel, TheSecondClientIsChosen) {
    HandChoice choice;
    choice.second_client = true;
    EXPECT_EQ(click(Role::Client, 0, 1), (Commands{ChooseForHand{Role::Client, choice}}));
}

TEST_F(HandPanel, AChoiceIsPickedFromItsList) {
    EXPECT_TRUE(click(Role::Server, 4, 3).empty());
    ui.frame(session);
    ASSERT_TRUE(ui.state.popup_open) << "the backlogs";
    ui.state.list_move = -1;
    ui.frame(session);
    ui.state.list_choose = true;
    HandChoice choice;
    choice.backlog = 2;
    EXPECT_EQ(ui.frame(session), (Commands{ChooseForHand{Role::Server, choice}}));
}

TEST_F(HandPanel, TheFreeLabStandsAtTheEndOfTheLessons) {
    Session other(testing::setup_by_hand(script));
    ui.frame(other);
    ui.state.open_list = List::Lessons;
    ui.frame(other);
    ui.frame(other);
    ASSERT_TRUE(ui.state.popup_open);
    ui.state.list_move = 5;
    ui.frame(other);
    ui.state.list_choose = true;
    EXPECT_EQ(ui.frame(other), Commands{PickLesson{freelab::kFreeLabId}});
}

TEST_F(HandPanel, IsSavedByAButton) {
    const float y = window::arrange(1600, 900, 100, 0).top_bar.centre().y;
    Commands wishes;
    for (float x = 450; x < 700 && wishes.empty(); x += 20) wishes = ui.click(session, x, y);
    EXPECT_EQ(wishes, Commands{SaveLab{}});
}

TEST_F(HandPanel, TakesNoRoomElsewhere) {
    Session lesson(testing::setup_by_hand(script));
    lesson.open_lesson("four-way-close");
    EXPECT_EQ(hand_height(lesson, false), 0);
    EXPECT_GT(hand_height(session, false), 0);
}

}  // namespace
}  // namespace tcpstep::ui::panel
