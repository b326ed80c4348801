#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "model/segment_choice.hpp"
#include "model/tcp_state.hpp"

namespace tcpstep::lesson {

/// The step named by `label` of an actor of that role has been entered, or has returned.
struct StepReached {
    model::Role actor = model::Role::Client;
    std::string label;
    bool returned = true;  ///< false: it is enough that the call was entered
};

/// An endpoint is in that state, by what was captured.
struct InState {
    model::Role endpoint = model::Role::Client;
    model::State state = model::State::Unknown;
    unsigned connection = 0;  ///< of that one of the run's connections, from 1; 0: of the newest
};

/// So many octets of data, or more, have reached an endpoint in order, whether its process has
/// read them or not.
struct HasReceived {
    model::Role endpoint = model::Role::Client;
    std::uint64_t octets = 0;
    unsigned connection = 0;  ///< as in InState
};

/// Such a segment has been sent; without `nth` one is enough.
struct WasSent {
    model::SegmentChoice segment;
};

using Condition = std::variant<StepReached, InState, HasReceived, WasSent>;

}  // namespace tcpstep::lesson
