#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "app/cli/commands.hpp"
#include "app/cli/lesson_words.hpp"
#include "app/cli/output.hpp"
#include "app/cli/stop_removes.hpp"
#include "app/cli/trace_file.hpp"
#include "app/exports/target.hpp"

namespace tcpstep::cli {

namespace {

namespace fs = std::filesystem;

Result<const exports::Format*> format_for(const ExportOptions& options) {
    if (!options.to.empty()) return exports::find_format(options.to);
    if (const exports::Format* format = exports::format_of_file(options.out)) return format;
    return fail(ErrorKind::BadInput, "to which form is not said",
                fmt::format("use --to: one of {}", exports::format_names()));
}

// BadInput if something was chosen that the form does not heed.
Result<void> check_choices(const ExportOptions& options, const exports::Format& format) {
    for (const auto& [name, choice] : options.chosen) {
        if (format.heeds(choice)) continue;
        return fail(ErrorKind::BadInput, fmt::format("{} has no meaning for {}", name, format.name),
                    fmt::format("it is for {} only", exports::formats_that_heed(choice)));
    }
    return {};
}

// BadInput if it is a lesson, or the export would take its place.
Result<void> check_input(const ExportOptions& options) {
    std::error_code absent;
    if (options.file != "-" && is_lesson_file(options.file)) {
        return fail(ErrorKind::BadInput,
                    fmt::format("{}: this is a lesson, not a trace", options.file),
                    fmt::format("tcpstep run {} --json t.qlog makes a trace of it", options.file));
    }
    if (!options.out.empty() && fs::equivalent(options.file, options.out, absent)) {
        return fail(ErrorKind::BadInput,
                    fmt::format("{}: the export would replace what is exported", options.out),
                    "name another file with -o");
    }
    return {};
}

// A picture shows one connection: which one was taken is told, unless somebody chose it. (The page
// has them all.)
void tell_which(const ExportOptions& options, const exports::Format& format,
                const model::Trace& trace) {
    const std::size_t count = trace.connections().size();
    if (!format.of_one || format.name == "html" || options.connection || count < 2) return;
    print_err("tcpstep: {}: this is connection 1 of {}, {} - choose with --connection\n",
              options.file, count, model::to_string(trace.connections().front()));
}

}  // namespace

Result<void> export_trace(const ExportOptions& options) {
    const auto format = format_for(options);
    if (!format) return tl::make_unexpected(format.error());
    if (auto fits = check_choices(options, **format); !fits) return fits;
    if (auto fits = check_input(options); !fits) return fits;
    auto target = exports::Target::open(**format, options.out.empty() ? "-" : options.out);
    if (!target) return tl::make_unexpected(target.error());
    const StopRemoves on_stop(target->unfinished());
    const auto reading = read_any_form(options.file);
    if (!reading) return tl::make_unexpected(reading.error());
    exports::Options how = options.how;
    if (options.connection) {
        if (*options.connection > reading->trace.connections().size()) {
            return fail(ErrorKind::BadInput,
                        fmt::format("{}: there is no connection {}: it has {}", options.file,
                                    *options.connection, reading->trace.connections().size()),
                        "tcpstep decode and tcpstep play list them");
        }
        how.connection = static_cast<model::ConnectionIndex>(*options.connection - 1);
    }
    how.in_languages = lesson_words(reading->trace);
    how.left_out = [&options](std::size_t has, std::size_t all) {
        print_err(
            "tcpstep: {}: the page has {} of {} connections - another one with --connection, "
            "a part of one with --from-step and --to-step\n",
            options.file, has, all);
    };
    if (auto written = target->write({reading->trace, how}); !written) return written;
    if (reading->notice) return fail(ErrorKind::DoesNotHold, reading->notice());
    tell_which(options, **format, reading->trace);
    return {};
}

}  // namespace tcpstep::cli
