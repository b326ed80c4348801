#pragma once

#include <string>
#include <vector>

#include "app/session/file_setup.hpp"

namespace tcpstep::cli {

/// Reads a lesson, a trace or a capture. What of a trace is missing is told on standard error, and
/// in the window. BadInput if it is none of them.
Result<session::Opened> read_any(const std::string& path, session::ReadingSoFar& so_far);

/// The real files, for a session. `recent` were opened before.
session::FileSetup file_setup(std::vector<std::string> recent);

}  // namespace tcpstep::cli
