#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "app/lesson/lesson.hpp"

namespace tcpstep::lesson {

// A lesson's texts name the server's port by placeholders, as it may be run on another one:
// "{port}" is 8000, "{port:hex}" 1F40, "{port:octets}" 1F 40 as on the wire, "{port:little}" 40 1F
// as a little-endian machine keeps it, "{port:swapped}" 16415, that number with its octets
// exchanged.

/// The text with its placeholders filled in.
std::string with_port(std::string_view text, std::uint16_t port);

/// The first "{port..." of the text that is no placeholder; nothing if all are.
std::optional<std::string> unknown_port_word(std::string_view text);

/// Fills in the port of the lesson's server, in all of its texts.
void fill_in_port(Lesson& lesson);

}  // namespace tcpstep::lesson
