#pragma once

#include <string>

#include "app/lesson/claim.hpp"
#include "app/lesson/json_object.hpp"
#include "app/lesson/lesson.hpp"

namespace tcpstep::lesson {

/// Reads one element of "claims", standing at `place`; the steps of `lesson` are read already.
Claim parse_claim(const nlohmann::json& value, const std::string& place, const Lesson& lesson,
                  FirstFault& fault);

}  // namespace tcpstep::lesson
