#include "app/files/whole_file.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
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

namespace {

// A file descriptor that is closed at the end.
class Descriptor {
  public:
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor() {
        if (fd_ >= 0) close(fd_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return fd_; }

  private:
    int fd_;
};

bool is_pipe(int fd) {
    struct stat kind {};
    return fstat(fd, &kind) == 0 && S_ISFIFO(kind.st_mode);
}

// read(2), which waits as long as somebody may still write.
ssize_t read_some(int fd, char* into, std::size_t most) {
    while (true) {
        const ssize_t got = read(fd, into, most);
        if (got >= 0 || (errno != EAGAIN && errno != EINTR)) return got;
        pollfd ready{fd, POLLIN, 0};
        if (errno == EAGAIN) poll(&ready, 1, -1);
    }
}

}  // namespace

Result<std::string> read_whole(const fs::path& file, std::size_t most) {
    std::error_code ignored;
    if (fs::is_directory(file, ignored)) return tl::make_unexpected(cannot_read(file, EISDIR));
    // Opening a pipe would wait for somebody who writes into it.
    const Descriptor in(open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (in.get() < 0) return tl::make_unexpected(cannot_read(file, errno));
    std::string text;
    std::array<char, 65536> piece{};
    while (true) {
        const ssize_t got = read_some(in.get(), piece.data(), piece.size());
        if (got < 0) return tl::make_unexpected(cannot_read(file, errno));
        if (got == 0) break;
        text.append(piece.data(), static_cast<std::size_t>(got));
        if (text.size() <= most) continue;
        return fail(ErrorKind::BadInput,
                    fmt::format("{}: has more than {} KiB, too much for such a file", file.string(),
                                most / 1024),
                    "name another file");
    }
    if (text.empty() && is_pipe(in.get())) {
        return fail(ErrorKind::BadInput,
                    fmt::format("{}: is a pipe, and nobody writes into it", file.string()),
                    "name a file, or let a program write into the pipe first");
    }
    return text;
}

namespace {

// Keeps errno of the first write(2) that failed: whoever wrote may not look before much later.
class CauseKeeper : public std::filebuf {
  public:
    int cause() const { return cause_; }

  protected:
    int_type overflow(int_type c) override {
        errno = 0;
        const int_type done = std::filebuf::overflow(c);
        return keep(traits_type::eq_int_type(done, traits_type::eof()), done);
    }
    std::streamsize xsputn(const char* text, std::streamsize count) override {
        errno = 0;
        const std::streamsize done = std::filebuf::xsputn(text, count);
        return keep(done != count, done);
    }
    int sync() override {
        errno = 0;
        const int done = std::filebuf::sync();
        return keep(done != 0, done);
    }

  private:
    // iostreams leave errno as the system call left it.
    template <typename Done>
    Done keep(bool failed, Done done) {
        if (failed && cause_ == 0) cause_ = errno;
        return done;
    }

    int cause_ = 0;
};

}  // namespace

namespace {

// The file that a new one takes the place of, behind links; nothing where `file` is written as it
// is: a pipe or a device, and what the links of /proc name that only the kernel can follow.
// (/dev/stdout leads to "pipe:[4711]", or to a file that is removed: no name for either.)
std::optional<fs::path> what_is_replaced(const fs::path& file) {
    std::error_code error;
    const bool there = fs::exists(file, error);
    if (there && !fs::is_regular_file(file, error)) return std::nullopt;
    if (!fs::is_symlink(file, error)) return file;
    fs::path target = fs::weakly_canonical(file, error);
    if (there && (error || !fs::equivalent(file, target, error))) return std::nullopt;
    return target.empty() ? file : target;
}

}  // namespace

struct NewFile::Output {
    CauseKeeper file;
    std::ostream stream{&file};
};

NewFile::NewFile() : out_(std::make_unique<Output>()) {}
NewFile::NewFile(NewFile&& other) noexcept = default;

std::ostream& NewFile::stream() {
    return out_->stream;
}

Result<NewFile> NewFile::open(const fs::path& file) {
    std::error_code error;
    if (fs::is_directory(file, error)) return tl::make_unexpected(cannot_write(file, EISDIR));
    NewFile created;
    const std::optional<fs::path> replaced = what_is_replaced(file);
    created.place_ = replaced.value_or(file);
    const bool replace = replaced.has_value();
    if (replace) created.beside_ = fmt::format("{}.part-{}", created.place_.string(), getpid());
    errno = 0;
    if (created.out_->file.open(replace ? created.beside_ : created.place_,
                                std::ios::out | std::ios::binary | std::ios::trunc) != nullptr)
        return created;
    created.beside_.clear();
    return tl::make_unexpected(cannot_write(file, errno));
}

NewFile::~NewFile() {
    if (!out_ || beside_.empty()) return;
    std::error_code ignored;
    fs::remove(beside_, ignored);
}

Result<void> NewFile::commit() {
    const bool wrote = out_->stream.flush().good();
    const int cause = out_->file.cause();
    errno = 0;
    const bool closed = out_->file.close() != nullptr;
    if (!wrote || !closed) {
        const int why = cause != 0 ? cause : errno;
        return tl::make_unexpected(cannot_write(place_, why != 0 ? why : EIO));
    }
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
