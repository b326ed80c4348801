#pragma once

#include <cstdint>
#include <optional>
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
/// What Ctrl does with the key whose unshifted character is `character`.
std::optional<session::Command> command_for_ctrl(char32_t character);
/// What `command` becomes while its key is held down; nothing for those that make no sense again
/// and again.
std::optional<session::Command> repeated(const session::Command& command);

/// A line of the help: keys, and what they do.
struct KeyHelp {
    strings::Text keys;
    strings::Text meaning;
};
std::vector<KeyHelp> key_help();

}  // namespace tcpstep::ui
