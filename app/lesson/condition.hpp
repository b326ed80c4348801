#pragma once

#include <string>
#include <variant>

#include "model/tcp_state.hpp"

namespace tcpstep::lesson {

/// The step named by `label` of the given actor has been entered, or has returned.
struct StepReached {
    model::Role actor = model::Role::Client;
    std::string label;
    bool returned = true;  ///< false: it is enough that the call was entered
};

/// An endpoint is in that state, by what was captured.
struct InState {
    model::Role endpoint = model::Role::Client;
    model::State state = model::State::Unknown;
};

using Condition = std::variant<StepReached, InState>;

}  // namespace tcpstep::lesson
