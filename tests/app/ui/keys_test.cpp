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
          Case{Key::Enter, DeliverHeld{}}, Case{Key::F11, ToggleFullScreen{}},
          Case{Key::Escape, Dismiss{}}}) {
        EXPECT_EQ(command_for(c.key), c.command);
    }
}

TEST(Keys, Characters) {
    struct Case {
        char32_t character;
        Command command;
    };
    for (const Case& c : {Case{U' ', TogglePlay{}},       Case{U'.', StepForward{}},
                          Case{U',', StepBack{}},         Case{U'<', SpeedDown{}},
                          Case{U'>', SpeedUp{}},          Case{U'0', SeekTenth{0}},
                          Case{U'9', SeekTenth{9}},       Case{U'f', ToggleFullScreen{}},
                          Case{U'F', ToggleFullScreen{}}, Case{U't', ToggleTheme{}},
                          Case{U'z', ToggleLanguage{}},   Case{U'n', ToggleRawNumbers{}},
                          Case{U'?', ToggleHelp{}},       Case{U'g', ToggleGlossary{}},
                          Case{U'a', ChooseTimeAxis{}},   Case{U'w', FollowLadder{}},
                          Case{U'+', ZoomLadder{1}},      Case{U'=', ZoomLadder{1}},
                          Case{U'-', ZoomLadder{-1}},     Case{U'G', ToggleGlossary{}},
                          Case{U'c', ToggleClaims{}},     Case{U'C', ToggleClaims{}},
                          Case{U'e', ToggleEvents{}},     Case{U'J', ToggleConnections{}},
                          Case{U'[', StepConnection{-1}}, Case{U']', StepConnection{1}},
                          Case{U'/', FilterList{}},       Case{U'p', TogglePredict{}},
                          Case{U'm', ToggleMore{}},       Case{U'M', ToggleMore{}},
                          Case{U'i', ToggleInspector{}},  Case{U'I', ToggleInspector{}},
                          Case{U'o', ToggleLessons{}},    Case{U'O', ToggleLessons{}}}) {
        EXPECT_EQ(command_for_character(c.character), c.command);
    }
}

TEST(Keys, OnAHeldSegment) {
    struct Case {
        char32_t character;
        Command command;
    };
    for (const Case& c :
         {Case{U'd', DropHeld{}}, Case{U'D', DropHeld{}}, Case{U'u', DuplicateHeld{}},
          Case{U'U', DuplicateHeld{}}, Case{U'l', HoldBackHeld{}}, Case{U'L', HoldBackHeld{}},
          Case{U'h', ToggleHoldList{}}, Case{U's', ToggleSlowMotion{}}}) {
        EXPECT_EQ(command_for_character(c.character), c.command);
    }
}

TEST(Keys, ShiftTurnsAResetRoundAndCapsLockDoesNot) {
    const Command to_receiver = ResetHeld{ResetHeld::Toward::Receiver};
    const Command to_sender = ResetHeld{ResetHeld::Toward::Sender};
    EXPECT_EQ(command_for_character(U'r', false), to_receiver);
    EXPECT_EQ(command_for_character(U'R', true), to_sender);
    EXPECT_EQ(command_for_character(U'R', false), to_receiver);
    EXPECT_EQ(command_for_character(U'r', true), to_sender);
}

TEST(Keys, WithCtrl) {
    EXPECT_EQ(command_for_ctrl(U'+'), Command(TextLarger{}));
    EXPECT_EQ(command_for_ctrl(U'='),
              Command(TextLarger{}));  // its key, unshifted, on many keyboards
    EXPECT_EQ(command_for_ctrl(U'-'), Command(TextSmaller{}));
    EXPECT_EQ(command_for_ctrl(U'0'), Command(TextDefault{}));
    EXPECT_EQ(command_for_ctrl(U'q'), Command(Quit{}));
    EXPECT_EQ(command_for_ctrl(U's'), Command(SaveLab{}));
    EXPECT_EQ(command_for_ctrl(U'o'), Command(ToggleOpenDialog{}));
    EXPECT_EQ(command_for_ctrl(U'e'), Command(ToggleExportList{}));
    EXPECT_EQ(command_for_ctrl(U'c'), Command(CopySegment{}));
    EXPECT_EQ(command_for_ctrl(U'c', true), Command(ToggleCopyList{}));
    EXPECT_EQ(command_for_ctrl(U'x'), std::nullopt);
}

TEST(Keys, APresentersRemoteStepsAndBlanks) {
    EXPECT_EQ(command_for(Key::PageDown), Command(StepForward{}));
    EXPECT_EQ(command_for(Key::PageUp), Command(StepBack{}));
    for (const char32_t key : {U'b', U'B'}) {
        EXPECT_EQ(command_for_character(key), Command(ToggleBlank{}));
    }
    EXPECT_EQ(repeated(ToggleBlank{}), std::nullopt);
}

TEST(Keys, TheFirstFileThatIsDroppedIsOpened) {
    EXPECT_EQ(command_for_drop({"/a.qlog", "/b.qlog"}), Command(OpenFile{"/a.qlog"}));
    EXPECT_EQ(command_for_drop({}), std::nullopt);
}

/// Every command that a key gives, whatever it is about.
std::vector<Command> commands_of_keys() {
    std::vector<Command> all;
    const auto add = [&](const std::optional<Command>& command) {
        if (command) all.push_back(*command);
    };
    for (const Key key : {Key::Right, Key::Left, Key::PageDown, Key::PageUp, Key::Home, Key::End,
                          Key::Up, Key::Down, Key::Enter, Key::F11, Key::Escape})
        add(command_for(key));
    for (char32_t character = 1; character < 128; ++character) {
        for (const bool shift : {false, true}) {
            add(command_for_character(character, shift));
            add(command_for_ctrl(character, shift));
        }
    }
    return all;
}

TEST(Keys, WhateverAKeyDoesALineOfTheHelpDoes) {
    for (const Command& command : commands_of_keys()) {
        // Any of the digits stands for all; the arrows move in what a line has opened.
        const bool digit = std::holds_alternative<SeekTenth>(command);
        if (std::holds_alternative<MoveInList>(command)) continue;
        bool found = false;
        for (const KeyHelp& line : key_help()) {
            for (const Command& does : line.commands)
                found = found || does == command || (digit && does.index() == command.index());
        }
        EXPECT_TRUE(found) << "command " << command.index();
    }
}

TEST(Keys, ALineHasOneCommandOrOneForEachOfItsKeys) {
    for (const KeyHelp& line : key_help()) {
        const std::string keys(strings::text(line.keys));
        ASSERT_FALSE(line.commands.empty()) << keys;
        if (line.commands.size() == 1) continue;
        std::size_t count = 1;
        for (std::size_t at = 0; (at = keys.find("   ", at)) != std::string::npos; at += 3) ++count;
        EXPECT_EQ(line.commands.size(), count) << keys;
    }
}

TEST(Keys, OnlyMovingRepeats) {
    EXPECT_EQ(repeated(StepBack{}), Command(StepBack{}));
    EXPECT_EQ(repeated(MoveInList{1}), Command(MoveInList{1}));
    // Walks on through what was recorded, but never drives the lab.
    EXPECT_EQ(repeated(StepForward{}), Command(StepForward{true}));
    for (const Command& once :
         {Command(TogglePlay{}), Command(ToggleFullScreen{}), Command(DeliverHeld{}),
          Command(DropHeld{}), Command(DuplicateHeld{}), Command(HoldBackHeld{}),
          Command(ResetHeld{}), Command(ToggleSlowMotion{})}) {
        EXPECT_EQ(repeated(once), std::nullopt);
    }
}

TEST(Keys, EachHasItsLineInTheHelp) {
    std::string all;
    for (const KeyHelp& line : key_help()) all += std::string(strings::text(line.keys)) + "\n";
    for (const char* key :
         {"Enter\n", "D\n", "U\n", "L\n", "R   Shift R\n", "H   ", "S\n", "C\n", "Ctrl O\n",
          "Ctrl E   ", "Ctrl C   Ctrl Shift C\n", "B\n", "E   /", "J   [   ]"}) {
        EXPECT_NE(all.find(key), std::string::npos) << key;
    }
}

}  // namespace
}  // namespace tcpstep::ui
