#pragma once

#include <string>

#include "app/lab/gate_command.hpp"

namespace tcpstep::session {

/// "every segment", "only the client's": what is held, in a few words.
std::string hold_words(lab::Hold what);

}  // namespace tcpstep::session
