#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tcpstep::view {

/// `text` from outside (a trace, a lesson, the wire) as it may be shown on a screen or a terminal:
/// one line, in which control characters, what is not UTF-8, and characters that turn the direction
/// of writing are C escapes: "\n", "\x1b", "\u202e".
std::string escaped(std::string_view text);

/// The same of its first `at_most` characters; a "…" behind them says that there are more.
std::string escaped(std::string_view text, std::size_t at_most);

/// The character that `text`, which is not empty, begins with, as escaped() shows it.
struct ShownCharacter {
    std::size_t octets = 1;  ///< that it is made of in `text`
    std::string shown;
    bool as_it_is = true;  ///< no escape
};
ShownCharacter first_shown(std::string_view text);

/// The same as a C string in double quotes, with quotes and backslashes escaped too. Only its first
/// `at_most` characters; a "…" behind the quotes says that there are more.
std::string quoted(std::string_view text, std::size_t at_most);

}  // namespace tcpstep::view
