#include "model/tracking/arrival.hpp"

#include "model/tracking/likelihood.hpp"

namespace tcpstep::model::tracking {

namespace {

Arrival one(On on, Answer answer = Answer::None, Cost cost = 0) {
    return {{on, on}, 1, answer, cost, std::nullopt};
}

Arrival both(On first, On second, Answer answer = Answer::None) {
    return {{first, second}, 2, answer, 0, std::nullopt};
}

// RFC 9293 3.10.7.4, first check; Linux: tcp_sequence(). What ends before RCV.NXT is not looked at;
// RFC 7323 5.3: nor what is older than what was taken.
bool is_acceptable(const SegmentSummary& segment, const Sender& own) {
    if (own.told_known && before(segment.end(), own.told)) return false;
    return !segment.has_timestamps || !own.clock_known ||
           static_cast<std::int32_t>(segment.timestamp - own.echo) >= 0;
}

// RFC 5961 3.2: a RST must carry exactly RCV.NXT; one further on in the window is answered.
void reset(Arrivals& arrivals, Position at, const SegmentSummary& rst, const View& view) {
    const SeqNum told = view.own.told;
    const Arrival taken = one(On::RcvRst);
    const Arrival challenged{{}, 0, Answer::ChallengeAck, 0, std::nullopt};
    if (!view.own.told_known) {
        arrivals.add(taken);
    } else if (has_taken_fin(at.state)) {
        const SeqNum next = view.other.fin + 1;
        // Linux: one less does, too (tcp_reset_check()).
        const bool one_less = rst.seq == view.other.fin && at.state != State::TimeWait;
        if (rst.seq == next || one_less) {
            arrivals.add(taken);
        } else if (before(next, rst.seq) && at.state != State::TimeWait) {
            arrivals.add(challenged);
        }
    } else if (rst.seq == told) {
        arrivals.add(taken);
    } else if (before(told, rst.seq)) {
        // RCV.NXT may be further than what was acknowledged, but the FIN has not arrived.
        const SeqNum last = view.other.fin_sent ? view.other.fin : view.other.next;
        if (at_or_before(rst.seq, last)) {
            arrivals.add(taken);
        } else if (told != last) {
            // Linux: nor must it be in order, if what was captured beyond a gap ends there.
            Arrival beyond = taken;
            beyond.cost = kUnlikely;
            arrivals.add(beyond);
        }
        arrivals.add(challenged);
    }
}

bool acknowledges_syn(const SegmentSummary& segment, const Sender& own) {
    return segment.flags.ack() && (!own.iss_known || beyond_up_to(segment.ack, own.iss, own.next));
}

// Nobody is there, or a listener.
void at_nobody(Arrivals& arrivals, Position at, const SegmentSummary& segment, const View& view) {
    if (segment.flags.rst()) {
        const bool fits = !view.other.next_known || segment.seq == view.other.next;
        if (at.state == State::Unknown && fits) {
            arrivals.add({{}, 0, Answer::None, 0, State::Closed});
        }
        return;
    }
    if (segment.flags.ack() || !segment.flags.syn()) return;
    Arrival opens = one(On::RcvSyn, Answer::SynAck);
    opens.found = State::Listen;
    // An old copy may open it anew.
    if (at.state != State::Unknown && view.own.iss_known) opens.cost = kUnlikely;
    arrivals.add(opens);
}

// RFC 9293 3.10.7.3
void in_syn_sent(Arrivals& arrivals, const SegmentSummary& segment, const View& view) {
    const bool acceptable = acknowledges_syn(segment, view.own);
    if (segment.flags.ack() && !acceptable) return;
    if (segment.flags.rst()) {
        if (acceptable) arrivals.add(one(On::RcvRst));
    } else if (segment.flags.syn()) {
        arrivals.add(acceptable ? one(On::RcvSynAck, Answer::Ack)
                                : one(On::RcvSyn, Answer::SynAck));
    }
}

void in_syn_rcvd(Arrivals& arrivals, Position at, const SegmentSummary& segment, const View& view) {
    if (!acknowledges_syn(segment, view.own)) return;
    const bool active = at.opened == Opened::Actively;
    if (segment.flags.syn()) {
        // Simultaneous open: the other's SYN,ACK is answered.
        if (active) arrivals.add(one(On::RcvAckOfSyn, Answer::Ack));
        return;
    }
    if (!is_acceptable(segment, view.own)) return;
    if (segment.flags.fin()) arrivals.add(both(On::RcvAckOfSyn, On::RcvFin));
    arrivals.add(one(On::RcvAckOfSyn));
}

void in_fin_wait_1(Arrivals& arrivals, const SegmentSummary& segment, const View& view) {
    if (!is_acceptable(segment, view.own)) return;
    const bool acked = segment.flags.ack() && view.own.acknowledges_fin(segment.ack);
    const bool gap = view.own.told_known && before(view.own.told, segment.seq);
    // Linux: the ACK is looked at first. A socket that was closed then takes no data, nor a FIN
    // behind a gap.
    if (acked && (segment.length > 0 || (segment.flags.fin() && gap))) {
        arrivals.add(one(On::RcvAckOfFin, Answer::Reset));
    }
    if (!segment.flags.fin()) {
        if (acked) arrivals.add(one(On::RcvAckOfFin));
        return;
    }
    // FIN and ACK together pass FIN_WAIT_2.
    arrivals.add(acked ? both(On::RcvAckOfFin, On::RcvFin, Answer::Ack)
                       : one(On::RcvFin, Answer::Ack));
    // Where something before the FIN is missing, only the ACK counts.
    if (acked && gap) arrivals.add(one(On::RcvAckOfFin, Answer::DuplicateAck));
}

}  // namespace

Arrivals arrive(Position at, const SegmentSummary& segment, const View& view) {
    Arrivals arrivals;
    const Flags flags = segment.flags;
    switch (at.state) {
        case State::Unknown:
        case State::Closed:
        case State::Listen:
            at_nobody(arrivals, at, segment, view);
            return arrivals;
        case State::SynSent:
            in_syn_sent(arrivals, segment, view);
            return arrivals;
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
    if (flags.rst()) {
        reset(arrivals, at, segment, view);
        return arrivals;
    }
    if (at.state == State::SynRcvd) {
        in_syn_rcvd(arrivals, at, segment, view);
        return arrivals;
    }
    if (at.state == State::FinWait1) {
        in_fin_wait_1(arrivals, segment, view);
        return arrivals;
    }
    if (flags.syn() || !is_acceptable(segment, view.own)) return arrivals;
    if (at.state == State::Established && flags.fin()) {
        arrivals.add(one(On::RcvFin));
    } else if (at.state == State::FinWait2 && flags.fin()) {
        arrivals.add(one(On::RcvFin, Answer::Ack));
    } else if ((at.state == State::Closing || at.state == State::LastAck) && flags.ack() &&
               view.own.acknowledges_fin(segment.ack)) {
        arrivals.add(one(On::RcvAckOfFin));
    }
    return arrivals;
}

}  // namespace tcpstep::model::tracking
