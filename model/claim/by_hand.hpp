#pragma once

#include <string_view>

namespace tcpstep::model::claim {

/// What the user did to segments though the lesson's script did not ask for it stands in the
/// evidence of each claim that does not hold in that run, as a sighting of one of these. No event
/// has such a name: each is about the event that it led to.
inline constexpr std::string_view kDroppedByHand = "user:dropped";
inline constexpr std::string_view kDuplicatedByHand = "user:duplicated";
inline constexpr std::string_view kResetByHand = "user:reset";

}  // namespace tcpstep::model::claim
