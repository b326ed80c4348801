#include "app/journal/folder.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <system_error>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "app/files/base_folder.hpp"

namespace tcpstep::journal {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kEnding = ".sqlog";
constexpr std::string_view kForm = "dddd-dd-ddTdd-dd-ddZ";  // d: a digit
constexpr std::size_t kLongestLesson = 100;                 // a file's name has room for 255

bool is_session_name(std::string_view name) {
    if (name.size() < kForm.size() || !name.ends_with(kEnding)) return false;
    const std::string_view stamp = name.substr(0, kForm.size());
    return std::equal(stamp.begin(), stamp.end(), kForm.begin(), [](char c, char form) {
        return form == 'd' ? c >= '0' && c <= '9' : c == form;
    });
}

}  // namespace

std::optional<fs::path> sessions_folder() {
    const auto state = files::base_folder("XDG_STATE_HOME", ".local/state");
    if (!state) return std::nullopt;
    return *state / "tcpstep" / "sessions";
}

std::string stamp(model::Time began, int number) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(began.time_since_epoch());
    const std::time_t time = seconds.count();
    std::tm parts{};
    gmtime_r(&time, &parts);
    // "." sorts behind the "-" that follows the first one's stamp.
    const std::string second = number == 1 ? std::string() : fmt::format(".{:02}", number);
    return fmt::format("{:%Y-%m-%dT%H-%M-%SZ}{}", parts, second);
}

std::string session_name(std::string_view stamp, std::string_view lesson) {
    return fmt::format("{}-{}{}", stamp, lesson.substr(0, kLongestLesson), kEnding);
}

std::vector<fs::path> sessions_in(const fs::path& folder) {
    std::vector<fs::path> sessions;
    std::error_code error;
    for (fs::directory_iterator file(folder, error), end; !error && file != end;
         file.increment(error)) {
        std::error_code unknown;
        const bool regular = fs::is_regular_file(file->symlink_status(unknown));
        if (regular && is_session_name(file->path().filename().string()))
            sessions.push_back(file->path());
    }
    std::sort(sessions.begin(), sessions.end());
    return sessions;
}

Result<std::vector<fs::path>> newest_sessions() {
    const auto folder = sessions_folder();
    if (!folder) {
        return fail(ErrorKind::BadInput,
                    "no session is saved: neither XDG_STATE_HOME nor HOME is set",
                    "set one of them");
    }
    std::vector<fs::path> sessions = sessions_in(*folder);
    std::reverse(sessions.begin(), sessions.end());
    if (!sessions.empty()) return sessions;
    std::error_code error;
    fs::directory_iterator unused(*folder, error);
    if (error && error != std::errc::no_such_file_or_directory) {
        return fail(ErrorKind::BadInput,
                    fmt::format("{}: cannot be read: {}", folder->string(), error.message()),
                    "it must be a folder of yours", error.value());
    }
    return fail(ErrorKind::BadInput, fmt::format("{}: no session is saved yet", folder->string()),
                "tcpstep run handshake --hold makes one");
}

}  // namespace tcpstep::journal
