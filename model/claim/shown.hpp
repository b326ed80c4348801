#pragma once

#include <cstdint>
#include <string>

#include "model/claim/value.hpp"

namespace tcpstep::model::claim {

/// The value's number for a person, with its unit: "1720913140", "25 µs"; the shortest of some
/// times, in ns, as "0.8 µs"; what a timer has to go, in ms or 1/100 s, as "59.98 s".
std::string shown(const Value& value, std::int64_t number);

}  // namespace tcpstep::model::claim
