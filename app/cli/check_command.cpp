#include <algorithm>
#include <cstddef>
#include <set>
#include <string>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/cli/commands.hpp"
#include "app/cli/trace_file.hpp"
#include "app/view/escape.hpp"
#include "app/view/say.hpp"

namespace tcpstep::cli {

namespace {

// A file that is wrong throughout has a fault an event; who mends it begins with the first.
constexpr std::size_t kMostFaults = 1000;

// The names of events and the places of fields that this version does not know, each once:
// "x:y, /data/colour".
std::string unknown_names(const model::Trace& trace) {
    std::set<std::string> names;
    for (const model::Event& event : trace.events()) {
        if (const auto* unknown = std::get_if<model::Unrecognized>(&event.fact))
            names.insert(view::escaped(unknown->name));
    }
    const auto add = [&](const model::UnknownMember& member) {
        names.insert(view::escaped(member.object + "/" + member.name));
    };
    for (const model::UnknownMember& member : trace.unknown.header) add(member);
    for (const auto& [place, members] : trace.unknown.records) {
        for (const model::UnknownMember& member : members) add(member);
    }
    return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

Result<void> check_trace(const CheckOptions& options) {
    const auto reading = read_trace(options.file);
    if (!reading) return tl::make_unexpected(reading.error());
    const std::string file = options.file.string();
    const std::size_t shown = std::min(reading->faults.size(), kMostFaults);
    for (std::size_t i = 0; i < shown; ++i) {
        fmt::print("{}: {}: {}\n", file, reading->faults[i].where, reading->faults[i].what);
    }
    if (shown < reading->faults.size()) {
        fmt::print("{}\n", view::say(strings::Text::TerminalMoreFaults, file,
                                     reading->faults.size() - shown));
    }
    if (reading->truncated) fmt::print("{}\n", view::say(strings::Text::TerminalTruncated, file));
    if (!reading->faults.empty()) {
        return fail(ErrorKind::DoesNotHold,
                    fmt::format("{}: not a valid trace: {} fault{}", file, reading->faults.size(),
                                reading->faults.size() == 1 ? "" : "s"),
                    "assets/schema/README.md describes the format");
    }
    if (const std::string names = unknown_names(reading->trace); !names.empty())
        fmt::print("{}\n", view::say(strings::Text::TerminalUnknown, file, names));
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
