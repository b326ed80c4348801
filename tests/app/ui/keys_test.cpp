#include "app/ui/keys.hpp"

#include <set>

#include <gtest/gtest.h>

namespace tcpstep::ui {
namespace {

using namespace session;

TEST(Keys, KeysWithoutACharacter) {
    struct Case {
        Key key;
        Command command;
    };
    for (const Case& c :
         {Case{Key::Right, StepForward{}}, Case{Key::PageDown, StepForward{}},
          Case{Key::Left, StepBack{}}, Case{Key::PageUp, StepBack{}}, Case{Key::Home, GoHome{}},
          Case{Key::End, GoEnd{}}, Case{Key::Up, MoveInList{-1}}, Case{Key::Down, MoveInList{1}},
          Case{Key::Enter, ChooseInList{}}, Case{Key::F11, ToggleFullScreen{}},
          Case{Key::Escape, Dismiss{}}}) {
        EXPECT_EQ(command_for(c.key), c.command);
    }
}

TEST(Keys, Characters) {
    struct Case {
        char32_t character;
        Command command;
    };
    for (const Case& c :
         {Case{U' ', TogglePlay{}}, Case{U'.', StepForward{}}, Case{U',', StepBack{}},
          Case{U'<', SpeedDown{}}, Case{U'>', SpeedUp{}}, Case{U'0', SeekTenth{0}},
          Case{U'9', SeekTenth{9}}, Case{U'f', ToggleFullScreen{}}, Case{U'F', ToggleFullScreen{}},
          Case{U't', ToggleTheme{}}, Case{U'n', ToggleRawNumbers{}}, Case{U'?', ToggleHelp{}},
          Case{U'o', ToggleLessons{}}, Case{U'O', ToggleLessons{}}}) {
        EXPECT_EQ(command_for_character(c.character), c.command);
    }
}

TEST(Keys, WhatIsKeptForHeldSegmentsDoesNothingYet) {
    for (char32_t character : U"dulrDULR") {
        if (character == 0) continue;
        EXPECT_EQ(command_for_character(character), std::nullopt);
    }
}

TEST(Keys, WithCtrl) {
    EXPECT_EQ(command_for_ctrl(U'+'), Command(TextLarger{}));
    EXPECT_EQ(command_for_ctrl(U'='),
              Command(TextLarger{}));  // its key, unshifted, on many keyboards
    EXPECT_EQ(command_for_ctrl(U'-'), Command(TextSmaller{}));
    EXPECT_EQ(command_for_ctrl(U'0'), Command(TextDefault{}));
    EXPECT_EQ(command_for_ctrl(U'q'), Command(Quit{}));
    EXPECT_EQ(command_for_ctrl(U'x'), std::nullopt);
}

TEST(Keys, OnlyMovingRepeats) {
    EXPECT_TRUE(may_repeat(StepForward{}));
    EXPECT_TRUE(may_repeat(StepBack{}));
    EXPECT_TRUE(may_repeat(MoveInList{1}));
    EXPECT_FALSE(may_repeat(TogglePlay{}));
    EXPECT_FALSE(may_repeat(ToggleFullScreen{}));
}

}  // namespace
}  // namespace tcpstep::ui
