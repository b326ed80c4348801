#pragma once

#include <string>

#include "model/trace.hpp"

namespace tcpstep::view {

// What was claimed of a run, and what shows it, in the program's language.

/// The claim's own words.
const std::string& claim_text(const model::ClaimChecked& checked);

/// What shows that it holds, or does not: "SYN, ACK delivered at +24.7 ms, connect() returned 163
/// µs later, ACK delivered 11.3 ms later"; before it what the user did that the lesson did not ask
/// for: "segment 3 was dropped by you". Of what never came, what was looked through: "not once
/// among the 12 segments and 9 calls of this run, until +812 ms". `trace` is the one that it stands
/// in.
std::string evidence_text(const model::ClaimChecked& checked, const model::Trace& trace);

/// "holds", "does not hold".
std::string outcome_word(bool holds);

}  // namespace tcpstep::view
