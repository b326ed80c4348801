#pragma once

#include <string>

#include "app/lesson/json_object.hpp"
#include "app/lesson/lesson.hpp"

namespace tcpstep::lesson {

/// Reads one element of "client" or "server", standing at `place` in its file.
Step parse_step(const nlohmann::json& value, const std::string& place, FirstFault& fault);

}  // namespace tcpstep::lesson
