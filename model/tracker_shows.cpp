// What a captured segment shows of the end that sent it (tracker.hpp).

#include <algorithm>

#include "model/tracker.hpp"

namespace tcpstep::model {

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
    if (segment.has_timestamps && flags.ack()) {
        echoes(segment, On::RcvAckOfSyn, end(segment.from).ack_of_syn);
        echoes(segment, On::RcvAckOfFin, end(segment.from).ack_of_fin);
    }
    // A RST that was still on its way when this was sent comes after it.
    const SegmentSummary& rst = end(segment.from).rst;
    if (!flags.rst() && rst.id != 0 && soon(rst.time, segment.time)) {
        rst_arrives(rst, segment.id);
    }
}

// RFC 7323 4.3: the echo is the clock of the newest segment that its sender took in order.
void Tracker::echoes(const SegmentSummary& segment, On on, const Believed& believed) {
    const Milestone* milestone = milestones_.find(segment.from, on);
    if (milestone == nullptr || milestone->doubt == Doubt::None) return;
    const bool older = static_cast<std::int32_t>(segment.timestamp_echo - believed.clock) < 0;
    if (!older && believed.shown_by_echo) milestones_.prove(segment.from, on);
    if (!older || !believed.denied_by_echo) return;
    // It had not arrived yet.
    milestones_.take_back_doubted(segment.from, on);
    add(segment.from, on, segment.id, believed.id, Doubt::NothingFollows);
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
    if (sender.iss_known && segment.seq == sender.iss) shows_life(self);
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
    if (seen) latency_ = std::max(latency_, segment.time - end(other).syn_time);
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
        if (syn_ack != 0) latency_ = std::max(latency_, segment.time - other.syn_time);
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
    if (other.fin_sent && at_or_before(other.fin + 1, segment.ack)) {
        acknowledged_fin(segment);
    } else {
        const Milestone* fin = milestones_.find(self, On::RcvFin);
        if (fin != nullptr && fin->doubt == Doubt::NothingFollows) {
            milestones_.take_back_doubted(self, On::RcvFin);
        }
    }
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
    // In a simultaneous open the peer's SYN,ACK is answered with an ACK.
    const bool answers_syn_ack = !passive && in_syn_rcvd && other.syn_acked;
    const bool shows = took_data || (sent && !end(self).fast_open) || answers_syn_ack;
    if (!shows) return;
    if (in_syn_rcvd) {
        const SegmentId cause = answers_syn_ack ? other.syn : other.last;
        add(self, On::RcvAckOfSyn, answers_syn_ack ? std::max(cause, end(self).syn) : last_, cause);
    }
    milestones_.prove(self, On::RcvAckOfSyn);
}

// RFC 9293 3.10.7.4, eighth check. The acknowledgment proves that the FIN and all before it has
// arrived.
void Tracker::acknowledged_fin(const SegmentSummary& segment) {
    const Role self = segment.from;
    const End& sender = end(self);
    const End& other = end(receiver(self));
    const Milestone* fin = milestones_.find(self, On::RcvFin);
    if (fin != nullptr) {
        if (fin->doubt == Doubt::NothingFollows) milestones_.prove(self, On::RcvFin);
        return;
    }
    // The last transmission of it, or of the data before it, and after what did not acknowledge it.
    SegmentId after = std::max({other.occupying, other.fin_last, sender.last});
    const bool acks_fin = sender.fin_sent && at_or_before(sender.fin + 1, other.fin_ack);
    const Milestone* acked = milestones_.find(self, On::RcvAckOfFin);
    if (acks_fin) {
        if (acked == nullptr) add(self, On::RcvAckOfFin, after, other.fin_last);
        milestones_.prove(self, On::RcvAckOfFin);
        add(self, On::RcvFin, after, other.fin_last);
        return;
    }
    // Linux: who waits for a FIN without an owner any more acknowledges it without counting IPv4
    // packets, and it waits only in FIN_WAIT_2.
    const bool unowned = segment.ip_id == 0 && sender.fin_ip_id != 0 && segment.length == 0;
    // An acknowledgment of its own FIN that was sent after that FIN came after it, too.
    const bool follows = !unowned && acked != nullptr && acked->doubt != Doubt::None &&
                         acked->cause > other.fin_last && acked->after <= after;
    const SegmentId cause = follows ? acked->cause : 0;
    if (follows) milestones_.take_back_doubted(self, On::RcvAckOfFin);
    if (unowned && acked != nullptr) after = std::max(after, acked->after);
    add(self, On::RcvFin, after, other.fin_last, follows ? Doubt::OrderUnknown : Doubt::None);
    if (follows) add(self, On::RcvAckOfFin, after, cause, Doubt::NothingFollows);
}

void Tracker::sent_fin(const SegmentSummary& segment) {
    const Role self = segment.from;
    if (milestones_.find(self, On::Close) != nullptr) return;  // sent again
    add(self, On::Close, segment.id, segment.id);
    // It may have been closed before the ACK of its SYN came, with the FIN waiting for that.
    const bool said_nothing = end(self).iss_known && segment.seq == end(self).iss + 1;
    if (said_nothing && milestones_.opened(self) == Opened::Actively) {
        milestones_.doubt(self, On::RcvAckOfSyn, Doubt::NotOnTheWire);
    }
}

// A capture that starts in the middle. Who sends data, or takes it, is taken for established.
void Tracker::began_before(const SegmentSummary& segment) {
    const Role self = segment.from;
    const bool took_data = end(self).told_known && before(end(self).told, segment.ack);
    if (segment.sequence_length() == 0 && !took_data) return;
    // Before the peer's FIN, if it acknowledges that.
    const End& other = end(receiver(self));
    const bool closing = other.fin_sent && at_or_before(other.fin + 1, segment.ack);
    const SegmentId after = closing ? other.fin_last : segment.id;
    prove_state(self, State::Established, after, Doubt::BeganBefore);
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
    // RFC 9293 3.10.7.1: the RST that answers a segment with an ACK has no ACK itself, and the
    // number that was acknowledged.
    const bool answers = !segment.flags.ack();
    const bool aborts = !answers && segment.seq != SeqNum(0);
    if (aborts) {
        shows_life(self);
        if (other.fin_sent && at_or_before(other.fin + 1, segment.ack)) acknowledged_fin(segment);
    } else if (answers) {
        answered_late(segment);
    }
    switch (milestones_.state(self)) {
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
    if (!answers && !end(self).fast_open) milestones_.prove(self, On::RcvAckOfSyn);
    add(self, On::Abort, segment.id, answers ? answered_by(segment) : segment.id,
        order_unknown_ ? Doubt::OrderUnknown : Doubt::None);
    order_unknown_ = false;
}

// The segment that a RST answers: its last one with that acknowledgment number.
SegmentId Tracker::answered_by(const SegmentSummary& rst) {
    const End& other = end(receiver(rst.from));
    return other.told_before_last != 0 && rst.seq == other.told_before ? other.told_before_last
                                                                       : other.last;
}

// A RST that answers a segment shows that this came to an end that was gone. It carries what the
// segment acknowledged.
void Tracker::answered_late(const SegmentSummary& segment) {
    const Role self = segment.from;
    const End& sender = end(self);
    if (sender.iss_known && segment.seq == sender.iss + 1 && !sender.fast_open &&
        (milestones_.state(self) == State::Established || sender.syn_acks == 1)) {
        // Linux: the request was gone when the ACK of the SYN came.
        milestones_.take_back_doubted(self, On::RcvAckOfSyn);
    }
    if (!sender.fin_sent || milestones_.find(self, On::RcvAckOfFin) == nullptr) return;
    const bool ends_it = milestones_.find(self, On::Abort) == nullptr;  // else it was gone already
    if (segment.seq == sender.fin + 1) {
        if (sender.fin_acks == 1) milestones_.take_back_doubted(self, On::RcvAckOfFin);
        if (ends_it) milestones_.prove(self, On::RcvAckOfFin);
    } else if (ends_it && at_or_before(segment.seq, sender.fin) &&
               soon(sender.fin_acked, segment.time)) {
        // The acknowledgment of its FIN was still on its way, unless it came first.
        milestones_.take_back_doubted(self, On::RcvAckOfFin);
        order_unknown_ = true;
    }
}

// Whoever sends something else than a RST has not been closed yet.
void Tracker::shows_life(Role role) {
    const auto gone = [&] {
        const State state = milestones_.state(role);
        return state == State::Closed || state == State::Listen;
    };
    // A RST in its name that was not its own did not end it either.
    while (gone() && (milestones_.take_back_last_doubted(role) ||
                      milestones_.take_back_last(role, On::Abort))) {
    }
}

}  // namespace tcpstep::model
