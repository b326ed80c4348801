#pragma once

#include <vector>

#include "app/session/file_setup.hpp"

namespace tcpstep::cli {

/// The forms in which a trace can be saved, one a row: another one is another row.
std::vector<session::ExportForm> export_forms();

}  // namespace tcpstep::cli
