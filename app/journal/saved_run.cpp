#include "app/journal/saved_run.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <sys/stat.h>

#include "app/files/whole_file.hpp"
#include "app/journal/folder.hpp"

namespace tcpstep::journal {

namespace fs = std::filesystem;

namespace {

constexpr mode_t kOwner = 0700;  // as the XDG specification wants it
constexpr int kMostInASecond = 99;
constexpr const char* kRemedy = "set XDG_STATE_HOME to a folder that is yours and has room";

// With all that is missing above it. errno, or 0.
int make_private_folder(const fs::path& folder) {
    if (mkdir(folder.c_str(), kOwner) == 0) return 0;
    std::error_code ignored;
    if (errno == EEXIST) return fs::is_directory(folder, ignored) ? 0 : ENOTDIR;
    if (errno != ENOENT || !folder.has_relative_path()) return errno;
    if (const int above = make_private_folder(folder.parent_path()); above != 0) return above;
    return mkdir(folder.c_str(), kOwner) == 0 || errno == EEXIST ? 0 : errno;
}

// Room for one more.
void remove_oldest(const std::vector<fs::path>& sessions) {
    for (std::size_t i = 0; i + kMostSessions <= sessions.size(); ++i)
        files::remove_unless_open(sessions[i]);
}

bool taken(const std::vector<fs::path>& sessions, const std::string& stamp) {
    return std::any_of(sessions.begin(), sessions.end(), [&](const fs::path& session) {
        return session.filename().string().starts_with(stamp + "-");
    });
}

}  // namespace

SavedRun::SavedRun(std::string lesson) : lesson_(std::move(lesson)) {}

SavedRun::~SavedRun() {
    if (!file_ || !file_->empty()) return;
    std::error_code ignored;
    fs::remove(place_, ignored);
}

Result<void> SavedRun::begin(model::Time began) {
    const auto folder = sessions_folder();
    if (!folder) return fail(ErrorKind::BadInput, "neither XDG_STATE_HOME nor HOME is set");
    if (const int os_errno = make_private_folder(*folder); os_errno != 0)
        return tl::make_unexpected(files::cannot_write(*folder, os_errno));
    const std::vector<fs::path> sessions = sessions_in(*folder);
    remove_oldest(sessions);
    Error error = files::cannot_write(*folder, EEXIST);
    for (int number = 1; number <= kMostInASecond; ++number) {
        const std::string stamped = stamp(began, number);
        if (taken(sessions, stamped)) continue;
        fs::path place = *folder / session_name(stamped, lesson_);
        auto file = files::GrowingFile::create_private(place);
        if (file) {
            file_.emplace(std::move(*file));
            place_ = std::move(place);
            return {};
        }
        error = file.error();
        if (error.os_errno != EEXIST) break;  // else another program was faster
    }
    return tl::make_unexpected(error);
}

std::optional<Error> SavedRun::append(model::Time began, std::string_view records) {
    if (!file_ && failed_) return std::nullopt;
    const Result<void> begun = file_ ? Result<void>() : begin(began);
    const Result<void> written = begun ? file_->append(records) : begun;
    if (written || std::exchange(failed_, true)) return std::nullopt;
    Error error = written.error();
    error.remedy = kRemedy;
    return error;
}

}  // namespace tcpstep::journal
