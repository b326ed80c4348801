// What a captured segment does to the end that it was sent to, if it arrives (tracker.hpp).

#include <algorithm>

#include "model/tracker.hpp"

namespace tcpstep::model {

void Tracker::may_arrive(const SegmentSummary& segment) {
    const Role self = receiver(segment.from);
    End& own = end(self);
    if (segment.flags.rst()) {
        rst_may_arrive(segment);
        return;
    }
    if (!segment.flags.ack() || !own.next_known) return;
    // RFC 9293 3.10.7.4, first check; Linux: tcp_sequence(). An old one is not looked at.
    if (!segment.flags.syn() && own.told_known && before(segment.end(), own.told)) return;
    if (!at_or_before(segment.ack, own.next)) return;

    if (milestones_.state(self) == State::SynRcvd && before(own.iss, segment.ack)) {
        own.ack_of_syn = believed(segment);
        add(self, On::RcvAckOfSyn, segment.id, segment.id, Doubt::NothingFollows);
    }
    if (segment.ack == own.iss + 1) ++own.syn_acks;
    if (!own.fin_sent || before(segment.ack, own.fin + 1)) return;
    own.fin_acks += segment.length == 0 ? 1 : 2;
    if (milestones_.find(self, On::RcvAckOfFin) != nullptr) return;
    // Linux: a FIN is answered at once here. It is believed when that is seen.
    if (segment.flags.fin() && segment.length == 0) return;
    own.ack_of_fin = believed(segment);
    own.fin_acked = segment.time;
    add(self, On::RcvAckOfFin, segment.id, segment.id, Doubt::NothingFollows);
}

void Tracker::rst_may_arrive(const SegmentSummary& segment) {
    const Role self = receiver(segment.from);
    if (!resets(segment)) return;
    if (milestones_.state(self) == State::Unknown) {
        prove_state(self, State::Closed, segment.id, Doubt::NothingFollows);
        return;
    }
    end(self).rst = segment;
    rst_arrives(segment, segment.id);
}

void Tracker::rst_arrives(const SegmentSummary& rst, SegmentId after) {
    const Role self = receiver(rst.from);
    if (milestones_.state(self) == State::Closed || milestones_.state(self) == State::Listen)
        return;
    fin_came_first(rst, after);
    add(self, On::RcvRst, after, rst.id, Doubt::NothingFollows);
}

// Linux may delay the ACK of a FIN, and a RST that follows leaves it no time to be sent.
void Tracker::fin_came_first(const SegmentSummary& rst, SegmentId after) {
    const Role self = receiver(rst.from);
    const End& sender = end(rst.from);
    if (milestones_.state(self) != State::Established) return;
    if (rst.seq != sender.fin && rst.seq != sender.fin + 1) return;
    if (!sender.fin_sent || sender.fin_wait != Duration{} || missed_fin(self)) return;
    const SegmentId fin_after = after == rst.id ? sender.fin_last : after;
    add(self, On::RcvFin, fin_after, sender.fin_last, Doubt::NothingFollows);
}

// It spoke when the peer's FIN should have been there for long, and did not acknowledge it.
bool Tracker::missed_fin(Role self) {
    const End& other = end(receiver(self));
    return other.fin_sent && before(end(self).told, other.fin + 1) &&
           !soon(other.fin_time, end(self).last_time);
}

// To be asked before the segment's numbers are noted.
Tracker::Believed Tracker::believed(const SegmentSummary& segment) {
    const End& sender = end(segment.from);
    const End& own = end(receiver(segment.from));
    const bool newest =
        !sender.clock_known || static_cast<std::int32_t>(segment.timestamp - sender.clock) > 0;
    const bool in_order = own.told_known && at_or_before(segment.seq, own.told);
    return {segment.id, segment.timestamp, segment.has_timestamps && newest,
            segment.has_timestamps && in_order};
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
        case State::Unknown:
            return !sender.next_known || segment.seq == sender.next;
        case State::SynSent:
            // RFC 9293 3.10.7.3: it must acknowledge the SYN, and no more than was sent with it.
            return segment.flags.ack() && beyond_up_to(segment.ack, own.iss, own.next);
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
    if (sender.fin_sent && segment.seq == sender.fin + 1 && missed_fin(self)) return false;
    // RFC 5961 3.2: exactly RCV.NXT. It may be further than what was acknowledged.
    if (sender.next_known && beyond_up_to(segment.seq, own.told, sender.next)) return true;
    // Linux: one less once the peer's FIN has arrived (tcp_reset_check()).
    const State state = milestones_.state(self);
    return segment.seq + 1 == own.told &&
           (state == State::CloseWait || state == State::LastAck || state == State::Closing);
}

}  // namespace tcpstep::model
