#pragma once

#include <vector>

#include "app/session/session.hpp"
#include "app/view/claim_list.hpp"

namespace tcpstep::session {

/// What is claimed of the run that is looked at, at its position.
std::vector<view::ClaimEntry> claims_of(const Session& session);
view::ClaimTally claim_tally(const Session& session);

/// The lesson claims something, but this run does not tell: its segments are not held, or not free,
/// as the lesson means it.
bool claims_unchecked(const Session& session);

}  // namespace tcpstep::session
