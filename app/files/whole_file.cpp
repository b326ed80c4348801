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

Error cannot_read(const fs::path& file, int os_errno) {
    const char* why = os_errno == EISDIR ? "it is a folder" : std::strerror(os_errno);
    return {ErrorKind::BadInput, fmt::format("{}: cannot be read: {}", file.string(), why),
            "name a file that is there and that you may read", os_errno};
}

Error cannot_write(const fs::path& file, int os_errno) {
    return {ErrorKind::BadInput,
            fmt::format("{}: cannot be written: {}", file.string(), std::strerror(os_errno)),
            "choose a folder that exists, is yours and has room", os_errno};
}

Result<std::string> read_whole(const fs::path& file) {
    std::error_code ignored;
    if (fs::is_directory(file, ignored)) return tl::make_unexpected(cannot_read(file, EISDIR));
    errno = 0;
    std::ifstream in(file, std::ios::binary);
    if (!in) return tl::make_unexpected(cannot_read(file, errno));
    std::ostringstream text;
    text << in.rdbuf();
    if (in.bad()) return tl::make_unexpected(cannot_read(file, errno));
    return std::move(text).str();
}

Result<NewFile> NewFile::open(const fs::path& file) {
    std::error_code error;
    NewFile created;
    created.place_ = fs::is_symlink(file, error) ? fs::weakly_canonical(file, error) : file;
    if (fs::is_directory(created.place_, error))
        return tl::make_unexpected(cannot_write(file, EISDIR));
    const bool replace =
        !fs::exists(created.place_, error) || fs::is_regular_file(created.place_, error);
    if (replace) created.beside_ = fmt::format("{}.part-{}", created.place_.string(), getpid());
    errno = 0;
    created.out_ = std::make_unique<std::ofstream>(replace ? created.beside_ : created.place_,
                                                   std::ios::binary | std::ios::trunc);
    if (*created.out_) return created;
    created.beside_.clear();
    return tl::make_unexpected(cannot_write(file, errno));
}

NewFile::~NewFile() {
    if (!out_ || beside_.empty()) return;
    std::error_code ignored;
    fs::remove(beside_, ignored);
}

Result<void> NewFile::commit() {
    // iostreams keep errno as the system call left it.
    errno = 0;
    out_->close();
    if (!*out_) return tl::make_unexpected(cannot_write(place_, errno != 0 ? errno : EIO));
    if (beside_.empty()) return {};
    std::error_code error;
    fs::rename(beside_, place_, error);
    if (error) return tl::make_unexpected(cannot_write(place_, error.value()));
    beside_.clear();
    return {};
}

Result<void> write_whole(const fs::path& file, const std::function<void(std::ostream&)>& write) {
    Result<NewFile> created = NewFile::open(file);
    if (!created) return tl::make_unexpected(created.error());
    write(created->stream());
    return created->commit();
}

}  // namespace tcpstep::files
