#pragma once

#include <optional>
#include <string>

#include "app/lab/gate_command.hpp"

namespace tcpstep::cli {

/// "every", "control", "client", "server" or "none".
std::optional<lab::Hold> hold_of(const std::string& word);

/// What is wrong with a word that hold_of() does not know.
std::string not_a_hold(const std::string& word);

}  // namespace tcpstep::cli
