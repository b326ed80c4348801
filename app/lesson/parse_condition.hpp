#pragma once

#include <vector>

#include "app/lesson/json_object.hpp"
#include "app/lesson/lesson.hpp"

namespace tcpstep::lesson {

/// Reads a list of conditions, the field `key`: "after" of a step or a rule, what must hold before;
/// empty if it is not there. Whether the steps exist that it names is for check_references() to
/// say.
std::vector<Condition> parse_conditions(JsonObject& object, const char* key, FirstFault& fault);

}  // namespace tcpstep::lesson
