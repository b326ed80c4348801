#pragma once

#include <CLI/CLI.hpp>

#include "app/cli/options.hpp"

namespace tcpstep::cli {

/// Adds `tcpstep watch` to the command line; what is said goes into `options`, which must outlive
/// it.
CLI::App* add_watch_command(CLI::App& program, WatchOptions& options);

}  // namespace tcpstep::cli
