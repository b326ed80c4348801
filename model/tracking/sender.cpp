#include "model/tracking/sender.hpp"

#include <algorithm>

namespace tcpstep::model::tracking {

namespace {

// Of two sequence numbers further apart than any window (RFC 7323 2.3), one is not this
// connection's.
constexpr std::uint32_t kFurthest = 1U << 30U;

// Linux: no retransmission timer is shorter (TCP_RTO_MIN); what comes sooner is the network's copy.
constexpr std::chrono::milliseconds kSentAgainAfter{150};

// So often in a row the number of its packets went up: it counts them.
constexpr std::uint8_t kCounts = 2;

std::int32_t later_by(std::uint32_t clock, std::uint32_t than) {
    return static_cast<std::int32_t>(clock - than);
}

unsigned quarter(SeqNum seq) {
    return seq.raw() >> 30U;
}

bool advances(SeqNum from, SeqNum to) {
    return distance(from, to) - 1 < kFurthest;
}

}  // namespace

bool Sender::is_old(const SegmentSummary& segment) const {
    const Flags flags = segment.flags;
    if (flags.rst()) return false;
    // RFC 7323 3.2: the clock of a sender never runs backwards.
    if (segment.has_timestamps && clock_known && later_by(segment.timestamp, clock) < 0) {
        return true;
    }
    if (flags.ack() && !flags.syn() && told_known && before(segment.ack, told)) return true;
    if (packets_counted == kCounts && segment.ip_id != 0 &&
        static_cast<std::int16_t>(segment.ip_id - packet_number) <= 0) {
        return true;
    }
    // Once it was answered, a SYN is not sent again.
    if (flags.syn() && !flags.ack()) return iss_known && segment.seq == iss && told_known;
    // Sent again, a SYN or a FIN has a newer clock; Linux numbers its IPv4 packets too.
    if (flags.syn()) {
        if (!syn_acked || segment.seq != iss) return false;
        return segment.has_timestamps ? segment.timestamp == syn_clock
                                      : segment.time - syn_time < kSentAgainAfter;
    }
    if (!flags.fin() || !fin_sent) return false;
    if (segment.has_timestamps) {
        return segment.timestamp == fin_clock && segment.ip_id == fin_number;
    }
    return segment.ip_id != 0 ? segment.ip_id == fin_number
                              : segment.time - fin_time < kSentAgainAfter;
}

bool Sender::tells_nothing_new(const SegmentSummary& segment) const {
    if (segment.flags.rst() || !next_known || before(next, segment.end())) return false;
    return !segment.flags.ack() || (told_known && at_or_before(segment.ack, told));
}

bool Sender::may_be_copy(const SegmentSummary& segment) const {
    if (!tells_nothing_new(segment)) return false;
    // Sent anew, it would tell a newer time, or be counted.
    if (segment.has_timestamps) return clock_known && later_by(segment.timestamp, clock) <= 0;
    return segment.ip_id == 0 || packets_counted < kCounts;
}

void Sender::note(const SegmentSummary& segment, const Sender& other) {
    const Flags flags = segment.flags;
    if (segment.ip_id != 0) count_packet(segment.ip_id);
    if (flags.rst()) return;
    if (flags.syn()) note_syn(segment, other);
    if (flags.ack() && (!told_known || advances(told, segment.ack))) {
        if (other.fin_sent && told_known) {
            told_before = told;
            told_before_last = last;
        }
        told = segment.ack;
        told_time = segment.time;
        told_known = true;
    }
    if (segment.has_timestamps) {
        if (!clock_known || later_by(segment.timestamp, clock) > 0) clock = segment.timestamp;
        clock_known = true;
        if (flags.ack()) echo = segment.timestamp_echo;
    }
    const bool nothing = segment.length == 0 && !flags.control();
    if (!nothing || !next_known || next != segment.seq) note_octets(segment);
    if (flags.fin()) note_fin(segment, other);
    last = segment.id;
    last_time = segment.time;
    window = segment.window;
}

void Sender::count_packet(std::uint16_t number) {
    const std::uint16_t step = static_cast<std::uint16_t>(number - packet_number);
    const bool counted = packet_number != 0 && step - 1U < 1024;
    packets_counted = counted ? std::min<std::uint8_t>(packets_counted + 1, kCounts) : 0;
    packet_number = number;
}

void Sender::note_syn(const SegmentSummary& segment, const Sender& other) {
    if (!iss_known || iss != segment.seq) {
        iss = segment.seq;
        iss_known = true;
        next_known = false;
        clock_known = false;
        quarters = 0;
    }
    syn = segment.id;
    syn_time = segment.time;
    syn_clock = segment.timestamp;
    if (!segment.flags.ack()) return;
    syn_acked = true;
    if (other.iss_known && before(other.iss + 1, segment.ack)) fast_open = true;
}

void Sender::note_octets(const SegmentSummary& segment) {
    const SeqNum past = segment.end();
    const bool new_octets = next_known && advances(next, past);
    if (segment.sequence_length() != 0) {
        if (next_known && !new_octets) again_after = plausible(segment.time - occupying_time);
        occupying = segment.id;
        occupying_time = segment.time;
    }
    if (new_octets && quarter(next) != quarter(past) && quarters < 2) ++quarters;
    if (!next_known || new_octets) next = past;
    advanced = advanced || new_octets;
    next_known = true;
}

void Sender::note_fin(const SegmentSummary& segment, const Sender& other) {
    fin = segment.seq + (segment.sequence_length() - 1);
    if (!fin_sent) fin_was_news = other.told_known && at_or_before(other.told, fin);
    fin_sent = true;
    fin_last = segment.id;
    fin_time = segment.time;
    fin_clock = segment.timestamp;
    fin_number = segment.ip_id;
}

}  // namespace tcpstep::model::tracking
