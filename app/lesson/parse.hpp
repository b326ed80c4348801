#pragma once

#include <string>
#include <string_view>

#include "app/lesson/lesson.hpp"
#include "model/result.hpp"

namespace tcpstep::lesson {

/// Reads a lesson file (assets/lessons/README.md). BadInput, one line with the file's name, the
/// line, the place and the reason, if it is not one: not JSON, an unknown field, call, state or step.
Result<Lesson> parse_lesson(std::string_view json, const std::string& file_name);

}  // namespace tcpstep::lesson
