#include "app/cli/file_setup.hpp"

#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "app/cli/export_forms.hpp"
#include "app/cli/output.hpp"
#include "app/cli/trace_file.hpp"
#include "app/files/whole_file.hpp"
#include "app/freelab/lesson_file.hpp"
#include "app/journal/folder.hpp"
#include "app/lesson/library.hpp"
#include "app/view/say.hpp"

namespace tcpstep::cli {

namespace fs = std::filesystem;

namespace {

Result<session::Opened> as_recording(model::Trace trace, session::Words notice,
                                     session::ReadingSoFar& so_far) {
    if (notice) print_err("tcpstep: {}\n", notice());
    so_far.read = true;
    return session::Opened(session::Recording(std::move(trace), std::move(notice)));
}

// Under the first name that is free: nothing is overwritten.
Result<std::string> save_new(const std::string& stem, const std::string& ending,
                             const session::FileSetup::Write& write) {
    std::error_code ignored;
    std::string name = stem + ending;
    for (int number = 2; fs::exists(fs::symlink_status(name, ignored)); ++number)
        name = fmt::format("{}-{}{}", stem, number, ending);
    auto file = files::NewFile::open(name);
    if (!file) return tl::make_unexpected(file.error());
    const Result<void> written = write(file->stream());
    if (!written) return tl::make_unexpected(written.error());
    if (auto kept = file->commit(); !kept) return tl::make_unexpected(kept.error());
    // The window does not show where it was started.
    const fs::path whole = fs::absolute(name, ignored);
    return ignored ? name : whole.string();
}

}  // namespace

Result<session::Opened> read_any(const std::string& path, session::ReadingSoFar& so_far) {
    std::error_code unknown;
    const std::uintmax_t size = fs::file_size(path, unknown);
    so_far.size = unknown ? 0 : size;
    const GoOn go_on = [&](std::uint64_t octets) {
        so_far.octets = octets;
        return !so_far.stopped;
    };
    if (is_lesson_file(path)) {
        auto lesson = lesson::load_lesson(path);
        if (!lesson) return tl::make_unexpected(lesson.error());
        if (lesson->id == freelab::kFreeLabId) {
            return fail(ErrorKind::BadInput,
                        fmt::format("{}: /id: the free lab is called {}", path, lesson->id),
                        "give it an id of its own");
        }
        return session::Opened(std::move(*lesson));
    }
    auto reading = read_any_form(path, go_on);
    if (!reading) return tl::make_unexpected(reading.error());
    return as_recording(std::move(reading->trace), std::move(reading->notice), so_far);
}

session::FileSetup file_setup(std::vector<std::string> recent) {
    session::FileSetup setup;
    std::error_code unknown;
    setup.folder = fs::current_path(unknown).string();
    if (unknown) setup.folder = "/";
    if (const char* home = std::getenv("HOME"); home != nullptr && home[0] == '/')
        setup.home = home;
    // Before the first run there is none.
    if (const auto sessions = journal::sessions_folder();
        sessions && fs::is_directory(*sessions, unknown))
        setup.sessions = sessions->string();
    setup.recent = std::move(recent);
    setup.list_folder = browse::list_folder;
    setup.read = read_any;
    setup.exports = export_forms();
    setup.save_new = save_new;
    return setup;
}

}  // namespace tcpstep::cli
