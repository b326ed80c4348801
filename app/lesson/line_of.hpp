#pragma once

#include <cstddef>
#include <string_view>

namespace tcpstep::lesson {

/// The line, from 1, on which the value stands that the JSON pointer names, in a text that is valid
/// JSON; that of the value around it where there is none.
std::size_t line_of(std::string_view json, std::string_view pointer);

}  // namespace tcpstep::lesson
