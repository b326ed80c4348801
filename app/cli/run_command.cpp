#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

#include "app/cli/claims_table.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/interrupt.hpp"
#include "app/cli/lesson_words.hpp"
#include "app/cli/live_ladder.hpp"
#include "app/cli/live_run.hpp"
#include "app/cli/output.hpp"
#include "app/cli/places.hpp"
#include "app/cli/stepper.hpp"
#include "app/cli/terminal.hpp"
#include "app/cli/trace_file.hpp"
#include "app/cli/trace_sink.hpp"
#include "app/cli/verify.hpp"
#include "app/cli/wake.hpp"
#include "app/exports/target.hpp"
#include "app/lab/lab_run.hpp"
#include "app/lesson/library.hpp"
#include "app/lesson/parse.hpp"
#include "app/lesson/script_left.hpp"
#include "app/view/escape.hpp"
#include "app/view/say.hpp"
#include "model/prediction.hpp"

namespace tcpstep::cli {

namespace {

// A file that is there and is no lesson is not a lesson that is mistyped.
Result<lesson::Lesson> lesson_of(const std::string& what) {
    auto lesson = lesson::find_lesson(what);
    std::error_code unknown;
    if (lesson || !std::filesystem::is_regular_file(what, unknown)) return lesson;
    if (names_trace_schema(what)) {
        return fail(ErrorKind::BadInput, fmt::format("{}: is a trace, not a lesson", what),
                    fmt::format("step through it with tcpstep play {}", what));
    }
    if (lesson::names_lesson_file(what)) return lesson;
    return fail(ErrorKind::BadInput,
                fmt::format("{}: is not the name of a lesson's file, which ends with .json", what),
                "rename it; a capture is looked at with tcpstep play");
}

bool takes_standard_output(const RunOptions& options) {
    return options.json == "-" || std::any_of(options.exports.begin(), options.exports.end(),
                                              [](const auto& one) { return one.second == "-"; });
}

bool prints_ladder(const RunOptions& options) {
    return !options.quiet && !takes_standard_output(options);
}

// Who steps must see what is held, and have keys to say what becomes of it.
bool steps_by_hand(const RunOptions& options) {
    return options.hold && !options.automatic && prints_ladder(options) && RawTerminal::is_there();
}

Result<lab::LabOptions> lab_options(const RunOptions& options, const lesson::Lesson& lesson) {
    if (options.predict && !steps_by_hand(options)) {
        return fail(ErrorKind::BadInput, "--predict asks who steps, and nobody does",
                    "run it in a terminal, with --hold");
    }
    lab::LabOptions lab;
    lab.port = options.port;
    lab.patience = options.patience;
    lab.automatic = !steps_by_hand(options);
    lab.show_retransmissions = options.show_retransmissions;
    if (options.free) lab.gated = false;
    if (options.hold || options.slow) {
        lab.gated = true;
        // Slow motion alone holds nothing: everything takes its time.
        lab.hold.what = options.hold.value_or(lab::Hold::None);
        lab.hold.transit = options.slow.value_or(lab.hold.transit);
    }
    const bool holds_nothing = options.free || lab.hold.what == lab::Hold::None;
    if (lesson.needs_gate && holds_nothing) {
        return fail(
            ErrorKind::BadInput,
            fmt::format("lesson '{}' means something only if its segments are held", lesson.id),
            options.free ? "run it without --free" : "run it with --hold");
    }
    return lab;
}

// The lesson's own script steps.
LiveRun::Status play_script(LiveRun& run, LiveLadder* ladder) {
    auto status = LiveRun::Status::Running;
    while (status == LiveRun::Status::Running) {
        status = run.wait();
        if (ladder == nullptr) continue;
        print("{}", ladder->new_rows(run.lab().settled()));
        flush_output();
    }
    return status;
}

// What a run needs to be told, and where it tells what happens.
struct Run {
    const RunOptions& options;
    const lesson::Lesson& lesson;
    const lab::LabOptions& lab_options;
    model::Trace& trace;
    LiveLadder& ladder;
};

// To its end, or to the user's; the trace and its sink grow meanwhile.
Result<void> perform(const Run& of, InterruptEndsLab& interrupt, TraceSink& sink) {
    const auto bell = Wake::open();
    if (!bell) return tl::make_unexpected(bell.error());
    auto lab = lab::LabRun::start(of.lesson, of.lab_options, [&bell] { bell->ring(); });
    if (!lab) return tl::make_unexpected(lab.error());
    LiveRun run(*lab, interrupt, of.trace, sink);
    if (!of.lab_options.automatic) {
        session::Predicting predicting(of.options.seed);
        predicting.turn(of.options.predict);
        Stepper stepper(run, *bell, of.ladder, std::move(predicting));
        stepper.tell(of.lesson);
        return run.outcome(stepper.step());
    }
    // In a terminal the rows come as things happen; a pipe's reader must not hold up the run.
    const bool live = prints_ladder(of.options) && isatty(STDOUT_FILENO) == 1;
    return run.outcome(play_script(run, live ? &of.ladder : nullptr));
}

// BadInput if one cannot be written: known before the run begins. What is a row of records grows
// with the run, as `--json x.sqlog` does.
Result<std::vector<exports::Target>> open_exports(const RunOptions& options, TraceSink& sink) {
    std::vector<exports::Target> targets;
    for (const auto& [name, place] : options.exports) {
        if (name == "sqlog" && place != "-") {
            if (auto grows = sink.also_into(place); !grows)
                return tl::make_unexpected(grows.error());
            continue;
        }
        auto target = exports::Target::open(*exports::find_format(name), place);
        if (!target) return tl::make_unexpected(target.error());
        targets.push_back(std::move(*target));
    }
    return targets;
}

std::vector<Place> places_of(const RunOptions& options) {
    std::vector<Place> places = {{"--json", options.json}};
    for (const auto& [name, place] : options.exports) places.emplace_back("--" + name, place);
    return places;
}

// What happened before a failure is saved like any run.
Result<void> perform_and_save(const Run& run) {
    InterruptEndsLab interrupt;  // before there is a file: nothing half written stays behind
    auto sink = TraceSink::open(run.options.json);
    if (!sink) return tl::make_unexpected(sink.error());
    sink->keep_session(run.lesson.id);
    auto others = open_exports(run.options, *sink);
    if (!others) return tl::make_unexpected(others.error());
    const Result<void> done = perform(run, interrupt, *sink);
    if (run.trace.events().empty()) return done;
    Result<void> saved = sink->finish(run.trace);
    exports::Options how;
    how.in_languages = lesson_words(run.trace);
    for (exports::Target& other : *others) {
        const Result<void> written = other.write({run.trace, how});
        if (saved) saved = written;
    }
    return done ? saved : done;
}

Result<void> verify_and_tell(const RunOptions& options, const model::Trace& trace) {
    const auto compared = verify(trace);
    if (!compared) return tl::make_unexpected(compared.error());
    // Standard output may be the trace's.
    write_text(takes_standard_output(options) ? stderr : stdout,
               view::say(view::Text::TerminalVerified, *compared) + "\n");
    return {};
}

// What was done by hand, of a free lab that was saved, and is not done again.
void tell_differences(const lesson::Lesson& lesson, const RunOptions& options) {
    for (const lesson::LocalText& one : lesson.differs) {
        write_text(prints_ladder(options) ? stdout : stderr,
                   view::say(view::Text::TerminalDiffers, view::escaped(one.shown())) + "\n");
    }
}

Result<void> check_claims(const lesson::Lesson& lesson, const model::Trace& trace,
                          const RunOptions& options) {
    const ClaimCount count = count_claims(trace);
    if (count.holding == count.checked) return {};
    // Else they stand with the others below the ladder.
    if (!prints_ladder(options))
        print_err("{}", claims_text(trace, Claims::Refuted, output_columns()));
    return fail(ErrorKind::DoesNotHold,
                fmt::format("lesson '{}': {} of {} claims do not hold in this run", lesson.id,
                            count.checked - count.holding, count.checked),
                "keep the trace with --json FILE and step to that moment with tcpstep play FILE");
}

// A run that was broken off, by its user or otherwise, has not come to all claims. Where none was
// watched, as its segments are not held as the lesson means it, there is nothing to count.
void tell_rest(const lesson::Lesson& lesson, const model::Trace& trace, const RunOptions& options) {
    const std::vector<lesson::Claim> claims = claims_of(lesson, options.patience);
    const ClaimCount count = count_claims(trace);
    if (trace.events().empty()) return;
    const auto* scenario = std::get_if<model::Scenario>(&trace.events().front().fact);
    const bool every = options.hold.value_or(lab::Hold::Every) == lab::Hold::Every;
    const bool as_meant = scenario != nullptr && scenario->gated == lesson.held && every &&
                          !options.show_retransmissions && !(options.slow && !options.hold);
    if (!as_meant || count.checked >= claims.size()) return;
    print("{}", not_reached_text(trace, claims, output_columns()));
    print("{}", closing_text(trace, claims));
}

}  // namespace

Result<void> run_lesson(const RunOptions& options) {
    auto lesson = lesson_of(options.lesson);
    if (!lesson) return tl::make_unexpected(lesson.error());
    if (options.port) lesson = lesson::on_port(*lesson, *options.port);
    if (!lesson) return tl::make_unexpected(lesson.error());
    std::error_code ignored;  // most lessons are no files, and most traces none yet
    if (std::filesystem::equivalent(options.json, options.lesson, ignored)) {
        return fail(ErrorKind::BadInput,
                    fmt::format("{}: the trace would replace the lesson", options.json),
                    "give --json another name");
    }
    if (auto apart = check_places(places_of(options)); !apart) return apart;
    const auto wanted = lab_options(options, *lesson);
    if (!wanted) return tl::make_unexpected(wanted.error());
    model::Trace trace;
    LiveLadder ladder(trace, lesson->title.shown(), {options.more, output_columns()});
    const Result<void> done = perform_and_save({options, *lesson, *wanted, trace, ladder});
    if (!trace.events().empty() && prints_ladder(options)) print("{}", ladder.rest());
    if (const model::Score score = model::score_of(trace);
        score.asked > 0 && prints_ladder(options))
        print("{}\n", view::say(view::Text::PredictScore, score.right, score.asked));
    if (prints_ladder(options)) {
        print("{}", claims_text(trace, Claims::All, output_columns()));
        tell_rest(*lesson, trace, options);
        if (!options.patience) print("{}", not_waited_text(*lesson, output_columns()));
    }
    if (!trace.events().empty()) tell_differences(*lesson, options);
    if (!done) return done;
    if (options.verify) {
        if (auto verified = verify_and_tell(options, trace); !verified) return verified;
    }
    // Who steps by hand may make anything of it, and has then left the script.
    const bool excused = steps_by_hand(options) && lesson::script_left(*lesson, trace);
    return excused ? Result<void>{} : check_claims(*lesson, trace, options);
}

}  // namespace tcpstep::cli
