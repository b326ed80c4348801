#pragma once

#include <vector>

#include "app/session/session.hpp"
#include "app/view/claim_list.hpp"

namespace tcpstep::session {

/// What is claimed of the run that is looked at, at its position: made when something changes, so
/// that it costs nothing to ask in each frame. Good until the session changes, or is asked again.
const std::vector<view::ClaimEntry>& claims_of(const Session& session);
view::ClaimTally claim_tally(const Session& session);

/// The lesson claims something, but this run does not tell: its segments are not held, or not free,
/// as the lesson means it.
bool claims_unchecked(const Session& session);

}  // namespace tcpstep::session
