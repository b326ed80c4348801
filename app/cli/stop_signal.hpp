#pragma once

#include <array>
#include <csignal>
#include <cstddef>

namespace tcpstep::cli {

/// While it lives, the first SIGINT, SIGTERM or SIGHUP ends what waits (read(2) fails with EINTR)
/// and is remembered, so that a long task can stop where it is; the second of the same kind ends
/// the program. One that is ignored stays so (nohup). Uses alarm(2). One at a time.
class StopSignal {
  public:
    StopSignal();
    ~StopSignal();
    StopSignal(const StopSignal&) = delete;
    StopSignal& operator=(const StopSignal&) = delete;

    /// A signal has come since the last StopSignal was made.
    static bool came();

  private:
    static constexpr std::size_t kSignals = 3;
    std::array<struct sigaction, kSignals> before_{};
    struct sigaction before_alarm_ {};
};

}  // namespace tcpstep::cli
