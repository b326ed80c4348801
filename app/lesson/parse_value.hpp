#pragma once

#include "app/lesson/json_object.hpp"
#include "app/lesson/lesson.hpp"
#include "model/claim/value.hpp"

namespace tcpstep::lesson {

/// The field `key` of `object`, a value that a run of `lesson` gives: a number; a field of a
/// segment; what a call returned; a count; a time; a queue's length.
model::claim::Value parse_value(JsonObject& object, const char* key, const Lesson& lesson,
                                FirstFault& fault);

/// The fields "from" and "until": which part of the run.
model::claim::Span parse_span(JsonObject& object, const Lesson& lesson, FirstFault& fault);

}  // namespace tcpstep::lesson
