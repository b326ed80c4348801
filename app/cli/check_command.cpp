#include <algorithm>

#include <fmt/format.h>

#include "app/cli/commands.hpp"
#include "app/cli/trace_file.hpp"
#include "app/view/say.hpp"

namespace tcpstep::cli {

Result<void> check_trace(const CheckOptions& options) {
    const auto reading = read_trace(options.file);
    if (!reading) return tl::make_unexpected(reading.error());
    const std::string file = options.file.string();
    for (const model::qlog::Fault& fault : reading->faults)
        fmt::print("{}: {}: {}\n", file, fault.where, fault.what);
    if (reading->truncated) fmt::print("{}\n", view::say(strings::Text::TerminalTruncated, file));
    if (!reading->faults.empty()) {
        return fail(ErrorKind::DoesNotHold,
                    fmt::format("{}: not a valid trace: {} fault{}", file, reading->faults.size(),
                                reading->faults.size() == 1 ? "" : "s"),
                    "assets/schema/README.md describes the format");
    }
    const auto& events = reading->trace.events();
    const auto segments =
        std::count_if(events.begin(), events.end(), [](const model::Event& event) {
            return std::holds_alternative<model::SegmentSent>(event.fact);
        });
    fmt::print("{}\n", view::say(strings::Text::TerminalValid, file, events.size(), segments,
                                 reading->trace.connections().size()));
    return {};
}

}  // namespace tcpstep::cli
