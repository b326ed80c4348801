#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/claim/claim.hpp"

namespace tcpstep::model::claim {

enum class Outcome : std::uint8_t {
    Open,     ///< what decides it has not come yet
    Holds,    ///
    Refuted,  ///< it does not hold in this run
};

/// What a run says of a claim, with the evidence.
struct Verdict {
    Outcome outcome = Outcome::Open;
    std::vector<EventIndex> seen;  ///< the events that show it, in the order of the claim
    std::string found;             ///< what was found, in numbers and names: "1720913140"
    std::string expected;          ///< what the claim expects instead; empty if that is plain
};

/// Checks a claim on a run, as far as it has come; `finished`: nothing more comes, so that every
/// claim is decided. Once decided, the verdict stays what it is however the trace grows. Pure.
Verdict check(const Predicate& claim, const Chronicle& chronicle, bool finished);

}  // namespace tcpstep::model::claim
