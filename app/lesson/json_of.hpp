#pragma once

#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "app/lesson/lesson.hpp"

namespace tcpstep::lesson {

/// The step as a lesson file has it; parse_step() reads it again as it was.
nlohmann::ordered_json json_of(const Step& step);

/// The field "after" of a step or a rule.
nlohmann::ordered_json json_of(const std::vector<Condition>& conditions);

/// The field "segment" of a rule or a claim.
nlohmann::ordered_json json_of(const model::SegmentChoice& choice);

/// The rule as a lesson file has it.
nlohmann::ordered_json json_of(const WireRule& rule);

}  // namespace tcpstep::lesson
