#include "app/cli/quit_signal.hpp"

#include <cerrno>
#include <cstdint>
#include <utility>

#include <poll.h>
#include <unistd.h>

namespace tcpstep::cli {

namespace {

// A signal handler can reach nothing but statics.
std::atomic<bool> has_come{false};
std::atomic<int> descriptor{-1};
std::atomic<pid_t> owner{0};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free &&
              std::atomic<pid_t>::is_always_lock_free);

constexpr std::array kQuitting = {SIGINT, SIGTERM, SIGHUP};

// Whatever it calls is async-signal-safe, signal-safety(7).
void on_signal(int signal) {
    // The lab inherits the handler, and the bell: to it signals mean what they always do. Reset by
    // SA_RESETHAND, this one is delivered again when the handler returns.
    if (getpid() != owner) {
        raise(signal);
        return;
    }
    const int before = errno;
    has_come = true;
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto ignored = write(descriptor, &one, sizeof one);
    errno = before;
}

}  // namespace

QuitSignal::QuitSignal(const Wake& bell) : bell_(bell), listener_([this] { listen(); }) {
    static_assert(kQuitting.size() == kSignals);
    has_come = false;
    descriptor = bell.descriptor();
    owner = getpid();
    struct sigaction remember {};
    remember.sa_handler = on_signal;
    // Nothing else that waits, as for the display, is to notice.
    remember.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
    for (std::size_t i = 0; i < kSignals; ++i) {
        sigaction(kQuitting[i], nullptr, &before_[i]);
        if (before_[i].sa_handler != SIG_IGN) sigaction(kQuitting[i], &remember, nullptr);
    }
}

QuitSignal::~QuitSignal() {
    for (std::size_t i = 0; i < kSignals; ++i) sigaction(kQuitting[i], &before_[i], nullptr);
    over_ = true;
    bell_.ring();
    listener_.join();
}

bool QuitSignal::came() const {
    return has_come;
}

void QuitSignal::set_wake(std::function<void()> wake) {
    const std::lock_guard lock(mutex_);
    wake_ = std::move(wake);
}

void QuitSignal::listen() {
    pollfd rings{bell_.descriptor(), POLLIN, 0};
    while (!over_) {
        if (poll(&rings, 1, -1) <= 0) continue;
        bell_.silence();
        const std::lock_guard lock(mutex_);
        if (has_come && wake_) wake_();
    }
}

}  // namespace tcpstep::cli
