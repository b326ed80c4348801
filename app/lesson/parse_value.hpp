#pragma once

#include "app/lesson/json_object.hpp"
#include "app/lesson/lesson.hpp"
#include "model/claim/value.hpp"

namespace tcpstep::lesson {

/// The field `key` of `object`, a value that a run of `lesson` gives: a number; a field of a
/// segment; what a call returned, or found in a cell of /proc/net/tcp; a count; a time; a queue's
/// length; a field of the kernel's socket; a datagram's length.
model::claim::Value parse_value(JsonObject& object, const char* key, const Lesson& lesson,
                                FirstFault& fault);

/// The fields "actor", "step", "row", "connection" and "column": a cell of /proc/net/tcp.
model::claim::CellOf parse_cell(JsonObject& object, const Lesson& lesson);

/// The fields "from" and "until": which part of the run.
model::claim::Span parse_span(JsonObject& object, const Lesson& lesson, FirstFault& fault);

}  // namespace tcpstep::lesson
