#include "model/tracker.hpp"

#include <algorithm>

namespace tcpstep::model {

namespace {

// Of two sequence numbers further apart than any window (RFC 7323 2.3), one is not this
// connection's.
constexpr std::uint32_t kFurthest = 1U << 30U;

// A segment of this connection is seldom further from those before it: buffers are smaller.
constexpr std::int64_t kFurthestSeen = 1 << 27;

// RFC 6298: a retransmission timeout is 1 s at first, and Linux's is mostly 200 ms. By then
// something would have been sent again.
constexpr std::chrono::seconds kSentAgainBy{3};

}  // namespace

void Tracker::take(const SegmentSummary& segment) {
    End& sender = end(segment.from);
    constexpr std::uint16_t kMoves = Flags::kSyn | Flags::kFin | Flags::kRst;
    if (settled_ && (segment.flags.bits() & kMoves) == 0) {
        note_numbers(sender, segment);
        if (began_before_) prove_beginnings();
        return;
    }
    if (is_foreign(segment)) return;
    if (!is_copy(segment)) sender_shows(segment);
    may_arrive(segment);
    note_numbers(sender, segment);
    if (began_before_) prove_beginnings();
    last_ = segment.id;
    settled_ = settled();
}

void Tracker::finish(Time capture_ended) {
    for (const Role role : {Role::Client, Role::Server}) judge_silence(role, capture_ended);
}

void Tracker::give_way(Role opener) {
    const State state = milestones_.state(opener);
    if (state == State::Unknown || state == State::Closed) return;
    if (state == State::SynSent) {
        add(opener, On::Close, last_, 0, Doubt::NotOnTheWire);
    } else if (state == State::TimeWait) {
        add(opener, On::TimeWaitEnds, last_, 0, Doubt::NotOnTheWire);
    } else {
        prove_state(opener, State::Closed, last_, Doubt::NotOnTheWire);
    }
}

// A FIN is sent again until its acknowledgment has arrived.
void Tracker::judge_silence(Role role, Time capture_ended) {
    const End& self = end(role);
    const End& other = end(receiver(role));
    if (!self.fin_sent) return;
    if (milestones_.find(role, On::RcvAckOfFin) != nullptr) {
        if (capture_ended - self.fin_acked >= kSentAgainBy)
            milestones_.prove(role, On::RcvAckOfFin);
        return;
    }
    // It stopped to send, though nothing later acknowledged it: an earlier acknowledgment was late.
    const bool acknowledged = other.told_known && at_or_before(self.fin + 1, other.told);
    if (!acknowledged || self.fin_wait == Duration{}) return;
    if (capture_ended - self.fin_time < 2 * self.fin_wait + std::chrono::milliseconds(100)) return;
    add(role, On::RcvAckOfFin, self.fin_last, 0, Doubt::NothingFollows);
}

// Nothing but a SYN, a FIN or a RST can move either end now.
bool Tracker::settled() const {
    if (milestones_.state(Role::Client) != State::Established) return false;
    if (milestones_.state(receiver(Role::Client)) != State::Established) return false;
    return milestones_.beyond_doubt();
}

// Of an earlier connection between these addresses, or of none.
bool Tracker::is_foreign(const SegmentSummary& segment) {
    const End& sender = end(segment.from);
    const End& other = end(receiver(segment.from));
    if (segment.flags.syn() && !segment.flags.ack()) {
        return sender.iss_known && segment.seq != sender.iss;
    }
    // A server may answer the same SYN anew, with another number (a SYN cookie).
    if (segment.flags.syn() && segment.ack == other.iss + 1) return false;
    const auto far = [](SeqNum known, SeqNum told) {
        const std::int64_t apart = signed_distance(known, told);
        return apart > kFurthestSeen || apart < -kFurthestSeen;
    };
    // RFC 9293 3.10.7.1: the RST that answers a SYN acknowledges it.
    if (segment.flags.rst() && !segment.flags.ack() && !sender.next_known && other.iss_known) {
        return true;
    }
    // Nothing of a connection comes before its SYN.
    if (segment.flags.ack() && other.iss_known && at_or_before(segment.ack, other.iss)) return true;
    const bool numbered = !segment.flags.rst() || !segment.flags.ack() || segment.seq != SeqNum(0);
    if (numbered && sender.iss_known && before(segment.seq, sender.iss)) return true;
    return (numbered && sender.next_known && far(sender.next, segment.seq)) ||
           (segment.flags.ack() && other.next_known && far(other.next, segment.ack));
}

// The network, or whoever plays tricks with it, put an earlier segment on the wire once more: it
// shows nothing of what its sender knows by now.
bool Tracker::is_copy(const SegmentSummary& segment) {
    const End& sender = end(segment.from);
    if (segment.flags.rst()) return false;
    // RFC 7323 3.2: the clock of a sender never runs backwards.
    if (segment.has_timestamps && sender.clock_known &&
        static_cast<std::int32_t>(segment.timestamp - sender.clock) < 0) {
        return true;
    }
    // Sent again, a SYN or a FIN has a newer clock; Linux numbers its IPv4 packets too.
    if (!segment.has_timestamps) {
        return segment.flags.fin() && sender.fin_sent && segment.ip_id != 0 &&
               segment.ip_id == sender.fin_ip_id;
    }
    if (segment.flags.syn() && segment.flags.ack()) {
        return sender.syn_acked && segment.seq == sender.iss &&
               segment.timestamp == sender.syn_clock;
    }
    if (segment.flags.fin() && sender.fin_sent && segment.timestamp == sender.fin_clock) {
        return segment.ip_id == sender.fin_ip_id;
    }
    return false;
}

void Tracker::note_numbers(End& sender, const SegmentSummary& segment) {
    const Flags flags = segment.flags;
    if (flags.rst()) return;
    if (flags.syn() && (!sender.iss_known || sender.iss != segment.seq)) {
        sender.iss = segment.seq;
        sender.iss_known = true;
        sender.next_known = false;
        sender.clock_known = false;
    }
    if (flags.ack() && sender.told_known && distance(sender.told, segment.ack) - 1 < kFurthest) {
        sender.told_before = sender.told;
        sender.told_before_last = sender.last;
    }
    sender.last = segment.id;
    sender.last_time = segment.time;
    if (segment.has_timestamps) {
        if (!sender.clock_known ||
            static_cast<std::int32_t>(segment.timestamp - sender.clock) > 0) {
            sender.clock = segment.timestamp;
        }
        sender.clock_known = true;
    }
    const SeqNum past = segment.end();
    if (!sender.next_known) {
        sender.next = past;
        sender.next_known = true;
    } else if (distance(sender.next, past) - 1 < kFurthest) {
        sender.next = past;
        sender.advanced = true;
    }
    if (flags.ack()) {
        if (!sender.told_known || distance(sender.told, segment.ack) - 1 < kFurthest) {
            sender.told = segment.ack;
            sender.told_known = true;
        }
    }
    if (segment.sequence_length() != 0) sender.occupying = segment.id;
    if (flags.syn()) {
        sender.syn = segment.id;
        sender.syn_time = segment.time;
        sender.syn_clock = segment.timestamp;
    }
    if (flags.fin()) {
        if (sender.fin_sent) sender.fin_wait = segment.time - sender.fin_time;
        sender.fin_sent = true;
        sender.fin = segment.seq + (segment.sequence_length() - 1);
        sender.fin_ack = segment.ack;
        sender.fin_last = segment.id;
        sender.fin_time = segment.time;
        sender.fin_ip_id = segment.ip_id;
        sender.fin_clock = segment.timestamp;
    }
}

void Tracker::add(Role role, On on, SegmentId after, SegmentId cause, Doubt doubt) {
    milestones_.add({after, cause, role, on, State::Unknown, doubt});
}

void Tracker::prove_state(Role role, State state, SegmentId after, Doubt doubt) {
    if (milestones_.state(role) == state) return;
    milestones_.add({after, 0, role, std::nullopt, state, doubt});
}

}  // namespace tcpstep::model
