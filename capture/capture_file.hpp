#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "capture/link_type.hpp"
#include "capture/wire_segment.hpp"
#include "model/result.hpp"

namespace tcpstep::capture {

/// What a capture file held, as far as it was read.
struct CaptureCounts {
    std::uint64_t packets = 0;          ///< segments + not_tcp + too_short + malformed
    std::uint64_t segments = 0;         ///< TCP segments
    std::uint64_t not_tcp = 0;          ///< other protocols, later fragments
    std::uint64_t too_short = 0;        ///< the capture ends before the flags of a TCP header
    std::uint64_t malformed = 0;        ///< TCP, but it contradicts itself (StopReason)
    std::uint64_t first_fragments = 0;  ///< of `segments`: the first fragment of a longer one
    std::uint64_t later_fragments = 0;  ///< of `not_tcp`: carry what first fragments lack
    std::uint64_t cut = 0;              ///< of `segments`: the capture ends inside their header
    std::uint64_t times_raised = 0;     ///< of `segments`: captured before the one in front of it,
                                        ///< or at no time that can be (before 1970)
    std::uint64_t first_malformed = 0;  ///< number of that packet in the file, from 1; 0: none
    Stop why_malformed;                 ///< of that packet

    bool operator==(const CaptureCounts&) const = default;
};

/// What to do about a file that is no capture: Error::remedy.
inline constexpr const char* kCaptureExpected = "a pcap or pcapng file is expected";

/// A file of captured packets, pcap or pcapng, read from its beginning to its end in steps.
class CaptureFile {
  public:
    /// Opens the file, or standard input for "-". BadInput with one line if it can't be read, is
    /// no capture, or has a link type that can't be decoded. Memory is bounded whatever it claims.
    static Result<CaptureFile> open(const std::string& path);

    CaptureFile(CaptureFile&&) noexcept;
    CaptureFile& operator=(CaptureFile&&) noexcept;
    ~CaptureFile();

    LinkType link() const;

    /// Is given each TCP segment, in the order of the file; its times ascend: one captured before
    /// the one in front of it gets that one's time (counts().times_raised), and where that is more
    /// than 100 ms earlier, the clock was set back: all that follow are as much later. What
    /// `headers` refers to is gone when it returns. Must not throw.
    using Sink = std::function<void(const WireSegment&)>;

    enum class Step : std::uint8_t {
        More,  ///< call again
        End,   ///< the file has ended, and is whole
    };

    /// Reads the next packets, at most `packets` of them (and at least 1), TCP or not. BadInput,
    /// one line with the place, where the file is broken: what was given before stays, and there is
    /// nothing more to read. May wait if the file is a pipe; a signal that interrupts this comes
    /// back as such an error.
    Result<Step> read(std::size_t packets, const Sink& sink);

    const CaptureCounts& counts() const;

    /// How far the file was read; for a pipe, the captured octets of its packets, for want of that.
    std::uint64_t octets_read() const;

    /// Octets in the file; nothing for a pipe.
    std::optional<std::uint64_t> size() const;

  private:
    struct Impl;
    explicit CaptureFile(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace tcpstep::capture
