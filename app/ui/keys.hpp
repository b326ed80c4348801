#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/session/command.hpp"
#include "app/strings/strings.hpp"

namespace tcpstep::ui {

/// Keys that carry no character.
enum class Key : std::uint8_t {
    Right,
    Left,
    PageDown,
    PageUp,
    Home,
    End,
    Up,
    Down,
    Enter,
    F11,
    Escape
};

/// What a key does. Presenter remotes send PageUp and PageDown.
session::Command command_for(Key key);
/// What a character does, as the keyboard's layout makes it; `shift` is held down.
std::optional<session::Command> command_for_character(char32_t character, bool shift = false);
/// What Ctrl does with the key whose unshifted character is `character`; `shift` is held down too.
std::optional<session::Command> command_for_ctrl(char32_t character, bool shift = false);
/// What is done with files that were dropped onto the window: the first is opened.
std::optional<session::Command> command_for_drop(const std::vector<std::string>& files);
/// What `command` becomes while its key is held down; nothing for those that make no sense again
/// and again.
std::optional<session::Command> repeated(const session::Command& command);

/// A line of the help: keys, and what they do. Between two keys are three spaces. A line is a
/// button, too: all of it where there is one command, else each key for itself.
struct KeyHelp {
    strings::Text keys;
    strings::Text meaning;
    std::vector<session::Command> commands;
};
std::vector<KeyHelp> key_help();

}  // namespace tcpstep::ui
