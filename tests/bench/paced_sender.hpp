#pragma once

#include <chrono>
#include <cstdint>

#include <sys/types.h>

namespace tcpstep::bench {

/// A process that sends the segments of made connections over `lo`, so many in each millisecond.
/// They are frames for another host's hardware address: everybody who captures sees them, and the
/// kernel's own TCP, which knows of none of these connections, does not answer them.
class PacedSender {
  public:
    /// Begins at once. Throws std::system_error if this process may not send frames.
    PacedSender(std::uint32_t each_millisecond, std::chrono::milliseconds time);

    /// Readable (poll(2)) when all has been sent.
    int descriptor() const { return told_; }

    /// Waits for the end: how many segments were sent.
    std::uint64_t sent();

  private:
    int told_ = -1;
    pid_t process_ = -1;
};

}  // namespace tcpstep::bench
