#include <fmt/format.h>

#include "app/cli/commands.hpp"
#include "app/cli/interrupt.hpp"
#include "app/cli/trace_sink.hpp"
#include "app/lab/lab_run.hpp"
#include "app/lesson/library.hpp"
#include "app/strings/strings.hpp"
#include "app/view/escape.hpp"
#include "app/view/say.hpp"
#include "app/view/text_ladder.hpp"

namespace tcpstep::cli {

namespace {

void print_ladder(const model::Trace& trace) {
    const bool any = !trace.connections().empty();
    const model::Timeline timeline(trace,
                                   any ? std::optional(model::ConnectionIndex{0}) : std::nullopt);
    fmt::print("{}\n{}", view::escaped(trace.title), view::text_ladder(timeline));
}

// Lets the lesson run to its end; the trace and its sink grow meanwhile.
Result<void> conduct(lab::LabRun& run, model::Trace& trace, TraceSink& sink) {
    InterruptEndsLab interrupt;
    auto status = lab::LabRun::Status::Running;
    while (status == lab::LabRun::Status::Running) {
        interrupt.watch(run.pid());
        status = run.wait(trace);
        sink.grow(trace);
    }
    if (status == lab::LabRun::Status::Finished) return {};
    if (!InterruptEndsLab::interrupted()) return tl::make_unexpected(run.error());
    return fail(ErrorKind::DoesNotHold, "interrupted before the lesson was over",
                "what happened until then is kept");
}

}  // namespace

Result<void> run_lesson(const RunOptions& options) {
    const auto lesson = lesson::find_lesson(options.lesson);
    if (!lesson) return tl::make_unexpected(lesson.error());
    auto sink = TraceSink::open(options.json);
    if (!sink) return tl::make_unexpected(sink.error());
    lab::LabOptions lab_options;
    lab_options.port = options.port;
    auto run = lab::LabRun::start(*lesson, lab_options);
    if (!run) return tl::make_unexpected(run.error());

    model::Trace trace;
    const Result<void> done = conduct(*run, trace, *sink);
    if (trace.events().empty()) return done;
    if (run->host_reason()) {
        fmt::print(stderr, "{}\n",
                   view::say(strings::Text::TerminalOnHost, run->host_reason()->what));
    }
    // What happened before a failure is saved and shown like any run.
    const Result<void> saved = sink->finish(trace);
    if (!options.quiet && !sink->to_standard_output()) print_ladder(trace);
    return done ? saved : done;
}

}  // namespace tcpstep::cli
