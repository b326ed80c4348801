#include "app/cli/trace_file.hpp"

#include <fstream>
#include <string_view>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "app/cli/kept_payloads.hpp"
#include "app/files/file_in_pieces.hpp"
#include "app/view/say.hpp"
#include "capture/capture_file.hpp"
#include "capture/capture_memory.hpp"
#include "model/observation.hpp"

namespace tcpstep::cli {

namespace fs = std::filesystem;

namespace {

// The window keeps every octet of every header, and the states of each moment.
constexpr std::size_t kMostSegments = 1'000'000;
constexpr std::size_t kPacketsAtOnce = 4096;

model::Trace trace_of(const model::Observation& observation, KeptPayloads& payloads) {
    model::Trace trace;
    // In their order: the events refer to connections by their numbers.
    for (model::ConnectionIndex i = 0; i < observation.connections(); ++i) {
        trace.intern(observation.connection(i).id);
    }
    for (model::SegmentId id = 1; id <= observation.segments(); ++id) {
        model::Event event = observation.event(id);
        std::get<model::SegmentSent>(event.fact).segment.payload = payloads.take(id);
        trace.append(std::move(event));
    }
    return trace;
}

}  // namespace

Result<model::qlog::Reading> read_trace(const fs::path& file, const GoOn& go_on) {
    auto pieces = files::FileInPieces::open(file == "-" ? "/dev/stdin" : file);
    if (!pieces) return tl::make_unexpected(pieces.error());
    bool given_up = false;
    auto reading = model::qlog::read([&] {
        given_up = given_up || (go_on && !go_on(pieces->read()));
        return given_up ? std::string_view() : pieces->next();
    });
    if (given_up) return fail(ErrorKind::BadInput, file.string() + ": it was given up");
    if (const auto failure = pieces->failure(); !failure) {
        return tl::make_unexpected(failure.error());
    }
    if (!reading) {
        Error error = reading.error();
        error.what = fmt::format("{}: {}", file.string(), error.what);
        return tl::make_unexpected(std::move(error));
    }
    return reading;
}

bool begins_like_trace(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    const int first = (in >> std::ws).get();
    return first == '{' || first == '\x1e';
}

// A trace names its schema within its first 256 octets (qlog).
bool names_trace_schema(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string head(256, '\0');
    in.read(head.data(), static_cast<std::streamsize>(head.size()));
    return head.find("\"file_schema\"") != std::string::npos;
}

bool is_lesson_file(const fs::path& file) {
    std::error_code unknown;
    return file.extension() == ".json" && fs::exists(file, unknown) && !names_trace_schema(file);
}

Result<CaptureReading> read_capture(const fs::path& file, const GoOn& go_on) {
    using capture::CaptureFile;
    auto capture = CaptureFile::open(file.string());
    if (!capture) return tl::make_unexpected(capture.error());
    model::Observation observation(capture::capture_memory());
    KeptPayloads payloads;
    const CaptureFile::Sink take = [&](const capture::WireSegment& segment) {
        if (observation.segments() == kMostSegments) return;
        observation.take(segment.source, segment.destination, segment.summary, segment.headers);
        payloads.add(segment.payload);
    };
    CaptureReading reading;
    while (!reading.notice) {
        if (go_on && !go_on(capture->octets_read()))
            return fail(ErrorKind::BadInput, file.string() + ": it was given up");
        const auto step = capture->read(kPacketsAtOnce, take);
        if (!step) {
            reading.notice = [line = step.error().line()] { return line; };
        } else if (capture->counts().segments > kMostSegments) {
            reading.notice = [name = file.filename().string()] {
                return view::say(view::Text::NoticeLongCapture, name, kMostSegments);
            };
        } else if (*step == CaptureFile::Step::End) {
            break;
        }
    }
    observation.finish();
    reading.trace = trace_of(observation, payloads);
    return reading;
}

}  // namespace tcpstep::cli
