#include "model/tracking/sending.hpp"

#include <algorithm>

#include "model/tracking/likelihood.hpp"

namespace tcpstep::model::tracking {

namespace {

using Sent = std::optional<Sending>;

Sent nothing_new(Cost cost = 0) {
    Sending sending;
    sending.cost = cost;
    return sending;
}

Sent did(On on, SegmentId after, SegmentId cause, Cost cost = 0, Doubt doubt = Doubt::None) {
    Sending sending;
    sending.add({after, cause, on, State::Unknown, doubt});
    sending.cost = cost;
    return sending;
}

Sent found(State state, SegmentId after, Doubt doubt = Doubt::None) {
    Sending sending;
    sending.add({after, 0, std::nullopt, state, doubt});
    return sending;
}

// ---- SYN ----

Sent send_syn(Position at, const SegmentSummary& segment, const View& view) {
    switch (at.state) {
        case State::Unknown: {
            // Nothing of a connection comes before its first SYN.
            Sent sent = found(State::Closed, segment.id);
            sent->add({segment.id, segment.id, On::ActiveOpen, State::Unknown, Doubt::None});
            return sent;
        }
        case State::Closed:
        case State::Listen:
            if (view.own.iss_known && segment.seq == view.own.iss) return std::nullopt;
            return did(On::ActiveOpen, segment.id, segment.id);
        case State::SynSent:
            return nothing_new();
        case State::SynRcvd:
        case State::Established:
        case State::FinWait1:
        case State::FinWait2:
        case State::CloseWait:
        case State::Closing:
        case State::LastAck:
        case State::TimeWait:
            return std::nullopt;
    }
    return std::nullopt;
}

Sent send_syn_ack(const Conjecture& end, const SegmentSummary& segment, const View& view) {
    if (end.owes == Answer::SynAck) {
        return before(end.owed_seq, segment.ack) ? nothing_new() : std::nullopt;
    }
    if (end.state() == State::SynRcvd) return nothing_new();  // its timer, or the SYN again
    // Linux: a socket of Fast Open sends it again until it is acknowledged.
    if (end.state() == State::FinWait1 && view.own.fast_open) return nothing_new();
    if (end.state() != State::Unknown || view.other.syn != 0) return std::nullopt;
    Sent sent = found(State::Listen, segment.id, Doubt::BeganBefore);
    sent->add({segment.id, 0, On::RcvSyn, State::Unknown, Doubt::None});
    return sent;
}

// ---- RST ----

// The last segment of the other end with that acknowledgment number.
SegmentId answered_by(SeqNum number, const Sender& other) {
    return other.told_before_last != 0 && number == other.told_before ? other.told_before_last
                                                                      : other.last;
}

// RFC 9293 3.10.7.1: the RST that answers a segment with an ACK has no ACK itself, and the number
// that was acknowledged.
Sent answer_with_rst(const Conjecture& end, const SegmentSummary& rst, const View& view) {
    const bool could_be_taken = beyond_up_to(rst.seq, view.own.iss, view.own.next);
    const SegmentId cause = answered_by(rst.seq, view.other);
    switch (end.state()) {
        case State::Unknown:
            return found(State::Closed, rst.id);
        case State::Closed:
        case State::Listen:
            return nothing_new();
        case State::SynSent:
            // Linux: a socket in SYN_SENT would have taken this SYN,ACK, so it was closed by then.
            if (!could_be_taken) return nothing_new();
            return did(On::Close, std::max(view.own.syn, view.own.last), 0, kUnlikely,
                       Doubt::NotOnTheWire);
        case State::SynRcvd:
            // A wrong acknowledgment is rejected, and the state stays.
            if (!could_be_taken) return nothing_new();
            return did(On::Abort, rst.id, cause);
        case State::Established: {
            // Linux: data for a socket that was closed, of which the FIN waits behind data.
            const bool waits = view.other.told_known &&
                               (view.other.told != view.own.next || view.other.window == 0);
            Sent sent =
                did(On::Close, view.own.last, 0, waits ? kUnlikely : kOddity, Doubt::NotOnTheWire);
            sent->add({rst.id, cause, On::Abort, State::Unknown, Doubt::None});
            return sent;
        }
        case State::FinWait1:
            // Linux: data for a socket that was closed. Its ACK is looked at first.
            if (view.own.acknowledges_fin(rst.seq)) return std::nullopt;
            return did(On::Abort, rst.id, cause);
        case State::FinWait2:
            return did(On::Abort, rst.id, cause, view.own.acknowledges_fin(rst.seq) ? 0 : 10);
        case State::CloseWait:
        case State::Closing:
        case State::LastAck:
            return did(On::Abort, rst.id, cause, kOddity);
        case State::TimeWait:
            return did(On::TimeWaitEnds, view.own.last, 0, kLost, Doubt::NotOnTheWire);
    }
    return std::nullopt;
}

// Nobody listens: RFC 9293 3.10.7.1.
Sent refuse(const Conjecture& end, const SegmentSummary& rst, const View& view) {
    switch (end.state()) {
        case State::Unknown:
            return found(State::Closed, rst.id);
        case State::Closed:
        case State::Listen:
            return nothing_new();
        case State::SynSent:
            return did(On::Close, std::max(view.own.syn, view.own.last), 0, kUnlikely,
                       Doubt::NotOnTheWire);
        case State::SynRcvd:
            // Linux: a request goes with its listener.
            return did(On::Abort, rst.id, view.other.syn);
        case State::Established:
        case State::FinWait1:
        case State::FinWait2:
        case State::CloseWait:
        case State::Closing:
        case State::LastAck:
        case State::TimeWait:
            return std::nullopt;
    }
    return std::nullopt;
}

// RFC 9293 3.10.5; Linux: also close() with unread data.
Sent abort(const Conjecture& end, const SegmentSummary& rst, const View& view) {
    const bool covers = view.other.acknowledges_fin(rst.ack);
    if (end.state() == State::Unknown) return found(State::Closed, rst.id);
    if (is_over(end.state())) return nothing_new(kOddity);
    if (covers != has_taken_fin(end.state())) return std::nullopt;
    Cost cost = 0;
    if (end.state() == State::SynSent || end.state() == State::TimeWait) cost = kOddity;
    // Linux: what is only a request has nothing to abort.
    if (is_request(end.position, view.own.fast_open)) cost = kOddity;
    // Linux: an abort in these states sends nothing, but for data that waits.
    if (end.state() == State::Closing || end.state() == State::LastAck) cost = kUnlikely;
    return did(On::Abort, rst.id, rst.id, cost);
}

Sent send_rst(const Conjecture& end, const SegmentSummary& rst, const View& view) {
    if (!rst.flags.ack()) return answer_with_rst(end, rst, view);
    const bool numbered = view.own.next_known && view.own.next == SeqNum(0);
    if (rst.seq == SeqNum(0) && !numbered) return refuse(end, rst, view);
    return abort(end, rst, view);
}

// ---- ACK, data, FIN ----

// A capture that starts in the middle. Who sends data, or takes it, is taken for established.
Sent began_before(const SegmentSummary& segment, const View& view) {
    const bool covers = view.other.acknowledges_fin(segment.ack);
    const bool took_data = view.own.told_known && before(view.own.told, segment.ack);
    if (segment.sequence_length() == 0 && !took_data && !covers) return nothing_new();
    const SegmentId fin = view.other.fin_last;
    Sent sent = found(State::Established, covers ? fin : segment.id, Doubt::BeganBefore);
    if (covers) sent->add({fin, fin, On::RcvFin, State::Unknown, Doubt::None});
    if (segment.flags.fin()) {
        sent->add({segment.id, segment.id, On::Close, State::Unknown, Doubt::None});
    }
    return sent;
}

// Only the established take what is beyond the SYN, and the data that Fast Open takes with it.
bool only_when_established(const SegmentSummary& segment, Position at, const View& view) {
    const Sender& own = view.own;
    if (own.told_known && before(own.told, segment.ack)) return true;
    if (own.fast_open) return false;
    return segment.length > 0 || (segment.flags.fin() && at.opened == Opened::Passively);
}

// Linux: what has no socket of its own (a request, TIME_WAIT, a closed FIN_WAIT_2) does not count
// its IPv4 packets.
Cost packet_number(const Conjecture& end, const SegmentSummary& segment, const View& view) {
    if (view.own.packet_number == 0) return 0;
    const State state = end.state();
    const bool request = is_request(end.position, view.own.fast_open);
    if (segment.ip_id != 0) {
        const bool entered_now = end.owes == Answer::Ack;
        return request || (state == State::TimeWait && !entered_now) ? kUnlikely : 0;
    }
    const bool small = request || state == State::FinWait2 || state == State::TimeWait;
    return small ? 0 : kUnlikely + 10;
}

// Why an ACK without anything in it was sent.
Cost reason(const Conjecture& end, const SegmentSummary& segment, const View& view) {
    if (end.owes != Answer::None) return 0;
    const Sender& own = view.own;
    // Linux: a request sends one only for what is out of its window.
    if (is_request(end.position, own.fast_open)) return kUnlikely;
    // In a simultaneous open it answers the SYN,ACK, or the SYN again.
    if (end.state() == State::SynRcvd && !own.fast_open) return kLost;
    const bool tells = segment.ack != own.told || segment.window != own.window;
    if (!own.told_known || tells) return 0;
    if (view.other.occupying > own.last) return 0;
    return before(own.told, view.other.next) ? 5 : kUnlikely;
}

Sent send_pure_ack(const Conjecture& end, const SegmentSummary& segment, const View& view) {
    Cost cost = reason(end, segment, view) + packet_number(end, segment, view);
    // RFC 9293 3.8.4: a keepalive carries SND.NXT - 1; all that was sent has been acknowledged.
    const bool keepalive = view.own.fin_sent && segment.seq == view.own.fin;
    if (keepalive && waits_for_ack_of_fin(end.state())) cost += kLost;
    return nothing_new(cost);
}

Sent send_ack(const Conjecture& end, const SegmentSummary& segment, const View& view) {
    const State state = end.state();
    if (state == State::Unknown) return began_before(segment, view);
    if (is_over(state) || state == State::SynSent) return std::nullopt;
    if (view.other.acknowledges_fin(segment.ack) != has_taken_fin(state)) return std::nullopt;
    if (state == State::SynRcvd && only_when_established(segment, end.position, view)) {
        return std::nullopt;
    }
    if (end.owes == Answer::SynAck) return std::nullopt;
    const bool pure = segment.sequence_length() == 0;
    if (end.owes == Answer::ChallengeAck && !(pure && before(segment.ack, end.owed_seq))) {
        return std::nullopt;
    }
    if (end.owes == Answer::DuplicateAck && !(pure && at_or_before(segment.ack, end.owed_seq))) {
        return std::nullopt;
    }
    if (end.owes == Answer::Ack && !before(end.owed_seq, segment.ack)) return std::nullopt;
    if (pure) return send_pure_ack(end, segment, view);
    if (view.own.fin_sent) {
        // After its FIN an end has nothing new to send: this is sent again, so the FIN was not
        // acknowledged yet.
        return waits_for_ack_of_fin(state) ? nothing_new() : std::nullopt;
    }
    if (!segment.flags.fin()) return nothing_new();
    // Nothing comes behind a FIN: this one is of another socket that the address had since.
    if (before(segment.end(), view.own.next)) return std::nullopt;
    return did(On::Close, segment.id, segment.id);
}

}  // namespace

std::optional<Sending> send(const Conjecture& end, const SegmentSummary& segment,
                            const View& view) {
    const Flags flags = segment.flags;
    if (flags.rst()) {
        const bool owed = end.owes == Answer::Reset && !flags.ack() && segment.seq == end.owed_ack;
        return end.owes == Answer::None || owed ? send_rst(end, segment, view) : std::nullopt;
    }
    if (end.owes == Answer::Reset) return std::nullopt;
    if (flags.syn() && flags.ack()) return send_syn_ack(end, segment, view);
    if (flags.syn()) {
        return end.owes == Answer::None ? send_syn(end.position, segment, view) : std::nullopt;
    }
    if (!flags.ack()) return nothing_new();
    return send_ack(end, segment, view);
}

}  // namespace tcpstep::model::tracking
