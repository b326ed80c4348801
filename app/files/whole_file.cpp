#include "app/files/whole_file.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <system_error>

#include <fmt/format.h>
#include <unistd.h>

namespace tcpstep::files {

namespace fs = std::filesystem;

namespace {

tl::unexpected<Error> cannot_write(const fs::path& file, int os_errno) {
    return fail(ErrorKind::BadInput,
                fmt::format("{}: cannot be written: {}", file.string(), std::strerror(os_errno)),
                "choose a folder that exists, is yours and has room", os_errno);
}

// 0, or the errno with which it failed. iostreams keep errno as the system call left it.
int fill(const fs::path& file, const std::function<void(std::ostream&)>& write) {
    errno = 0;
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    if (!out) return errno;
    write(out);
    out.close();
    if (out) return 0;
    return errno != 0 ? errno : EIO;
}

}  // namespace

Result<std::string> read_whole(const fs::path& file) {
    const auto refuse = [&](const char* why, int os_errno) {
        return fail(ErrorKind::BadInput, fmt::format("{}: cannot be read: {}", file.string(), why),
                    "name a file that is there and that you may read", os_errno);
    };
    std::error_code ignored;
    if (fs::is_directory(file, ignored)) return refuse("it is a folder", EISDIR);
    errno = 0;
    std::ifstream in(file, std::ios::binary);
    if (!in) return refuse(std::strerror(errno), errno);
    std::ostringstream text;
    text << in.rdbuf();
    if (in.bad()) return refuse(std::strerror(errno), errno);
    return std::move(text).str();
}

Result<void> write_whole(const fs::path& file, const std::function<void(std::ostream&)>& write) {
    std::error_code error;
    if (fs::exists(file, error) && !fs::is_regular_file(file, error)) {
        const int failed = fill(file, write);
        if (failed != 0) return cannot_write(file, failed);
        return {};
    }
    const fs::path beside = fmt::format("{}.part-{}", file.string(), getpid());
    int failed = fill(beside, write);
    if (failed == 0) {
        fs::rename(beside, file, error);
        failed = error.value();
    }
    if (failed == 0) return {};
    fs::remove(beside, error);
    return cannot_write(file, failed);
}

}  // namespace tcpstep::files
