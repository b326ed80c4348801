#include <chrono>
#include <cstdio>

#include <fmt/format.h>

#include "app/cli/claims_table.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/interrupt.hpp"
#include "app/cli/live_run.hpp"
#include "app/cli/output.hpp"
#include "app/cli/terminal.hpp"
#include "app/cli/trace_sink.hpp"
#include "app/lab/lab_run.hpp"
#include "app/lesson/library.hpp"
#include "app/view/say.hpp"

namespace tcpstep::cli {

namespace {

using view::say;
using view::Text;

constexpr int kIdWidth = 20;
constexpr int kClaimsWidth = 9;

// One lesson by its own script.
Result<void> perform(const lesson::Lesson& lesson, bool patience, InterruptEndsLab& interrupt,
                     model::Trace& trace) {
    lab::LabOptions options;
    options.automatic = true;
    options.patience = patience;
    auto lab = lab::LabRun::start(lesson, options);
    if (!lab) return tl::make_unexpected(lab.error());
    auto nowhere = TraceSink::open("");
    if (!nowhere) return tl::make_unexpected(nowhere.error());
    LiveRun run(*lab, interrupt, trace, *nowhere);
    auto status = LiveRun::Status::Running;
    while (status == LiveRun::Status::Running) status = run.wait();
    return run.outcome(status);
}

}  // namespace

Result<void> run_all_lessons(bool patience) {
    const auto library = lesson::load_library();
    if (!library) return tl::make_unexpected(library.error());
    InterruptEndsLab interrupt;
    std::size_t failed = 0;
    ClaimCount all;
    const auto start = std::chrono::steady_clock::now();
    const auto seconds_since = [](auto time) {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - time).count();
    };
    print("{:<{}} {:>{}}  {:>7}\n", say(Text::AllLesson), kIdWidth, say(Text::AllClaims),
          kClaimsWidth, say(Text::AllSeconds));
    for (const lesson::Lesson& lesson : library->lessons) {
        model::Trace trace;
        const auto began = std::chrono::steady_clock::now();
        const Result<void> done = perform(lesson, patience, interrupt, trace);
        const ClaimCount count = count_claims(trace);
        const std::size_t more = lesson.patience ? lesson.patience->claims.size() : 0;
        const std::size_t claims = lesson.claims.size() + (patience ? more : 0);
        print("{:<{}} {:>{}}  {:>7.2f}\n", lesson.id, kIdWidth,
              fmt::format("{}/{}", count.holding, claims), kClaimsWidth, seconds_since(began));
        print("{}", claims_text(trace, Claims::Refuted, output_columns()));
        if (more > 0 && !patience) {
            print("  {}\n",
                  say(view::counted(more, Text::AllNotWaitedOne, Text::AllNotWaited), more));
        }
        if (!done) print("{}\n", done.error().line());
        flush_output();
        if (InterruptEndsLab::interrupted()) return done;
        all.checked += claims;
        all.holding += count.holding;
        if (!done || count.holding < claims) ++failed;
    }
    print("{:<{}} {:>{}}  {:>7.2f}\n", say(Text::AllTogether), kIdWidth,
          fmt::format("{}/{}", all.holding, all.checked), kClaimsWidth, seconds_since(start));
    // A file that is no lesson does not hinder the others, but the run has not shown all.
    for (const Error& fault : library->faults) print("{}\n", fault.line());
    flush_output();
    if (failed == 0 && library->faults.empty()) return {};
    if (failed == 0) {
        return fail(ErrorKind::BadInput,
                    fmt::format("files that are no lessons: {}", library->faults.size()),
                    "they are named above");
    }
    return fail(ErrorKind::DoesNotHold,
                fmt::format("{} of {} lessons do not show what they claim", failed,
                            library->lessons.size()),
                "tcpstep run LESSON --json FILE keeps the trace of one");
}

}  // namespace tcpstep::cli
