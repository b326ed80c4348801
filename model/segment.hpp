#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/seq_num.hpp"
#include "model/tcp_option.hpp"
#include "model/tcp_state.hpp"

namespace tcpstep::model {

/// The control bits of a TCP header (RFC 9293 3.1), with AE (RFC 9768, formerly NS) as the ninth.
class Flags {
  public:
    static constexpr std::uint16_t kFin = 0x001, kSyn = 0x002, kRst = 0x004, kPsh = 0x008,
                                   kAck = 0x010, kUrg = 0x020, kEce = 0x040, kCwr = 0x080,
                                   kAe = 0x100;

    constexpr Flags() = default;
    constexpr explicit Flags(std::uint16_t bits) : bits_(bits & 0x1ff) {}

    constexpr std::uint16_t bits() const { return bits_; }
    constexpr bool has(std::uint16_t mask) const { return (bits_ & mask) == mask; }
    constexpr bool fin() const { return has(kFin); }
    constexpr bool syn() const { return has(kSyn); }
    constexpr bool rst() const { return has(kRst); }
    constexpr bool psh() const { return has(kPsh); }
    constexpr bool ack() const { return has(kAck); }

    /// Other than data and its acknowledgment: a SYN, a FIN or a RST.
    constexpr bool control() const { return (bits_ & (kSyn | kFin | kRst)) != 0; }
    /// A SYN that answers none.
    constexpr bool opens() const { return syn() && !ack() && !rst(); }
    /// A SYN that answers one.
    constexpr bool answers_syn() const { return syn() && ack() && !rst(); }

    constexpr bool operator==(const Flags&) const = default;

  private:
    std::uint16_t bits_ = 0;
};

/// With such flags and such a sequence number it answers a SYN: by a SYN,ACK, or by a refusal (RFC
/// 9293 3.10.7.1). Whoever does so has no connection between these addresses any more.
constexpr bool answers_syn(Flags flags, SeqNum seq) {
    return flags.answers_syn() || (flags.rst() && flags.ack() && seq == SeqNum(0));
}

/// The names in the order they are spoken: {"SYN","ACK"}, {"FIN","ACK"}, {"PSH","ACK"}.
std::vector<std::string_view> names(Flags flags);

/// "SYN, ACK" for a label; "none" if no bit is set.
std::string to_label(Flags flags);

/// Number of a segment in its trace, from 1, in the order in which they were sent. 0: none.
using SegmentId = std::uint32_t;

/// Octets of a payload that are kept, at most, of what is captured: what a class looks at is short,
/// and a file has a million segments.
inline constexpr std::size_t kMostPayload = 256;

/// One TCP segment as it was on the wire.
struct Segment {
    SegmentId id = 0;
    Role from = Role::Client;
    SeqNum seq;
    SeqNum ack;  ///< means something only with the ACK flag
    Flags flags;
    std::uint16_t window = 0;  ///< as in the header, not scaled
    std::uint32_t length = 0;  ///< octets of payload
    std::vector<TcpOption> options;
    std::vector<std::uint8_t> headers;  ///< the IP and TCP header; empty if the trace has none
    /// The first octets of the payload. Where they are fewer than `length`, the rest was not
    /// captured, or not kept.
    std::vector<std::uint8_t> payload;

    /// Octets of sequence space it takes: payload, and one each for SYN and FIN (RFC 9293 3.4).
    std::uint32_t sequence_length() const {
        return length + (flags.syn() ? 1U : 0U) + (flags.fin() ? 1U : 0U);
    }

    /// The sequence number just after its last.
    SeqNum end() const { return seq + sequence_length(); }

    bool operator==(const Segment&) const = default;
};

/// From where sequence numbers are counted when they are shown; SeqNum(0) twice shows them raw.
struct SeqBase {
    SeqNum sender;    ///< initial sequence number of the segment's sender
    SeqNum receiver;  ///< that of its receiver, for the acknowledgment number
};

enum class LineDetail {
    Short,  ///< "S. 0:0(0) ack 1"
    Full,   ///< with window and options: "S. 0:0(0) ack 1 win 65483 <mss 65495,...>"
};

/// One line for a segment, tcpdump's and packetdrill's: "S 0:0(0) win 65495 <mss 65495,sackOK>",
/// ". ack 1", "P. 1:6(5) ack 1". A segment without payload, SYN, FIN or RST shows no numbers but
/// its acknowledgment.
std::string to_line(const Segment& segment, SeqBase base, LineDetail detail = LineDetail::Short);

}  // namespace tcpstep::model
