#pragma once

#include <filesystem>

#include "model/qlog/reader.hpp"
#include "model/result.hpp"
#include "model/trace.hpp"

namespace tcpstep::cli {

/// Reads a trace of either form. BadInput if the file cannot be read or is something else.
Result<model::qlog::Reading> read_trace(const std::filesystem::path& file);

/// Writes the trace: the sequential form if the name ends in ".sqlog", else the contained form; to
/// standard output for "-". A file is written beside and then renamed, so that whatever happens
/// there is the old file or the whole new one. BadInput if it cannot be written.
Result<void> write_trace(const model::Trace& trace, const std::filesystem::path& file);

}  // namespace tcpstep::cli
