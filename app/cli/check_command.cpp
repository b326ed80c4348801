#include <algorithm>
#include <cstddef>
#include <string>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/cli/commands.hpp"
#include "app/cli/output.hpp"
#include "app/cli/trace_file.hpp"
#include "app/view/escape.hpp"
#include "app/view/say.hpp"
#include "model/qlog/unknown_places.hpp"

namespace tcpstep::cli {

namespace {

// A file that is wrong throughout has a fault an event; who mends it begins with the first.
constexpr std::size_t kMostFaults = 1000;

// Where the events and fields are that this version does not know.
std::string unknown_places(const model::qlog::UnknownPlaces& unknown) {
    std::string places = view::escaped(fmt::format("{}", fmt::join(unknown.first, ", ")));
    if (unknown.count > unknown.first.size())
        places += fmt::format(", … (+{})", unknown.count - unknown.first.size());
    return places;
}

}  // namespace

Result<void> check_trace(const CheckOptions& options) {
    const std::string file = options.file.string();
    if (is_capture_file(options.file)) {
        return fail(ErrorKind::BadInput, fmt::format("{}: this is a capture, not a trace", file),
                    fmt::format("tcpstep export {} --to qlog makes a trace of it, tcpstep play {} "
                                "shows it",
                                file, file));
    }
    const auto reading = read_trace(options.file);
    if (!reading) return tl::make_unexpected(reading.error());
    const std::size_t shown = std::min(reading->faults.size(), kMostFaults);
    for (std::size_t i = 0; i < shown; ++i) {
        print("{}: {}: {}\n", file, reading->faults[i].where, reading->faults[i].what);
    }
    if (shown < reading->faults.size()) {
        print("{}\n",
              view::say(strings::Text::TerminalMoreFaults, file, reading->faults.size() - shown));
    }
    if (reading->truncated) {
        print("{}\n", view::say(strings::Text::TerminalTruncated, file, reading->cut_record));
    }
    if (!reading->faults.empty()) {
        return fail(ErrorKind::DoesNotHold,
                    fmt::format("{}: not a valid trace: {} fault{}", file, reading->faults.size(),
                                reading->faults.size() == 1 ? "" : "s"),
                    "assets/schema/README.md describes the format");
    }
    if (reading->truncated) {
        return fail(ErrorKind::DoesNotHold, fmt::format("{}: not a whole trace", file),
                    fmt::format("tcpstep export {} --to sqlog writes what is there", file));
    }
    if (reading->unknown.count > 0) {
        print("{}\n",
              view::say(strings::Text::TerminalUnknown, file, unknown_places(reading->unknown)));
    }
    const auto& events = reading->trace.events();
    const auto segments =
        std::count_if(events.begin(), events.end(), [](const model::Event& event) {
            return std::holds_alternative<model::SegmentSent>(event.fact);
        });
    print("{}\n", view::say(strings::Text::TerminalValid, file, events.size(), segments,
                            reading->trace.connections().size()));
    return {};
}

}  // namespace tcpstep::cli
