#pragma once

#include <optional>

#include <CLI/CLI.hpp>

#include "app/cli/options.hpp"

namespace tcpstep::cli {

/// Adds `tcpstep run` with its options, which parsing writes into `options`.
CLI::App* add_run_command(CLI::App& program, RunOptions& options);

/// Adds `tcpstep lab` in the same way.
CLI::App* add_lab_command(CLI::App& program, FreeLabOptions& options);

/// Adds `--port N`.
void add_port_option(CLI::App* to, std::optional<std::uint16_t>& port);

/// What is wrong with `text` as a file's name; "" if nothing is.
std::string not_empty(const std::string& text);

}  // namespace tcpstep::cli
