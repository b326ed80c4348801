#include "model/tracker.hpp"

#include <algorithm>

namespace tcpstep::model {

namespace {

// Of two sequence numbers further apart than any window (RFC 7323 2.3), one is not this
// connection's.
constexpr std::uint32_t kFurthest = 1U << 30U;

// RFC 6298: a retransmission timeout is 1 s at first, and Linux's is mostly 200 ms. By then
// something would have been sent again.
constexpr std::chrono::seconds kSentAgainBy{3};

// `x` lies beyond `start` and at most at `last`.
bool beyond_up_to(SeqNum x, SeqNum start, SeqNum last) {
    return before(start, x) && at_or_before(x, last);
}

}  // namespace

void Tracker::take(const SegmentSummary& segment) {
    End& sender = end(segment.from);
    constexpr std::uint16_t kMoves = Flags::kSyn | Flags::kFin | Flags::kRst;
    if (settled_ && (segment.flags.bits() & kMoves) == 0) {
        note_numbers(sender, segment);
        if (began_before_) prove_beginnings();
        return;
    }
    if (!is_copy(segment)) sender_shows(segment);
    note_numbers(sender, segment);
    may_arrive(segment);
    if (began_before_) prove_beginnings();
    last_ = segment.id;
    settled_ = settled();
}

void Tracker::finish(Time capture_ended) {
    for (const Role role : {Role::Client, Role::Server}) judge_silence(role, capture_ended);
}

// A FIN is sent again until its acknowledgment has arrived.
void Tracker::judge_silence(Role role, Time capture_ended) {
    const End& self = end(role);
    const End& other = end(receiver(role));
    if (!self.fin_sent) return;
    if (milestones_.find(role, On::RcvAckOfFin) != nullptr) {
        if (capture_ended - self.fin_acked >= kSentAgainBy) milestones_.prove(role, On::RcvAckOfFin);
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
    const std::vector<TrackedChange>& changes = milestones_.changes();
    return std::all_of(changes.begin(), changes.end(),
                       [](const TrackedChange& change) {
                           return change.doubt == Doubt::None || change.doubt == Doubt::BeganBefore;
                       });
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
        return sender.syn_acked && segment.seq == sender.iss && segment.timestamp == sender.syn_clock;
    }
    if (segment.flags.fin() && sender.fin_sent && segment.timestamp == sender.fin_clock) {
        return segment.ip_id == sender.fin_ip_id;
    }
    return false;
}

void Tracker::note_numbers(End& sender, const SegmentSummary& segment) {
    const Flags flags = segment.flags;
    if (flags.rst()) return;
    sender.last = segment.id;
    if (segment.has_timestamps) {
        if (!sender.clock_known ||
            static_cast<std::int32_t>(segment.timestamp - sender.clock) > 0) {
            sender.clock = segment.timestamp;
        }
        sender.clock_known = true;
    }
    if (flags.syn() && (!sender.iss_known || !flags.ack())) {
        sender.iss = segment.seq;
        sender.iss_known = true;
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

// ---- What a segment shows of its sender ----

void Tracker::sender_shows(const SegmentSummary& segment) {
    const Flags flags = segment.flags;
    if (flags.rst()) {
        sent_rst(segment);
    } else if (flags.syn() && flags.ack()) {
        sent_syn_ack(segment);
    } else if (flags.syn()) {
        sent_syn(segment);
    } else if (flags.ack()) {
        sent_ack(segment);
    }
}

void Tracker::sent_syn(const SegmentSummary& segment) {
    const Role self = segment.from;
    if (end(self).iss_known && segment.seq == end(self).iss) shows_life(self);
    const State state = milestones_.state(self);
    if (state != State::Unknown && state != State::Closed && state != State::Listen) return;
    // Nothing of a connection comes before its first SYN.
    prove_state(self, State::Closed, segment.id);
    add(self, On::ActiveOpen, segment.id, segment.id);
}

void Tracker::sent_syn_ack(const SegmentSummary& segment) {
    const Role self = segment.from;
    const Role other = receiver(self);
    End& sender = end(self);
    const SegmentId syn = end(other).syn;
    if (end(other).iss_known && before(end(other).iss + 1, segment.ack)) sender.fast_open = true;
    const bool again = sender.syn_acked && segment.seq == sender.iss;
    sender.syn_acked = true;
    if (milestones_.state(self) == State::SynSent) {
        // Simultaneous open, RFC 9293 3.5.
        add(self, On::RcvSyn, std::max(syn, sender.syn), syn);
        return;
    }
    // It is in SYN_RCVD still: nothing that would have ended this has arrived.
    if (again) {
        while (milestones_.state(self) != State::SynRcvd &&
               milestones_.take_back_last_doubted(self)) {
        }
    }
    const State state = milestones_.state(self);
    if (state != State::Unknown && state != State::Closed && state != State::Listen) return;
    const bool seen = syn != 0;
    const SegmentId after = seen ? syn : segment.id;
    if (!seen) prove_state(other, State::SynSent, after, Doubt::BeganBefore);
    prove_state(self, State::Listen, after, seen ? Doubt::None : Doubt::BeganBefore);
    add(self, On::RcvSyn, after, syn);
}

void Tracker::sent_ack(const SegmentSummary& segment) {
    const Role self = segment.from;
    const End& other = end(receiver(self));
    shows_life(self);
    if (milestones_.state(self) == State::SynSent) {
        // It acts upon the SYN,ACK, so this has arrived.
        const SegmentId syn_ack = other.syn_acked ? other.syn : 0;
        const SegmentId after = std::max(syn_ack == 0 ? last_ : syn_ack, end(self).syn);
        add(self, On::RcvSynAck, after, syn_ack);
    } else if (milestones_.state(self) == State::Unknown) {
        began_before(segment);
    }
    acts_in_syn_rcvd(segment);
    // After its FIN an end has nothing new to send: this is sent again, so no acknowledgment of the
    // FIN has arrived yet.
    if (end(self).fin_sent && segment.sequence_length() != 0) {
        milestones_.take_back_doubted(self, On::RcvAckOfFin);
    }
    if (other.fin_sent && at_or_before(other.fin + 1, segment.ack)) acknowledged_fin(segment);
    if (segment.flags.fin()) sent_fin(segment);
}

// Only an established connection sends this?
void Tracker::acts_in_syn_rcvd(const SegmentSummary& segment) {
    const Role self = segment.from;
    const End& other = end(receiver(self));
    const Milestone* ack_of_syn = milestones_.find(self, On::RcvAckOfSyn);
    const bool in_syn_rcvd = milestones_.state(self) == State::SynRcvd;
    if (!in_syn_rcvd && (ack_of_syn == nullptr || ack_of_syn->doubt == Doubt::None)) return;
    // Beyond the SYN, or the data that Fast Open accepts with it, only the established take data.
    const SeqNum taken = end(self).told_known ? end(self).told : segment.ack;
    const bool took_data = before(taken, segment.ack);
    const bool passive = milestones_.opened(self) == Opened::Passively;
    const bool sent = segment.length > 0 || (segment.flags.fin() && passive);
    const bool shows = took_data || (sent && !end(self).fast_open);
    if (!shows) return;
    if (in_syn_rcvd) add(self, On::RcvAckOfSyn, last_, other.last);
    milestones_.prove(self, On::RcvAckOfSyn);
}

// RFC 9293 3.10.7.4, eighth check. The acknowledgment proves that the FIN and all before it has
// arrived.
void Tracker::acknowledged_fin(const SegmentSummary& segment) {
    const Role self = segment.from;
    const End& sender = end(self);
    const End& other = end(receiver(self));
    if (milestones_.find(self, On::RcvFin) != nullptr) return;
    // Linux: in FIN_WAIT_1 and FIN_WAIT_2 a FIN is acknowledged at once. Elsewhere that may wait.
    const bool at_once = milestones_.find(self, On::Close) != nullptr;
    const bool acks_fin = sender.fin_sent && at_or_before(sender.fin + 1, other.fin_ack);
    const SegmentId after = at_once ? last_ : std::max(other.occupying, other.fin_last);
    if (acks_fin && milestones_.find(self, On::RcvAckOfFin) == nullptr) {
        add(self, On::RcvAckOfFin, after, other.fin_last);
    }
    if (acks_fin) milestones_.prove(self, On::RcvAckOfFin);
    add(self, On::RcvFin, after, other.fin_last);
    (void)segment;
}

void Tracker::sent_fin(const SegmentSummary& segment) {
    const Role self = segment.from;
    if (milestones_.find(self, On::Close) != nullptr) return;  // sent again
    add(self, On::Close, segment.id, segment.id);
}

// A capture that starts in the middle. Who sends data, or takes it, is taken for established.
void Tracker::began_before(const SegmentSummary& segment) {
    const Role self = segment.from;
    const bool took_data = end(self).told_known && before(end(self).told, segment.ack);
    if (segment.sequence_length() == 0 && !took_data) return;
    prove_state(self, State::Established, segment.id, Doubt::BeganBefore);
    began_before_ = true;
}

// Both have sent what was new: so neither had sent its FIN before.
void Tracker::prove_beginnings() {
    if (!ends_[0].advanced || !ends_[1].advanced) return;
    for (const Role role : {Role::Client, Role::Server}) milestones_.prove(role, std::nullopt);
    began_before_ = false;
}

void Tracker::sent_rst(const SegmentSummary& segment) {
    const Role self = segment.from;
    const End& other = end(receiver(self));
    const State state = milestones_.state(self);
    // RFC 9293 3.10.7.1: the RST that answers a segment with an ACK has no ACK itself, and the
    // number that was acknowledged.
    const bool answers = !segment.flags.ack();
    switch (state) {
        case State::Closed:
        case State::Listen:
            return;
        case State::Unknown:
            prove_state(self, State::Closed, segment.id);
            return;
        case State::SynSent:
            // Linux: a socket in SYN_SENT would have taken this SYN,ACK, so it was closed by then.
            if (answers && !beyond_up_to(segment.seq, end(self).iss, end(self).next)) return;
            add(self, On::Close, std::max(end(self).syn, end(self).last), 0, Doubt::NotOnTheWire);
            return;
        case State::SynRcvd:
            // A wrong acknowledgment is rejected, and the state stays.
            if (answers && !beyond_up_to(segment.seq, end(self).iss, end(self).next)) return;
            break;
        case State::Established:
            // Linux: answering the ACK of the SYN, for the request is gone.
            if (answers && segment.seq == end(self).iss + 1) {
                milestones_.take_back_doubted(self, On::RcvAckOfSyn);
            }
            break;
        case State::FinWait1:
        case State::FinWait2:
        case State::CloseWait:
        case State::Closing:
        case State::LastAck:
            break;
        case State::TimeWait:
            add(self, On::TimeWaitEnds, last_, 0, Doubt::NotOnTheWire);
            return;
    }
    if (!answers) milestones_.prove(self, On::RcvAckOfSyn);
    add(self, On::Abort, segment.id, answers ? other.last : segment.id);
}

// Whoever sends something else than a RST has not been closed yet.
void Tracker::shows_life(Role role) {
    while (milestones_.state(role) == State::Closed && milestones_.take_back_last_doubted(role)) {
    }
}

// ---- What a segment does to its receiver, if it arrives ----

void Tracker::may_arrive(const SegmentSummary& segment) {
    const Role self = receiver(segment.from);
    End& end_ = end(self);
    if (segment.flags.rst()) {
        if (!resets(segment)) return;
        if (milestones_.state(self) == State::Unknown) {
            prove_state(self, State::Closed, segment.id, Doubt::NothingFollows);
        } else {
            add(self, On::RcvRst, segment.id, segment.id, Doubt::NothingFollows);
        }
        return;
    }
    if (!segment.flags.ack() || !end_.next_known) return;
    // RFC 9293 3.10.7.4, first check; Linux: tcp_sequence(). An old one is not looked at.
    if (!segment.flags.syn() && end_.told_known && before(segment.end(), end_.told)) return;
    if (!at_or_before(segment.ack, end_.next)) return;
    if (milestones_.state(self) == State::SynRcvd && before(end_.iss, segment.ack)) {
        add(self, On::RcvAckOfSyn, segment.id, segment.id, Doubt::NothingFollows);
    }
    if (end_.fin_sent && at_or_before(end_.fin + 1, segment.ack) &&
        milestones_.find(self, On::RcvAckOfFin) == nullptr) {
        add(self, On::RcvAckOfFin, segment.id, segment.id, Doubt::NothingFollows);
        end_.fin_acked = segment.time;
    }
}

// Would its receiver accept this RST?
bool Tracker::resets(const SegmentSummary& segment) {
    const Role self = receiver(segment.from);
    const End& own = end(self);
    const End& sender = end(segment.from);
    switch (milestones_.state(self)) {
        case State::Closed:
        case State::Listen:
            return false;
        case State::SynSent:
            // RFC 9293 3.10.7.3: it must acknowledge the SYN, and no more than was sent with it.
            return segment.flags.ack() && beyond_up_to(segment.ack, own.iss, own.next);
        case State::Unknown:
        case State::SynRcvd:
        case State::Established:
        case State::FinWait1:
        case State::FinWait2:
        case State::CloseWait:
        case State::Closing:
        case State::LastAck:
        case State::TimeWait:
            break;
    }
    if (!own.told_known || segment.seq == own.told) return true;
    // RFC 5961 3.2: exactly RCV.NXT. It may be further than what was acknowledged.
    if (sender.next_known && beyond_up_to(segment.seq, own.told, sender.next)) return true;
    // Linux: one less once the peer's FIN has arrived (tcp_reset_check()).
    const State state = milestones_.state(self);
    return segment.seq + 1 == own.told &&
           (state == State::CloseWait || state == State::LastAck || state == State::Closing);
}

// ---- Milestones ----

void Tracker::add(Role role, On on, SegmentId after, SegmentId cause, Doubt doubt) {
    milestones_.add({after, cause, role, on, State::Unknown, doubt});
}

void Tracker::prove_state(Role role, State state, SegmentId after, Doubt doubt) {
    if (milestones_.state(role) == state) return;
    milestones_.add({after, 0, role, std::nullopt, state, doubt});
}

}  // namespace tcpstep::model
