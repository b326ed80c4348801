#pragma once

#include <cstdint>

#include "model/segment.hpp"
#include "model/time.hpp"

namespace tcpstep::model {

/// A segment without its octets: what a tracker goes by. Trivially copyable, for there are
/// millions.
struct SegmentSummary {
    Time time;         ///< when it was captured
    SegmentId id = 0;  ///< ascending within a connection, in the order of capture
    SeqNum seq;
    SeqNum ack;                        ///< means something only with the ACK flag
    std::uint32_t length = 0;          ///< octets of payload
    std::uint32_t timestamp = 0;       ///< TSval (RFC 7323 3.2), if has_timestamps
    std::uint32_t timestamp_echo = 0;  ///< TSecr, if has_timestamps
    std::uint16_t window = 0;          ///< as in the header, not scaled
    std::uint16_t ip_id = 0;           ///< IPv4 identification; 0 for IPv6 or if not known
    Flags flags;
    Role from = Role::Client;
    bool has_timestamps = false;

    /// As in Segment.
    std::uint32_t sequence_length() const {
        return length + (flags.syn() ? 1U : 0U) + (flags.fin() ? 1U : 0U);
    }
    SeqNum end() const { return seq + sequence_length(); }

    bool operator==(const SegmentSummary&) const = default;
};

/// `ip_id` is read from the segment's headers, if it has them.
SegmentSummary summary_of(const Segment& segment, Time time);

}  // namespace tcpstep::model
