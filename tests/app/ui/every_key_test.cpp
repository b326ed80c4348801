// Every key has a button, and every button a note with its key: whoever has only a mouse can do
// what others do with the keyboard, and learns it.
#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "app/ui/keys.hpp"
#include "app/ui/window/arrangement.hpp"
#include "app/view/say.hpp"
#include "tests/app/session/held_run.hpp"
#include "tests/app/ui/headless.hpp"

namespace tcpstep::ui {
namespace {

using namespace session;
using strings::Text;
using testing::Headless;
using testing::HeldRun;
using testing::kNow;

/// What clicks along a line of the window wish, from left to right.
std::vector<Command> wishes_along(const Session& session, float left, float right, float y) {
    Headless ui;
    std::vector<Command> all;
    for (float x = left; x < right; x += 20) {
        for (Command& wish : ui.click(session, x, y)) all.push_back(std::move(wish));
        if (!ui.state.popup_open) continue;
        ui.state.close_popup = true;  // a list has opened: not what is looked for here
        ui.frame(session);
        ui.frame(session);
    }
    return all;
}

bool has(const std::vector<Command>& wishes, const Command& wish) {
    return std::find(wishes.begin(), wishes.end(), wish) != wishes.end();
}

/// A command, and the note of its button, which names its key.
struct Button {
    Command command;
    Text tip;
    const char* key;
};

void expect_buttons(const std::vector<Command>& wishes, const std::vector<Button>& buttons) {
    for (const Button& button : buttons) {
        const std::string tip(strings::text(button.tip));
        EXPECT_TRUE(has(wishes, button.command)) << tip;
        EXPECT_NE(tip.find(button.key), std::string::npos) << tip;
    }
}

TEST(EveryKey, OfTheTopBarHasItsButton) {
    const HeldRun run;
    const view::Rect bar = window::arrange(1600, 900, 100, 0).top_bar;
    expect_buttons(wishes_along(run.session, 1100, 1600, bar.centre().y),
                   {{ToggleOpenDialog{}, Text::TipOpen, "(Ctrl O)"},
                    {TextSmaller{}, Text::TipSmaller, "(Ctrl -)"},
                    {TextLarger{}, Text::TipLarger, "(Ctrl +)"},
                    {ToggleLanguage{}, Text::TipLanguage, "(Z)"},
                    {ToggleTheme{}, Text::TipTheme, "(T)"},
                    {ToggleFullScreen{}, Text::TipFullScreen, "(F or F11)"},
                    {ToggleGlossary{}, Text::TipGlossary, "(G)"},
                    {ToggleHelp{}, Text::TipHelp, "(?)"}});
}

TEST(EveryKey, OfTheTransportHasItsButton) {
    const HeldRun run;
    const view::Rect bar = window::arrange(1600, 900, 100, 0).transport;
    expect_buttons(wishes_along(run.session, 0, 400, bar.centre().y),
                   {{GoHome{}, Text::TipHome, "(Home)"},
                    {StepBack{}, Text::TipBack, "(Left, comma or Page Up)"},
                    {TogglePlay{}, Text::TipPlay, "(Space)"},
                    {StepForward{}, Text::TipStep, "(Right, period or Page Down)"},
                    {GoEnd{}, Text::TipEnd, "(End)"},
                    {SpeedDown{}, Text::TipSlower, "(<)"},
                    {SpeedUp{}, Text::TipFaster, "(>)"}});
}

TEST(EveryKey, OnAHeldSegmentHasItsButton) {
    using Toward = ResetHeld::Toward;
    const HeldRun run;
    const view::Rect ladder = window::arrange(1600, 900, 100, 0).ladder;
    expect_buttons(wishes_along(run.session, ladder.x, ladder.right(), ladder.bottom() - 28),
                   {{DeliverHeld{}, Text::TipDeliver, "(Enter, "},
                    {DropHeld{}, Text::TipDrop, "(D)"},
                    {DuplicateHeld{}, Text::TipDuplicate, "(U)"},
                    {HoldBackHeld{}, Text::TipHoldBack, "(L)"},
                    {ResetHeld{Toward::Receiver}, Text::TipReset, "(R)"},
                    {ResetHeld{Toward::Sender}, Text::TipResetBack, "(Shift R)"}});
}

TEST(EveryKey, OfAMenuIsInTheNoteOfItsButton) {
    for (const auto& [tip, key] : {std::pair{Text::TipLessons, "(O)"},
                                   {Text::TipHold, "(H)"},
                                   {Text::TipExport, "(Ctrl E)"},
                                   {Text::TipCopy, "(Ctrl Shift C; Ctrl C"},
                                   {Text::TipClaims, "(C)"},
                                   {Text::TipPredict, "(P)"},
                                   {Text::TipNumbers, "(N)"},
                                   {Text::TipHandSave, "(Ctrl S)"},
                                   {Text::TipScrub, "(0 to 9"}}) {
        EXPECT_NE(strings::text(tip).find(key), std::string_view::npos) << strings::text(tip);
    }
}

TEST(EveryKey, TheHelpHasACross) {
    HeldRun run;
    run.press(ToggleHelp{});
    // A click anywhere beside a button closes it as well; but that is a button, small and square.
    Headless ui;
    const auto button_at = [&](float x, float y) {
        ui.move_mouse(x, y);
        for (int frame = 0; frame < 2; ++frame) ui.frame(run.session);
        const auto lit = ui.painted(view::ColourRole::ControlHover, 1, run.session);
        if (lit.empty()) return false;
        const auto [left, right] = std::minmax_element(
            lit.begin(), lit.end(), [](const auto& a, const auto& b) { return a.x < b.x; });
        return right->x - left->x < 40;
    };
    Commands wishes;
    for (float y = 10; y < 230 && wishes.empty(); y += 10) {
        for (float x = 1300; x < 1590 && wishes.empty(); x += 10)
            if (button_at(x, y)) wishes = ui.click(run.session, x, y);
    }
    EXPECT_EQ(wishes, Commands{ToggleHelp{}});
    EXPECT_NE(strings::text(Text::TipHelpClose).find("(? or Esc)"), std::string_view::npos);
}

TEST(EveryKey, IsALineOfTheHelpThatDoesItAndClosesTheHelp) {
    HeldRun run;
    run.press(ToggleHelp{});
    // Two columns at this size: through the keys of each.
    std::vector<Command> all;
    for (int step = 0; step < 44; ++step) {
        const float x = (step < 22 ? 100.0F : 595.0F) + 10 * static_cast<float>(step);
        Headless ui;
        for (float y = 100; y < 830; y += 15) {
            const Commands wishes = ui.click(run.session, x, y);
            EXPECT_TRUE(wishes.empty() || wishes.front() == Command(ToggleHelp{}));
            all.insert(all.end(), wishes.begin(), wishes.end());
        }
    }
    for (const KeyHelp& line : key_help()) {
        const bool closes = has(line.commands, Dismiss{});
        for (const Command& command : line.commands)
            EXPECT_TRUE(closes || has(all, command)) << view::say(line.keys);
    }
}

}  // namespace
}  // namespace tcpstep::ui
