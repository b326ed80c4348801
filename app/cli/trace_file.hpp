#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "model/qlog/reader.hpp"
#include "model/result.hpp"
#include "model/trace.hpp"

namespace tcpstep::cli {

/// Is told how many octets of the file have been read; false ends the reading.
using GoOn = std::function<bool(std::uint64_t octets)>;

/// Reads a trace of either form; "-" is standard input. BadInput if the file cannot be read or is
/// something else, or the reading was ended.
Result<model::qlog::Reading> read_trace(const std::filesystem::path& file, const GoOn& go_on = {});

/// It begins as a trace does, as JSON or as a record of RFC 7464. A look at the file's first
/// octets, which a pipe on standard input ("-") still gives afterwards: not for other pipes.
bool begins_like_trace(const std::filesystem::path& file);

/// It is a capture (pcap, pcapng). Not for pipes.
bool is_capture_file(const std::filesystem::path& file);

/// It says that it is a trace, of either form. Not for pipes.
bool names_trace_schema(const std::filesystem::path& file);

/// It is a lesson: its name ends with ".json", and it is no trace. Not for pipes.
bool is_lesson_file(const std::filesystem::path& file);

/// A file's trace, to be looked at.
struct CaptureReading {
    model::Trace trace;
    /// In one line, in the language of the moment, what of it is missing; empty if nothing is.
    std::function<std::string()> notice;
};

/// Reads a capture file. Of one that is broken or very long, the segments up to there. Of payloads
/// what KeptPayloads keeps. BadInput if
/// it cannot be read or is something else, or the reading was ended.
Result<CaptureReading> read_capture(const std::filesystem::path& file, const GoOn& go_on = {});

/// Not even of a known kind: BadInput; nothing of its contents is judged. Not for pipes.
Result<void> looks_like_any_form(const std::filesystem::path& file);

/// Reads whatever form of trace or capture it is; "-" is standard input. What is wrong with a trace
/// that can be looked at all the same is its notice.
Result<CaptureReading> read_any_form(const std::filesystem::path& file, const GoOn& go_on = {});

}  // namespace tcpstep::cli
