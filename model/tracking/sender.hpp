#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

#include "model/segment_summary.hpp"

namespace tcpstep::model::tracking {

/// A time between two segments, of which files may state any, as one of a network: 0 to 2 minutes,
/// Linux's longest (TCP_RTO_MAX).
constexpr Duration plausible(Duration time) {
    return std::clamp(time, Duration::zero(), Duration(std::chrono::minutes(2)));
}

/// What one end has told of itself: what its own segments say in so many words, nothing inferred.
struct alignas(64) Sender {
    // What every segment asks for, in one line of the processor's cache: connections are many.

    SeqNum next;              ///< just after the highest sequence number that it sent: SND.NXT
    SeqNum told;              ///< its highest acknowledgment number: RCV.NXT as far as it told
    std::uint32_t clock = 0;  ///< its newest TSval
    std::uint32_t echo = 0;   ///< its newest TSecr
    SegmentId last = 0;       ///< its last segment
    SegmentId occupying = 0;  ///< its last segment that took sequence space
    Time last_time;
    Time told_time;  ///< when `told` was told first
    Time occupying_time;
    Duration loop{};           ///< from a segment captured on its way to this end, to its answer
    std::uint16_t window = 0;  ///< of its last segment
    std::uint16_t packet_number = 0;   ///< its newest IPv4 identification that was not 0
    std::uint8_t packets_counted = 0;  ///< how often in a row that number went up a little
    bool iss_known : 1 = false;
    bool next_known : 1 = false;
    bool told_known : 1 = false;
    bool clock_known : 1 = false;
    bool syn_acked : 1 = false;  ///< its SYN went out with an ACK: it answered one
    bool fast_open : 1 = false;  ///< its SYN,ACK acknowledged data (RFC 7413)
    bool fin_sent : 1 = false;
    bool advanced : 1 = false;      ///< it sent sequence numbers beyond those first seen
    bool was_idle : 1 = false;      ///< it has sent something new, when all before was acknowledged
    bool fin_was_news : 1 = false;  ///< the other end had acknowledged nothing of its FIN before
    std::uint8_t quarters : 2 = 0;  ///< of the sequence numbers that `next` came into; 2: or more

    // What only its SYN and its FIN tell.

    SeqNum iss;
    SeqNum fin;                   ///< sequence number of its FIN
    std::uint32_t syn_clock = 0;  ///< TSval of its last SYN
    std::uint32_t fin_clock = 0;  ///< TSval of its last FIN
    SegmentId syn = 0;            ///< its last SYN, with or without ACK
    SegmentId fin_last = 0;       ///< the last transmission of its FIN
    Time syn_time;
    Time fin_time;
    Duration again_after{};          ///< between the last two transmissions of the same
    std::uint16_t fin_number = 0;    ///< IPv4 identification of its last FIN
    SeqNum told_before;              ///< before `told`, once the other end has sent its FIN
    SegmentId told_before_last = 0;  ///< the last segment that told it; 0: none

    /// An earlier segment of this end, put on the wire once more by the network or captured late:
    /// it shows nothing of what its sender knows by now.
    bool is_old(const SegmentSummary& segment) const;

    /// `next` is so near to the initial sequence number that the circle tells what is before that.
    bool near_iss() const { return iss_known && quarters < 2; }

    bool tells_nothing_new(const SegmentSummary& segment) const;
    /// It may be a copy of an earlier one, though nothing shows that.
    bool may_be_copy(const SegmentSummary& segment) const;

    /// The next segment of this end to the `other`.
    void note(const SegmentSummary& segment, const Sender& other);
    void note_old(const SegmentSummary& segment) {
        if (segment.sequence_length() != 0) occupying = segment.id;
    }

    /// That acknowledgment number of the other end covers its FIN.
    bool acknowledges_fin(SeqNum ack) const { return fin_sent && at_or_before(fin + 1, ack); }

  private:
    void count_packet(std::uint16_t number);
    void note_syn(const SegmentSummary& segment, const Sender& other);
    void note_octets(const SegmentSummary& segment);
    void note_fin(const SegmentSummary& segment, const Sender& other);
};

}  // namespace tcpstep::model::tracking
