#include <fmt/format.h>

#include "app/cli/commands.hpp"
#include "app/cli/interrupt.hpp"
#include "app/cli/lab_console.hpp"
#include "app/cli/live_ladder.hpp"
#include "app/cli/live_run.hpp"
#include "app/cli/output.hpp"
#include "app/cli/places.hpp"
#include "app/cli/trace_sink.hpp"
#include "app/cli/wake.hpp"
#include "app/files/whole_file.hpp"
#include "app/freelab/lesson_file.hpp"
#include "app/lab/lab_run.hpp"
#include "app/view/say.hpp"

namespace tcpstep::cli {

namespace {

lesson::Lesson lesson_for(const FreeLabOptions& options) {
    model::SocketAddress server = freelab::default_server();
    if (options.port) server.port = *options.port;
    return freelab::free_lab(!options.free, server);
}

lab::LabOptions lab_options(const FreeLabOptions& options) {
    lab::LabOptions lab;
    lab.by_hand = true;
    lab.automatic = false;
    lab.gated = !options.free;
    lab.hold.what = options.hold.value_or(lab.hold.what);
    return lab;
}

// Whoever is at the keyboard has seen it; a script goes by the exit status.
Result<void> all_obeyed(std::size_t refused) {
    using view::Text;
    if (refused == 0) return {};
    return fail(ErrorKind::DoesNotHold,
                view::say(view::counted(refused, Text::LabRefusedOne, Text::LabRefused), refused),
                view::say(Text::LabRefusedWhy));
}

// Known before anything is done that would then be lost.
Result<void> check_save(const std::string& save) {
    if (save.empty()) return {};
    const auto file = lesson_file_name(save);
    if (!file) return tl::make_unexpected(file.error());
    // Nothing stays of it: it was not committed.
    return files::NewFile::open(*file).map([](const files::NewFile&) {});
}

// To the user's end; the trace and its sink grow meanwhile, and what was done is saved.
Result<void> perform(const FreeLabOptions& options, model::Trace& trace, LiveLadder* ladder,
                     InterruptEndsLab& interrupt, TraceSink& sink) {
    const auto bell = Wake::open();
    if (!bell) return tl::make_unexpected(bell.error());
    const lesson::Lesson lesson = lesson_for(options);
    auto lab = lab::LabRun::start(lesson, lab_options(options), [&bell] { bell->ring(); });
    if (!lab) return tl::make_unexpected(lab.error());
    LiveRun run(*lab, interrupt, trace, sink);
    LabConsole console({run, *bell, ladder, lesson.server});
    Result<void> done = run.outcome(console.work(), "interrupted: the free lab has ended");
    if (done) done = all_obeyed(console.refused());
    if (options.save.empty()) return done;
    const auto saved = console.hand().save(options.save);
    if (saved) print_err("{}", *saved);
    return done && !saved ? tl::make_unexpected(saved.error()) : done;
}

}  // namespace

Result<void> work_free_lab(const FreeLabOptions& options) {
    if (auto fits = check_ending({"--json", options.json}); !fits) return fits;
    if (auto goes = check_save(options.save); !goes) return goes;
    model::Trace trace;
    LiveLadder ladder(trace);
    const bool prints = options.json != "-";
    InterruptEndsLab interrupt;  // before there is a file: nothing half written stays behind
    auto sink = TraceSink::open(options.json);
    if (!sink) return tl::make_unexpected(sink.error());
    sink->keep_session(freelab::kFreeLabId);
    Result<void> done = perform(options, trace, prints ? &ladder : nullptr, interrupt, *sink);
    if (trace.events().empty()) return done;
    if (prints) print("{}", ladder.rest());
    const Result<void> saved = sink->finish(trace);
    return done ? saved : done;
}

}  // namespace tcpstep::cli
