#pragma once

#include <optional>

#include "app/lesson/json_object.hpp"
#include "app/lesson/lesson.hpp"
#include "model/claim/moment.hpp"

namespace tcpstep::lesson {

/// The field `key` of `object`, a moment of the run of `lesson`, whose steps are read already: what
/// happens to a segment, a step entered or returned, a state.
model::claim::Moment parse_moment(JsonObject& object, const char* key, const Lesson& lesson,
                                  FirstFault& fault);

/// A moment that is an element of an array, standing at `place`.
model::claim::Moment parse_moment(const nlohmann::json& value, const std::string& place,
                                  const Lesson& lesson, FirstFault& fault);

/// The field "segment": which segments are meant. What is not said may be anything.
model::SegmentChoice parse_segment_choice(JsonObject& object, FirstFault& fault);

/// The same where segments are counted as they come, and not found in a trace: no claim.
model::SegmentChoice parse_counted_segment(JsonObject& object, FirstFault& fault);

/// The field `key`, {"from": "client", "nth": 2}: which datagrams; or which ICMP errors.
model::claim::OfDatagram parse_datagram(JsonObject& object, const char* key, FirstFault& fault);

/// The step that "actor" and "step" name, as the call that it makes. Refuses a client's step where
/// there is a second client: a trace does not tell whose call it is.
model::claim::OfCall read_call(JsonObject& object, const Lesson& lesson);

}  // namespace tcpstep::lesson
