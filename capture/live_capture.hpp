#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "capture/decoded.hpp"
#include "capture/wire_segment.hpp"
#include "model/result.hpp"
#include "model/time.hpp"

namespace tcpstep::capture {

/// What becomes of packets that carry kGateMark, which we put on the wire ourselves. Those that are
/// ignored never enter the ring.
enum class Marked : std::uint8_t { Seen, Ignored };

/// The name of all interfaces together. On loopback each segment is seen once there, too; one that
/// passes several interfaces (a bridge, a container's) once on each.
inline constexpr const char* kEveryInterface = "any";

/// A running libpcap capture on one interface. On loopback each segment is seen once, when it is
/// sent. Not thread-safe: one thread owns it.
class LiveCapture {
  public:
    /// Begins to capture what `filter` (pcap-filter(7)) matches; an empty filter matches all. The
    /// word "tcp" finds IPv6 segments behind a fragment header, but not behind other extension
    /// headers. Do not use the word `inbound`: with some kernels it loses the first packets.
    /// MachineForbids without CAP_NET_RAW in the network namespace, BadInput if there is no such
    /// interface, or the filter or the link type is not understood.
    static Result<LiveCapture> open(const std::string& interface, const std::string& filter = "tcp",
                                    Marked marked = Marked::Seen);

    LiveCapture(LiveCapture&&) noexcept;
    LiveCapture& operator=(LiveCapture&&) noexcept;
    ~LiveCapture();

    /// Readable (poll(2)) as soon as a packet has come; the capture keeps it.
    int descriptor() const;

    /// Is given each packet with the moment when the kernel saw it. Must not throw.
    using Sink = std::function<void(model::Time, Decoded)>;

    /// Hands over everything that is in the ring now, in the order in which it came, and returns
    /// how many packets this was. Never blocks. MachineForbids if the interface is gone.
    Result<std::size_t> drain(const Sink& sink);

    /// Is given each TCP segment; what `headers` refers to is gone when it returns. Must not throw.
    using SegmentSink = std::function<void(const WireSegment&)>;

    /// As drain(), of nothing but TCP segments and without allocating anything: for hundreds of
    /// thousands of segments a second.
    Result<std::size_t> drain_segments(const SegmentSink& sink);

    /// Packets that the kernel or the interface dropped since open(), because nobody drained
    /// quickly enough.
    std::uint64_t lost();

  private:
    struct Impl;
    explicit LiveCapture(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace tcpstep::capture
