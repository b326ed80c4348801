#pragma once

#include "app/strings/strings.hpp"
#include "model/tracked_change.hpp"

namespace tcpstep::view {

/// "assumed: ...", why a state is not known for certain; not for Doubt::None.
strings::Text doubt_text(model::Doubt doubt);

}  // namespace tcpstep::view
