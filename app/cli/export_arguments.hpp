#pragma once

#include <CLI/CLI.hpp>

#include "app/cli/options.hpp"

namespace tcpstep::cli {

/// Adds `export` with its options; what they say is put into `options`.
CLI::App* add_export_command(CLI::App& program, ExportOptions& options);

}  // namespace tcpstep::cli
