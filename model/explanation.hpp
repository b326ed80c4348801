#pragma once

#include <string>
#include <string_view>

#include "model/endpoint.hpp"
#include "model/tracked_change.hpp"

namespace tcpstep::model {

/// One English sentence for a student: what this change of that end means. "The server got the
/// client's SYN, answers with SYN,ACK and waits for its ACK."
std::string explain(Role endpoint, const StateChange& change);

/// Why a state is only assumed, in words that follow a colon: "nothing that was captured later
/// shows ...". Empty where there is no doubt.
std::string_view reason_of(Doubt doubt);

}  // namespace tcpstep::model
