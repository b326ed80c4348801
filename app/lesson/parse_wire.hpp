#pragma once

#include <string>

#include "app/lesson/json_object.hpp"
#include "app/lesson/lesson.hpp"

namespace tcpstep::lesson {

/// Reads one element of "wire", standing at `place` in its file.
WireRule parse_wire_rule(const nlohmann::json& value, const std::string& place, FirstFault& fault);

}  // namespace tcpstep::lesson
