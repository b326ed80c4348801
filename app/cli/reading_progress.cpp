#include "app/cli/reading_progress.hpp"

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>
#include <unistd.h>

#include "app/cli/output.hpp"
#include "app/view/say.hpp"

namespace tcpstep::cli {

namespace {

// A short file is read before anything is drawn.
constexpr std::chrono::milliseconds kApart{125};

// Back to the line's beginning, and the line erased (ECMA-48 EL).
constexpr const char* kErase = "\r\x1b[K";

}  // namespace

std::string progress_text(const ReadSoFar& far) {
    const double seconds = std::chrono::duration<double>(far.elapsed).count();
    const double million = static_cast<double>(far.segments) / 1e6 / std::max(seconds, 1e-9);
    if (!far.size || *far.size == 0) {
        return view::say(view::Text::DecodePipeProgress, far.segments, million);
    }
    // A file may grow while it is read.
    const double part = static_cast<double>(far.octets) / static_cast<double>(*far.size);
    const auto percent = static_cast<int>(100 * std::min(part, 1.0));
    return view::say(view::Text::DecodeProgress, far.segments, percent, million);
}

ReadingProgress::ReadingProgress() : in_terminal_(isatty(STDERR_FILENO) == 1) {}

ReadingProgress::~ReadingProgress() {
    if (drawn_) print_err("{}", kErase);
}

void ReadingProgress::tell(std::uint64_t segments, std::uint64_t octets,
                           std::optional<std::uint64_t> size) {
    if (!in_terminal_) return;
    const Clock::time_point now = Clock::now();
    if (now - drawn_at_ < kApart) return;
    drawn_at_ = now;
    drawn_ = true;
    print_err("{}{}", kErase, progress_text({segments, octets, size, now - began_}));
}

}  // namespace tcpstep::cli
