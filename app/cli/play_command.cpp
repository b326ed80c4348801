#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "app/cli/commands.hpp"
#include "app/cli/file_setup.hpp"
#include "app/cli/output.hpp"
#include "app/cli/places.hpp"
#include "app/cli/quit_signal.hpp"
#include "app/cli/trace_file.hpp"
#include "app/cli/trace_sink.hpp"
#include "app/cli/wake.hpp"
#include "app/cli/watch_window.hpp"
#include "app/cli/window_settings.hpp"
#include "app/files/whole_file.hpp"
#include "app/freelab/lesson_file.hpp"
#include "app/journal/folder.hpp"
#include "app/journal/scribe.hpp"
#include "app/lesson/glossary.hpp"
#include "app/lesson/library.hpp"
#include "app/lesson/parse.hpp"
#include "app/session/lab_source.hpp"
#include "app/session/session.hpp"
#include "app/ui/window/window.hpp"
#include "app/view/say.hpp"

namespace tcpstep::cli {

namespace {

namespace fs = std::filesystem;

// A lesson's id has neither a slash nor a dot; whatever has one, or is there, is a file: of a
// lesson, a trace or a capture.
bool is_file(const std::string& what) {
    std::error_code ignored;
    return what.find_first_of("/.") != std::string::npos ||
           (fs::exists(what, ignored) && !fs::is_directory(what, ignored));
}

lesson::Lesson free_lab(const PlayOptions& options) {
    model::SocketAddress server = freelab::default_server();
    if (options.port) server.port = *options.port;
    return freelab::free_lab(true, server);
}

// Under the first name that is free: nothing is overwritten.
Result<std::string> save_beside(const session::Setup::Write& write) {
    std::error_code ignored;
    int number = 1;
    while (fs::exists(fmt::format("lab-{}.json", number), ignored)) ++number;
    const std::string name = fmt::format("lab-{}.json", number);
    const auto written = files::write_whole(name, [&](std::ostream& out) { out << write(name); });
    if (!written) return tl::make_unexpected(written.error());
    const fs::path whole = fs::absolute(name, ignored);
    return ignored ? name : whole.string();
}

// A window that opens only to be closed again helps nobody: what is not even of a known kind is
// refused before. What cannot be looked at twice is not looked at.
Result<void> looks_like_something(const fs::path& file) {
    std::error_code ignored;
    if (!fs::is_regular_file(file, ignored)) return {};
    return looks_like_any_form(file);
}

// A short file is there before the window is, and an error without one; a long file is read while
// the window is open.
void wait_for_file(session::Session& session, std::chrono::milliseconds longest) {
    struct Bell {
        std::mutex mutex;
        std::condition_variable rung;
        bool rings = false;
    };
    const auto bell = std::make_shared<Bell>();
    session.set_wake([bell] {
        const std::lock_guard lock(bell->mutex);
        bell->rings = true;
        bell->rung.notify_one();
    });
    const auto until = std::chrono::steady_clock::now() + longest;
    for (session.poll(); session.files().reading() != nullptr; session.poll()) {
        std::unique_lock lock(bell->mutex);
        if (!bell->rung.wait_until(lock, until, [&] { return std::exchange(bell->rings, false); }))
            break;
    }
    session.set_wake({});
}

Result<void> open_at_start(const std::string& what, bool picture, session::Session& session) {
    if (auto known = looks_like_something(what); !known) return known;
    std::error_code unknown;
    const fs::path path = fs::absolute(what, unknown);
    session.apply(session::OpenFile{unknown ? what : path.lexically_normal().string()}, {});
    constexpr auto kLongestForPicture = std::chrono::minutes(10);
    wait_for_file(session, picture ? kLongestForPicture : std::chrono::milliseconds(150));
    if (session.refused_file()) return tl::make_unexpected(*session.refused_file());
    return {};
}

session::Look look_for(const PlayOptions& options, const settings::Settings& kept) {
    session::Look look;
    look.theme = options.theme.value_or(kept.theme.value_or(look.theme));
    look.text_percent = options.text_percent.value_or(kept.text_percent.value_or(100));
    look.raw_numbers = kept.raw_numbers.value_or(false);
    // Whoever asks for a size wants to see it.
    look.full_screen = !options.size && kept.full_screen.value_or(false);
    return look;
}

// `scribe` saves each run; nullptr: nobody does. `opens`: what the options say is opened.
Result<session::Session> session_for(const PlayOptions& options, const settings::Settings& kept,
                                     journal::Scribe* scribe, bool opens) {
    // A recording can be looked at without lessons.
    const auto library = lesson::load_library();
    bool from_file = !options.what.empty() && is_file(options.what);
    std::optional<lesson::Lesson> own;
    if (from_file && is_lesson_file(options.what)) {
        auto read = lesson::load_lesson(options.what);
        if (!read) return tl::make_unexpected(read.error());
        own = std::move(*read);
        if (own->id == freelab::kFreeLabId) {
            return fail(ErrorKind::BadInput,
                        fmt::format("{}: /id: the free lab is called {}", options.what, own->id),
                        "give it an id of its own");
        }
        from_file = false;
    }
    if (opens && !library && !from_file && !own) return tl::make_unexpected(library.error());
    session::Setup setup;
    if (library) setup.lessons = library->lessons;
    // Of that id is the one in the file, whatever else has it.
    if (own) lesson::put_in_order(*own, setup.lessons);
    if (options.port) {
        for (lesson::Lesson& one : setup.lessons) {
            auto moved = lesson::on_port(one, *options.port);
            const bool asked_for = one.id == (own ? own->id : options.what);
            if (!moved && asked_for) return tl::make_unexpected(moved.error());
            if (moved) one = std::move(*moved);  // any other stays on its own
        }
    }
    setup.seed = options.seed;
    setup.files = file_setup(kept.recent);
    setup.look = look_for(options, kept);
    setup.speed = kept.speed.value_or(1);
    if (auto glossary = lesson::load_glossary()) {
        setup.glossary = std::move(*glossary);
    } else {
        setup.glossary_fault = glossary.error().line();
    }
    lab::LabOptions lab_options;
    lab_options.port = options.port;
    // Nobody steps by hand for a picture.
    lab_options.automatic = options.screenshot.has_value();
    setup.run_lesson = [lab_options](const lesson::Lesson& lesson, const lab::HoldPolicy& hold,
                                     std::function<void()> wake) {
        lab::LabOptions these = lab_options;
        these.hold = hold;
        return session::open_lab(lesson, these, std::move(wake));
    };
    setup.free_lab = free_lab(options);
    setup.run_by_hand = [lab_options](const lesson::Lesson& lesson, const lab::HoldPolicy& hold,
                                      std::function<void()> wake) {
        lab::LabOptions these = lab_options;
        these.hold = hold;
        these.by_hand = true;
        these.automatic = false;
        return session::open_lab(lesson, these, std::move(wake));
    };
    setup.save_lesson = save_beside;
    if (scribe != nullptr) {
        setup.run_begins = [scribe](const lesson::Lesson& lesson) { scribe->begin(lesson.id); };
        setup.run_grown = [scribe](const model::Trace& trace) { scribe->grown(trace); };
    }
    session::Session session(std::move(setup));
    if (!opens) return session;

    if (from_file) {
        const auto opened = open_at_start(options.what, options.screenshot.has_value(), session);
        if (!opened) return tl::make_unexpected(opened.error());
        return session;
    }
    if (own) {
        session.open_lesson(own->id);
        return session;
    }
    if (options.what.empty() && library->lessons.empty()) {
        return fail(ErrorKind::MachineForbids, "there are no lessons", "run tcpstep doctor");
    }
    const std::string id = options.what.empty() ? library->lessons.front().id : options.what;
    if (id != freelab::kFreeLabId) {
        if (auto found = library->find(id); !found) return tl::make_unexpected(found.error());
    }
    session.open_lesson(id);
    return session;
}

// Found out before there is something to lose, and without touching what is there: it may be what
// is looked at.
Result<void> can_be_written(const std::string& target) {
    std::error_code ignored;
    // The reader of a pipe would take its closing for the end.
    if (target.empty() || target == "-" || fs::is_fifo(target, ignored)) return {};
    if (auto file = files::NewFile::open(target); !file) return tl::make_unexpected(file.error());
    return {};
}

Result<void> save(const model::Trace& trace, const std::string& target) {
    if (target.empty() || trace.events().empty()) return {};
    auto sink = TraceSink::open(target);
    if (!sink) return tl::make_unexpected(sink.error());
    return sink->finish(trace);
}

// In the window too, where the user looks.
void tell_unsaved_runs(journal::Scribe& scribe, session::Session& session) {
    const auto fault = scribe.take_fault();
    if (!fault) return;
    tell_unsaved(*fault);
    session.remark(
        [line = fault->line()] { return view::say(view::Text::NoticeRunUnsaved, line); });
}

// The newest that can be read: a full disk or a power cut may have left nothing of one.
Result<PlayOptions> with_last_session(PlayOptions options) {
    if (!options.last) return options;
    const auto sessions = journal::newest_sessions();
    if (!sessions) return tl::make_unexpected(sessions.error());
    std::vector<Error> skipped;
    for (const fs::path& session : *sessions) {
        const auto reading = read_trace(session);
        if (!reading) {
            skipped.push_back(reading.error());
            continue;
        }
        for (const Error& one : skipped)
            print_err("tcpstep: {}\n", view::say(view::Text::NoticeSessionSkipped, one.what));
        options.what = session.string();
        return options;
    }
    return tl::make_unexpected(skipped.front());
}

}  // namespace

namespace {

using Begin = std::function<Result<void>(session::Session&)>;

// `begin` gives the session something to look at; {}: what the options say.
Result<void> show(const PlayOptions& given, const Begin& begin) {
    if (auto fits = check_ending({"--json", given.json}); !fits) return fits;
    const auto found = with_last_session(given);
    if (!found) return tl::make_unexpected(found.error());
    const PlayOptions& options = *found;
    if (auto writable = can_be_written(options.json); !writable) return writable;
    // A picture is the same whoever takes it, and no run of a user's.
    std::optional<WindowSettings> remembered;
    std::optional<journal::Scribe> scribe;
    if (!options.screenshot) {
        remembered.emplace();
        scribe.emplace();
    }
    // Before there is a lab whose trace would be lost. Of a picture nothing is.
    const auto bell = Wake::open();
    if (!bell) return tl::make_unexpected(bell.error());
    std::optional<QuitSignal> quits;
    if (!options.screenshot) quits.emplace(*bell);
    const settings::Settings kept = remembered ? remembered->at_start() : settings::Settings();
    if (kept.language && !options.language_given) strings::set_language(*kept.language);
    auto session = session_for(options, kept, scribe ? &*scribe : nullptr, !begin);
    if (!session) return tl::make_unexpected(session.error());
    if (begin) {
        if (auto begun = begin(*session); !begun) return begun;
    }
    ui::window::WindowOptions window;
    window.screenshot = options.screenshot;
    if (options.size) {
        window.width = options.size->width;
        window.height = options.size->height;
    } else if (kept.size) {
        window.width = kept.size->width;
        window.height = kept.size->height;
    } else {
        window.scaled = !options.screenshot;
    }
    window.step = options.step;
    if (remembered && quits && scribe) {
        remembered->begin(*session);
        scribe->set_wake(session->bell());
        window.watch = [&](session::Session& shown, int width, int height) {
            remembered->look_at(shown, {width, height});
            tell_unsaved_runs(*scribe, shown);
            if (quits->came()) shown.apply(session::Quit{}, std::chrono::steady_clock::now());
        };
        window.give_wake = [&](std::function<void()> wake) { quits->set_wake(std::move(wake)); };
    }
    const Result<void> shown = ui::window::run_window(*session, window);
    // A run that failed is kept like any other; where no window opened nothing has happened.
    if (!shown && !session->failure()) return shown;
    if (session->content() == session::Session::Content::Nothing && session->refused_file())
        return tl::make_unexpected(*session->refused_file());
    const Result<void> saved = save(session->trace(), options.json);
    return shown ? saved : shown;
}

}  // namespace

Result<void> play(const PlayOptions& given) {
    return show(given, {});
}

Result<void> play_from(const Begin& begin, const PlayOptions& look) {
    return show(look, begin);
}

}  // namespace tcpstep::cli
