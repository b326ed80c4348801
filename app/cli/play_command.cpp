#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "app/cli/commands.hpp"
#include "app/cli/trace_file.hpp"
#include "app/cli/trace_sink.hpp"
#include "app/files/whole_file.hpp"
#include "app/freelab/lesson_file.hpp"
#include "app/lesson/glossary.hpp"
#include "app/lesson/library.hpp"
#include "app/session/lab_source.hpp"
#include "app/session/session.hpp"
#include "app/ui/window.hpp"
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

// What is wrong with a trace that can be looked at all the same, in one line; empty if nothing is.
session::Words notice_for(const model::qlog::Reading& reading, const std::string& file) {
    using strings::Text;
    if (const std::size_t faults = reading.faults.size(); faults > 0)
        return [=] { return view::say(Text::NoticeFaults, file, faults); };
    if (reading.truncated) return [=] { return view::say(Text::TerminalTruncated, file); };
    return {};
}

// A trace, or else a capture.
Result<void> open_file(const fs::path& path, session::Session& session) {
    const std::string file = path.filename().string();
    const auto show = [&](model::Trace& trace, const session::Words& notice) {
        if (notice) fmt::print(stderr, "tcpstep: {}\n", notice());
        session.open_recording(std::move(trace), file, notice);
    };
    if (begins_like_trace(path)) {
        auto reading = read_trace(path);
        if (!reading) return tl::make_unexpected(reading.error());
        show(reading->trace, notice_for(*reading, file));
    } else {
        auto capture = read_capture(path);
        if (!capture) return tl::make_unexpected(capture.error());
        show(capture->trace, capture->notice);
    }
    return {};
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
    return name;
}

Result<session::Session> session_for(const PlayOptions& options) {
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
    if (!library && !from_file && !own) return tl::make_unexpected(library.error());
    session::Setup setup;
    if (library) setup.lessons = library->lessons;
    // Of that id is the one in the file, whatever else has it.
    if (own) setup.lessons.insert(setup.lessons.begin(), *own);
    setup.seed = options.seed;
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
    session::Session session(std::move(setup));

    if (from_file) {
        const auto opened = open_file(options.what, session);
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
    if (target.empty() || target == "-") return {};
    if (auto file = files::NewFile::open(target); !file) return tl::make_unexpected(file.error());
    return {};
}

Result<void> save(const model::Trace& trace, const std::string& target) {
    if (target.empty() || trace.events().empty()) return {};
    auto sink = TraceSink::open(target);
    if (!sink) return tl::make_unexpected(sink.error());
    return sink->finish(trace);
}

}  // namespace

Result<void> play(const PlayOptions& options) {
    if (auto writable = can_be_written(options.json); !writable) return writable;
    auto session = session_for(options);
    if (!session) return tl::make_unexpected(session.error());
    ui::WindowOptions window;
    window.screenshot = options.screenshot;
    window.width = options.width;
    window.height = options.height;
    window.step = options.step;
    window.theme = options.theme;
    window.text_percent = options.text_percent;
    const Result<void> shown = ui::run_window(*session, window);
    // A run that failed is kept like any other; where no window opened nothing has happened.
    if (!shown && !session->failure()) return shown;
    const Result<void> saved = save(session->trace(), options.json);
    return shown ? saved : shown;
}

}  // namespace tcpstep::cli
