#include <fmt/format.h>

#include "app/cli/commands.hpp"
#include "app/cli/trace_file.hpp"
#include "app/lab/lab_run.hpp"
#include "app/lesson/library.hpp"
#include "app/strings/strings.hpp"
#include "app/view/say.hpp"
#include "app/view/text_ladder.hpp"

namespace tcpstep::cli {

namespace {

void print_ladder(const model::Trace& trace) {
    const bool any = !trace.connections().empty();
    const model::Timeline timeline(trace,
                                   any ? std::optional(model::ConnectionIndex{0}) : std::nullopt);
    fmt::print("{}\n{}", trace.title, view::text_ladder(timeline));
    std::fflush(stdout);
}

}  // namespace

Result<void> run_lesson(const RunOptions& options) {
    const auto lesson = lesson::find_lesson(options.lesson);
    if (!lesson) return tl::make_unexpected(lesson.error());
    lab::LabOptions lab_options;
    lab_options.port = options.port;
    auto run = lab::LabRun::start(*lesson, lab_options);
    if (!run) return tl::make_unexpected(run.error());

    model::Trace trace;
    auto status = lab::LabRun::Status::Running;
    while (status == lab::LabRun::Status::Running) status = run->wait(trace);

    if (run->host_reason() && !trace.events().empty()) {
        fmt::print(stderr, "{}\n",
                   view::say(strings::Text::TerminalOnHost, run->host_reason()->what));
    }
    // What happened before a failure is shown and saved like any run.
    if (!trace.events().empty()) {
        if (!options.quiet && options.json != "-") print_ladder(trace);
        if (!options.json.empty()) {
            if (auto written = write_trace(trace, options.json); !written) return written;
        }
    }
    if (status == lab::LabRun::Status::Failed) return tl::make_unexpected(run->error());
    return {};
}

}  // namespace tcpstep::cli
