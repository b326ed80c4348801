#include "app/cli/wake.hpp"

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <utility>

#include <fmt/format.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace tcpstep::cli {

Result<Wake> Wake::open() {
    const int descriptor = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (descriptor >= 0) return Wake(descriptor);
    return fail(ErrorKind::MachineForbids, fmt::format("eventfd: {}", std::strerror(errno)), "",
                errno);
}

Wake::Wake(Wake&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

Wake::~Wake() {
    if (descriptor_ >= 0) close(descriptor_);
}

void Wake::ring() const {
    const std::uint64_t one = 1;
    // It can only fail by overflowing, and then it rings anyway.
    [[maybe_unused]] const auto ignored = write(descriptor_, &one, sizeof one);
}

void Wake::silence() const {
    std::uint64_t count = 0;
    [[maybe_unused]] const auto ignored = read(descriptor_, &count, sizeof count);
}

}  // namespace tcpstep::cli
