#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace tcpstep::cli {

/// How far the reading of a capture has come.
struct ReadSoFar {
    std::uint64_t segments = 0;
    std::uint64_t octets = 0;             ///< of the file
    std::optional<std::uint64_t> size;    ///< octets in it; nothing for a pipe
    std::chrono::nanoseconds elapsed{0};  ///< since the reading began
};

/// "1234567 segments, 41 %, 3.2 million/s"; without the part in the middle for a pipe.
std::string progress_text(const ReadSoFar& far);

/// One line on standard error, drawn again in its place a few times a second and erased in the end,
/// so that who waits sees that something goes on. Nothing where standard error is no terminal.
class ReadingProgress {
  public:
    ReadingProgress();
    ~ReadingProgress();
    ReadingProgress(const ReadingProgress&) = delete;
    ReadingProgress& operator=(const ReadingProgress&) = delete;

    /// Draws it, unless that was done a moment ago.
    void tell(std::uint64_t segments, std::uint64_t octets, std::optional<std::uint64_t> size);

  private:
    using Clock = std::chrono::steady_clock;

    bool in_terminal_;
    bool drawn_ = false;
    Clock::time_point began_ = Clock::now();
    Clock::time_point drawn_at_ = began_;
};

}  // namespace tcpstep::cli
