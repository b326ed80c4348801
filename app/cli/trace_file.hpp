#pragma once

#include <filesystem>

#include "model/qlog/reader.hpp"
#include "model/result.hpp"

namespace tcpstep::cli {

/// Reads a trace of either form; "-" is standard input. BadInput if the file cannot be read or is
/// something else.
Result<model::qlog::Reading> read_trace(const std::filesystem::path& file);

}  // namespace tcpstep::cli
