#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "app/cli/commands.hpp"
#include "app/cli/decode_table.hpp"
#include "app/cli/places.hpp"
#include "app/cli/reading_progress.hpp"
#include "app/cli/stop_signal.hpp"
#include "app/cli/trace_file.hpp"
#include "app/exports/format.hpp"
#include "app/files/whole_file.hpp"
#include "capture/capture_file.hpp"
#include "capture/capture_memory.hpp"
#include "model/observation.hpp"
#include "model/qlog/writer.hpp"

namespace tcpstep::cli {

namespace {

namespace fs = std::filesystem;

// Between two looks at the clock and at signals; about a millisecond.
constexpr std::size_t kPacketsAtOnce = 4096;

Result<capture::CaptureFile> open_capture(const std::string& file) {
    auto capture = capture::CaptureFile::open(file);
    if (capture || file == "-" || !begins_like_trace(file)) return capture;
    // Whoever decodes a trace meant to look at it.
    return fail(ErrorKind::BadInput, fmt::format("{}: this is a trace, not a capture", file),
                fmt::format("tcpstep play {} shows it", file));
}

tl::unexpected<Error> interrupted(const std::string& file) {
    const std::string name = file == "-" ? "standard input" : file;
    return fail(ErrorKind::DoesNotHold, fmt::format("{}: interrupted before its end", name),
                "what was read until then is kept");
}

// To the file's end, to where it is broken, or until the user has had enough.
Result<void> read_into(model::Observation& observation, capture::CaptureFile& capture,
                       const std::string& file) {
    ReadingProgress progress;
    const capture::CaptureFile::Sink take = [&](const capture::WireSegment& segment) {
        observation.take(segment.source, segment.destination, segment.summary, segment.headers);
    };
    while (!StopSignal::came()) {
        const auto step = capture.read(kPacketsAtOnce, take);
        // A read that a signal ended is told as an error.
        if (StopSignal::came()) break;
        if (!step) return tl::make_unexpected(step.error());
        if (*step == capture::CaptureFile::Step::End) return {};
        progress.tell(capture.counts().segments, capture.octets_read(), capture.size());
    }
    return interrupted(file);
}

// One line for a reading that ended early, and a trace that could not be kept.
tl::unexpected<Error> both(const Error& reading, const Error& saving) {
    return fail(reading.kind, fmt::format("{}; nor is it kept: {}", reading.what, saving.what),
                saving.remedy, reading.os_errno);
}

// BadInput if the trace would take the capture's place.
Result<void> check_different(const std::string& capture, const std::string& trace) {
    std::error_code absent;
    if (!fs::equivalent(capture, trace, absent)) return {};
    return fail(ErrorKind::BadInput, fmt::format("{}: the trace would replace the capture", trace),
                "name another file with --json");
}

/// Where the trace goes: nowhere (""), to standard output ("-"), or into a file.
class TraceTarget {
  public:
    /// BadInput if the file cannot be written: known before the reading begins.
    static Result<TraceTarget> open(const std::string& target) {
        TraceTarget opened;
        opened.to_standard_output_ = target == "-";
        if (target.empty() || target == "-") return opened;
        if (exports::has_ending(target, ".sqlog")) {
            return fail(ErrorKind::BadInput,
                        fmt::format("{}: decode writes no sequential traces", target),
                        "name a file that ends in .qlog");
        }
        auto file = files::NewFile::open(target);
        if (!file) return tl::make_unexpected(file.error());
        opened.file_.emplace(std::move(*file));
        return opened;
    }

    Result<void> save(const model::Observation& observation, const std::string& capture) {
        const model::qlog::CaptureTitle title{fs::path(capture).filename().string(), {}};
        if (to_standard_output_) {
            model::qlog::write_contained(observation, title, std::cout);
            if (std::cout.flush()) return {};
            return fail(ErrorKind::BadInput, "standard output: the trace could not be written",
                        "is what reads it still there, and is there room?");
        }
        if (!file_) return {};
        model::qlog::write_contained(observation, title, file_->stream());
        return file_->commit();
    }

  private:
    TraceTarget() = default;

    bool to_standard_output_ = false;
    std::optional<files::NewFile> file_;
};

// What was read, for a person. A reader that has seen enough (`| head`) is no failure.
Result<void> print_table(const model::Observation& observation,
                         const capture::CaptureCounts& counts) {
    errno = 0;
    write_table(observation, std::cout);
    std::cout << summary_line(counts, observation.connections()) << '\n';
    if (std::cout.flush()) return {};
    const int os_errno = errno;
    std::clearerr(stdout);
    if (os_errno == EPIPE) return {};
    Error error = files::cannot_write("standard output", os_errno);
    error.remedy = "make room where it goes, or send it elsewhere";
    return tl::make_unexpected(std::move(error));
}

}  // namespace

Result<void> decode_capture(const DecodeOptions& options) {
    if (auto different = check_different(options.file, options.json); !different) return different;
    if (auto fits = check_ending({"--json", options.json}); !fits) return fits;
    auto target = TraceTarget::open(options.json);
    if (!target) return tl::make_unexpected(target.error());
    model::Observation observation(capture::capture_memory());
    std::optional<StopSignal> signals(std::in_place);  // a pipe lets wait already to be opened
    auto capture = open_capture(options.file);
    if (!capture) {
        return StopSignal::came() ? interrupted(options.file)
                                  : tl::make_unexpected(capture.error());
    }
    const Result<void> done = read_into(observation, *capture, options.file);
    signals.reset();
    observation.finish();
    Result<void> printed;
    if (!options.quiet && options.json != "-")
        printed = print_table(observation, capture->counts());
    const Result<void> saved = target->save(observation, options.file);
    if (!done && saved) return done;
    if (!saved) return done ? saved : both(done.error(), saved.error());
    return printed;
}

}  // namespace tcpstep::cli
