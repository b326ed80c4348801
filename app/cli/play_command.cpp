#include <filesystem>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "app/cli/commands.hpp"
#include "app/cli/trace_file.hpp"
#include "app/lesson/library.hpp"
#include "app/session/lab_source.hpp"
#include "app/session/session.hpp"
#include "app/ui/window.hpp"

namespace tcpstep::cli {

namespace {

namespace fs = std::filesystem;

// A lesson's id has neither a slash nor a dot; whatever has one, or exists, is a file.
bool is_file(const std::string& what) {
    std::error_code ignored;
    return what.find_first_of("/.") != std::string::npos || fs::exists(what, ignored);
}

Result<session::Session> session_for(const PlayOptions& options) {
    auto lessons = lesson::load_lessons();
    if (!lessons) return tl::make_unexpected(lessons.error());
    session::Setup setup;
    setup.lessons = *lessons;
    lab::LabOptions lab_options;
    lab_options.port = options.port;
    setup.run_lesson = [lab_options](const lesson::Lesson& lesson, std::function<void()> wake) {
        return session::open_lab(lesson, lab_options, std::move(wake));
    };
    session::Session session(std::move(setup));

    if (!options.what.empty() && is_file(options.what)) {
        auto reading = read_trace(options.what);
        if (!reading) return tl::make_unexpected(reading.error());
        for (const model::qlog::Fault& fault : reading->faults) {
            fmt::print(stderr, "tcpstep: {}: {}: {}\n", options.what, fault.where, fault.what);
        }
        session.open_recording(std::move(reading->trace),
                               fs::path(options.what).filename().string());
        return session;
    }
    std::string id = options.what;
    if (id.empty()) {
        if (lessons->empty())
            return fail(ErrorKind::MachineForbids, "there are no lessons", "run tcpstep doctor");
        id = lessons->front().id;
    }
    if (auto found = lesson::find_lesson(id); !found) return tl::make_unexpected(found.error());
    session.open_lesson(id);
    return session;
}

}  // namespace

Result<void> play(const PlayOptions& options) {
    auto session = session_for(options);
    if (!session) return tl::make_unexpected(session.error());
    ui::WindowOptions window;
    window.screenshot = options.screenshot;
    window.width = options.width;
    window.height = options.height;
    window.step = options.step;
    window.theme = options.theme;
    window.text_percent = options.text_percent;
    return ui::run_window(std::move(*session), window);
}

}  // namespace tcpstep::cli
