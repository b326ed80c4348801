#pragma once

#include <string>

#include "app/view/ladder/layout.hpp"

namespace tcpstep::testing {

/// Expects of a ladder that nothing that is written lies over anything else, that words are nearest
/// to what they tell of, and that what is left out had no place. `where` ends each complaint.
void judge(const view::ladder::Ladder& ladder, const view::ladder::LadderInput& input,
           const std::string& where);

}  // namespace tcpstep::testing
