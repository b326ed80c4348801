#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "capture/decoded.hpp"
#include "capture/gate_mark.hpp"
#include "capture/gate_rule.hpp"
#include "model/result.hpp"

namespace tcpstep::capture {

/// Stops each TCP segment after it was sent, and captured, and before its receiver's TCP gets it.
/// Not thread-safe: one thread owns it.
class SegmentGate {
  public:
    /// Binds queue 0 (NFQUEUE) and has one of `programs` make the rule. From then on every TCP
    /// segment on `lo` of this network namespace stops here, but those with kGateMark. Needs
    /// CAP_NET_ADMIN and CAP_NET_RAW in it: a private network. MachineForbids: nothing was changed.
    ///
    /// When the gate ends, or its process, the kernel drops what it holds. The rule stays, and
    /// drops what comes, until the network itself ends with the last process in it.
    static Result<SegmentGate> open(RulePrograms programs = kRulePrograms);

    SegmentGate(SegmentGate&&) noexcept;
    SegmentGate& operator=(SegmentGate&&) noexcept;
    ~SegmentGate();

    /// The program that made the rule: "iptables".
    const std::string& rule_program() const;

    int descriptor() const;  ///< readable (poll(2)) when segments have stopped

    struct Stopped {
        std::uint32_t number = 0;         ///< names it for deliver() and drop()
        Decoded decoded;                  ///< Packet nearly always
        std::vector<std::uint8_t> bytes;  ///< the whole IP packet, or 65531 octets of it
    };
    /// Is given each stopped segment. Must not throw.
    using Sink = std::function<void(Stopped)>;

    /// Hands over what has stopped since, in the order in which it was sent, and returns how many
    /// segments this was. Never blocks.
    Result<std::size_t> drain(const Sink& sink);

    /// Lets it go on (NF_ACCEPT); `number` means nothing after that. Its receiver's TCP has taken
    /// it when this returns, and the kernel's tables show the new state, unless a call on that very
    /// socket is being carried out in another thread: then when that is done. Measured on Linux
    /// 6.18: what the receiver answers at once has stopped by then, too, 1000 times of 1000.
    /// BadInput if it is not held.
    Result<void> deliver(std::uint32_t number);

    /// Loses it (NF_DROP); `number` means nothing after that. BadInput if it is not held.
    Result<void> drop(std::uint32_t number);

    /// Puts a packet of ours on the wire, marked kGateMark: it is not stopped, and a LiveCapture
    /// that ignores marked packets does not see it. Checksums are filled in, of the IPv4 header and
    /// of TCP, whatever `ip_packet` has there: loopback segments carry partial ones. What is
    /// cut off, as a Stopped may be, is sent as a whole packet that carries less, and no FIN.
    /// BadInput if it is no TCP segment.
    Result<void> inject(std::span<const std::uint8_t> ip_packet);

    /// Segments that the kernel could not queue and dropped, because nobody drained quickly enough.
    std::uint64_t lost() const;

  private:
    struct Impl;
    explicit SegmentGate(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace tcpstep::capture
