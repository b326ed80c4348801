#include "app/cli/trace_file.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>
#include <string_view>
#include <system_error>
#include <utility>
#include <variant>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

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

namespace {

// What a pipe will give next, and still does afterwards: tee(2) takes nothing away.
std::string beginning_of_pipe(int pipe) {
    std::array<int, 2> copy{};
    if (pipe2(copy.data(), O_CLOEXEC) != 0) return {};
    std::array<char, 64> octets{};
    const ssize_t count = tee(pipe, copy[1], octets.size(), 0);
    const ssize_t got = count > 0 ? read(copy[0], octets.data(), octets.size()) : 0;
    close(copy[0]);
    close(copy[1]);
    return {octets.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0))};
}

// In one line, empty if nothing is wrong.
std::function<std::string()> notice_for(const model::qlog::Reading& reading, std::string file) {
    using strings::Text;
    if (const std::size_t faults = reading.faults.size(); faults > 0)
        return [=] { return view::say(Text::NoticeFaults, file, faults); };
    if (reading.truncated) {
        return [=, record = reading.cut_record] {
            return view::say(Text::TerminalTruncated, file, record);
        };
    }
    return {};
}

}  // namespace

namespace {

// A byte order mark and white space may stand before a trace (RFC 8259 2, 8.1).
bool begins_like_trace(std::istream& in) {
    std::string mark(3, '\0');
    if (!in.read(mark.data(), 3) || mark != "\xef\xbb\xbf") {
        in.clear();
        in.seekg(0);
    }
    const int first = (in >> std::ws).get();
    return first == '{' || first == '\x1e';
}

}  // namespace

bool begins_like_trace(const fs::path& file) {
    std::error_code ignored;
    if (file == "-" && fs::is_fifo("/dev/stdin", ignored)) {
        std::istringstream in(beginning_of_pipe(STDIN_FILENO));
        return begins_like_trace(in);
    }
    std::ifstream in(file == "-" ? "/dev/stdin" : file, std::ios::binary);
    return begins_like_trace(in);
}

bool is_capture_file(const fs::path& file) {
    std::error_code unknown;
    return fs::is_regular_file(file, unknown) && !begins_like_trace(file) &&
           capture::CaptureFile::open(file.string());
}

// A trace names its schema within its first 256 octets (qlog).
// Looking into a pipe would wait for its writer, and take what is there.
bool names_trace_schema(const fs::path& file) {
    std::error_code unknown;
    if (!fs::is_regular_file(file, unknown)) return false;
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

namespace {

Error where_any_form_would_do(Error error) {
    if (error.remedy == capture::kCaptureExpected)
        error.remedy = "a trace (qlog) or a capture (pcap, pcapng) is expected";
    return error;
}

}  // namespace

Result<void> looks_like_any_form(const fs::path& file) {
    if (begins_like_trace(file)) return {};
    auto capture = capture::CaptureFile::open(file.string());
    if (!capture) return tl::make_unexpected(where_any_form_would_do(std::move(capture.error())));
    return {};
}

Result<CaptureReading> read_any_form(const fs::path& file, const GoOn& go_on) {
    if (!begins_like_trace(file)) {
        auto capture = read_capture(file, go_on);
        if (!capture)
            return tl::make_unexpected(where_any_form_would_do(std::move(capture.error())));
        return capture;
    }
    auto reading = read_trace(file, go_on);
    if (!reading) return tl::make_unexpected(reading.error());
    auto notice = notice_for(*reading, file.filename().string());
    return CaptureReading{std::move(reading->trace), std::move(notice)};
}

}  // namespace tcpstep::cli
