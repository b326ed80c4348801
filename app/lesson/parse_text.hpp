#pragma once

#include "app/lesson/json_object.hpp"
#include "app/lesson/local_text.hpp"

namespace tcpstep::lesson {

/// The field `key` of `object`: {"en": "...", "zh": "..."}, of which "en" must be there.
LocalText parse_text(JsonObject& object, const char* key, FirstFault& fault);

/// The same where `languages` itself is that object.
LocalText parse_text(JsonObject& languages);

}  // namespace tcpstep::lesson
