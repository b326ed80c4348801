#include "app/files/growing_file.hpp"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/files/whole_file.hpp"

namespace tcpstep::files {

namespace fs = std::filesystem;

namespace {

constexpr mode_t kEverybody = 0666;  // less what the umask forbids
constexpr mode_t kOwner = 0600;

}  // namespace

Result<GrowingFile> GrowingFile::open(const fs::path& file) {
    const int descriptor =
        ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kEverybody);
    if (descriptor < 0) return tl::make_unexpected(cannot_write(file, errno));
    return GrowingFile(file, descriptor, false);
}

Result<GrowingFile> GrowingFile::create_private(const fs::path& file) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kOwner);
    if (descriptor < 0) return tl::make_unexpected(cannot_write(file, errno));
    // Where locks are not to be had (some network file systems) it does without.
    flock(descriptor, LOCK_EX | LOCK_NB);
    return GrowingFile(file, descriptor, true);
}

GrowingFile::GrowingFile(GrowingFile&& other) noexcept
    : file_(std::move(other.file_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      stays_empty_(other.stays_empty_),
      left_(std::move(other.left_)),
      written_(other.written_) {}

GrowingFile::~GrowingFile() {
    if (descriptor_ < 0) return;
    remove_if_empty();
    ::close(descriptor_);
}

// Unless another file has its name by now. A pipe or a device stays, too.
void GrowingFile::remove_if_empty() const {
    if (stays_empty_ || written_ > 0) return;
    struct stat mine {};
    struct stat there {};
    if (fstat(descriptor_, &mine) != 0 || !S_ISREG(mine.st_mode)) return;
    const bool same = lstat(file_.c_str(), &there) == 0 && there.st_dev == mine.st_dev &&
                      there.st_ino == mine.st_ino;
    if (same && mine.st_size == 0) unlink(file_.c_str());
}

Result<void> GrowingFile::append(std::string_view octets) {
    if (!left_.empty()) octets = left_.append(octets);
    std::size_t done = 0;
    int os_errno = 0;
    while (done < octets.size() && os_errno == 0) {
        const ssize_t count = write(descriptor_, octets.data() + done, octets.size() - done);
        if (count >= 0) {
            done += static_cast<std::size_t>(count);
        } else if (errno != EINTR) {
            os_errno = errno;
        }
    }
    written_ += done;
    left_ = std::string(octets.substr(done));
    if (os_errno == 0) return {};
    return tl::make_unexpected(cannot_write(file_, os_errno));
}

Result<void> GrowingFile::close() {
    const Result<void> written = append({});
    remove_if_empty();
    const int descriptor = std::exchange(descriptor_, -1);
    // Linux: closed even where close() fails.
    if (::close(descriptor) != 0 && written) return tl::make_unexpected(cannot_write(file_, errno));
    return written;
}

bool remove_unless_open(const fs::path& file) {
    // NFS locks for writing only what is open for writing.
    const int descriptor = ::open(file.c_str(), O_RDWR | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
    const bool is_open =
        descriptor >= 0 && flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    const bool gone = !is_open && unlink(file.c_str()) == 0;
    if (descriptor >= 0) ::close(descriptor);
    return gone;
}

}  // namespace tcpstep::files
