#pragma once

#include <array>
#include <atomic>
#include <csignal>
#include <cstddef>
#include <functional>
#include <mutex>
#include <thread>

#include "app/cli/wake.hpp"
#include "model/result.hpp"

namespace tcpstep::cli {

/// While it lives, the first SIGINT, SIGTERM or SIGHUP is remembered and rings, so that a window
/// that waits can quit as by hand; the second of the same kind ends the program. One that is
/// ignored stays so (nohup). Not for processes that this one forks. One at a time.
class QuitSignal {
  public:
    /// `bell` must outlive it.
    explicit QuitSignal(const Wake& bell);
    ~QuitSignal();
    QuitSignal(const QuitSignal&) = delete;
    QuitSignal& operator=(const QuitSignal&) = delete;

    /// A signal has come since this was made.
    bool came() const;
    /// What is called, in another thread, when one comes; {} for nothing, and once this has
    /// returned the one before is called no more.
    void set_wake(std::function<void()> wake);

  private:
    void listen();

    static constexpr std::size_t kSignals = 3;
    std::array<struct sigaction, kSignals> before_{};
    const Wake& bell_;
    std::mutex mutex_;
    std::function<void()> wake_;
    std::atomic<bool> over_{false};
    std::thread listener_;
};

}  // namespace tcpstep::cli
