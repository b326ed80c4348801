#include "app/lab/inbox.hpp"

#include <cstdint>
#include <utility>

#include <sys/eventfd.h>
#include <unistd.h>

#include "app/lab/clock.hpp"

namespace tcpstep::lab {

Inbox::Inbox() : wake_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}

Inbox::~Inbox() {
    close(wake_);
}

void Inbox::put(model::Fact fact, std::optional<SocketEnds> ends) {
    {
        const std::lock_guard lock(mutex_);
        items_.push_back({now(), std::move(fact), ends});
    }
    const std::uint64_t one = 1;
    // It can only fail by overflowing, and then the reader is awake anyway.
    [[maybe_unused]] const auto ignored = write(wake_, &one, sizeof one);
}

std::vector<Inbox::Stamped> Inbox::take(model::Time& until) {
    std::uint64_t count = 0;
    [[maybe_unused]] const auto ignored = read(wake_, &count, sizeof count);
    const std::lock_guard lock(mutex_);
    until = now();
    return std::exchange(items_, {});
}

}  // namespace tcpstep::lab
