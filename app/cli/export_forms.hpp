#pragma once

#include <vector>

#include "app/session/file_setup.hpp"

namespace tcpstep::cli {

/// The rows of the window's export menu: every form there is.
std::vector<session::ExportForm> export_forms();

}  // namespace tcpstep::cli
