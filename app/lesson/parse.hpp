#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "app/lesson/lesson.hpp"
#include "model/result.hpp"

namespace tcpstep::lesson {

/// Reads a lesson file (assets/lessons/README.md). BadInput, one line with the file's name, the
/// line, the place and the reason, if it is not one: not JSON, an unknown field, call, state or
/// step. With `port` the server listens on that one, and claims and texts are about it; see
/// move_to_port().
Result<Lesson> parse_lesson(std::string_view json, const std::string& file_name,
                            std::optional<std::uint16_t> port = std::nullopt);

/// The lesson, once it was parsed, on another port. BadInput if it uses that one otherwise.
Result<Lesson> on_port(const Lesson& lesson, std::uint16_t port);

}  // namespace tcpstep::lesson
