#pragma once

#include <variant>

#include "model/event.hpp"
#include "model/qlog/fields.hpp"
#include "model/qlog/states_of_trace.hpp"

namespace tcpstep::model::qlog {

/// What an event tells: a fact, or a state that its writer inferred (without its connection, which
/// stands beside the data).
using Told = std::variant<Fact, InferredChange>;

/// The time of an event.
Time read_time(const Fields& event, Time reference);

/// What an event tells by its "name" and "data". An event of an unknown name is Unrecognized, and
/// so is a tcp:state_updated of source "kernel". Where something is wrong there are faults, and
/// the value's members mean nothing.
Told read_told(const Fields& event);

}  // namespace tcpstep::model::qlog
