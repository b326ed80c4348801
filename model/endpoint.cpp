#include "model/endpoint.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace tcpstep::model {

namespace {

// The sender's clock (TSval, RFC 7323 3.2), if the segment carries it.
std::optional<std::uint32_t> timestamp_of(const Segment& segment) {
    for (const TcpOption& option : segment.options) {
        if (const auto* timestamps = std::get_if<Timestamps>(&option)) return timestamps->value;
    }
    return std::nullopt;
}

}  // namespace

std::optional<SeqNum> Endpoint::irs() const {
    if (!initial_received_) return std::nullopt;
    return receive_->initial();
}

std::optional<SeqNum> Endpoint::snd_una() const {
    return send_known_ ? std::optional(snd_una_) : std::nullopt;
}

std::optional<SeqNum> Endpoint::snd_nxt() const {
    return send_known_ ? std::optional(snd_nxt_) : std::nullopt;
}

std::uint32_t Endpoint::octets_received() const {
    const auto initial = irs();
    if (!initial) return 0;
    return distance(*initial + 1, receive_->next()) - (receive_->fin_reached() ? 1U : 0U);
}

std::optional<SeqNum> Endpoint::rcv_nxt() const {
    return receive_ ? std::optional(receive_->next()) : std::nullopt;
}

// ---- What the process and the clock do ----

Endpoint::Changes Endpoint::begin_closed() {
    Changes changes;
    if (state_ == State::Unknown) prove(changes, State::Closed);
    return changes;
}

Endpoint::Changes Endpoint::listened() {
    Changes changes;
    if (state_ == State::Unknown) prove(changes, State::Closed);
    move(changes, On::PassiveOpen);
    return changes;
}

Endpoint::Changes Endpoint::closed_listener() {
    Changes changes;
    if (state_ == State::Listen) move(changes, On::Close);
    return changes;
}

Endpoint::Changes Endpoint::closed() {
    Changes changes;
    if (state_ == State::SynRcvd || state_ == State::Established || state_ == State::CloseWait) {
        move(changes, On::Close);
    }
    return changes;
}

Endpoint::Changes Endpoint::aborted() {
    Changes changes;
    const Transition* edge = find_transition(state_, On::Abort, opened_);
    if (edge != nullptr && edge->sends == Sends::Nothing) move(changes, On::Abort);
    return changes;
}

Endpoint::Changes Endpoint::timed_out() {
    Changes changes;
    move(changes, On::UserTimeout);
    return changes;
}

Endpoint::Changes Endpoint::time_wait_ended() {
    Changes changes;
    move(changes, On::TimeWaitEnds);
    return changes;
}

void Endpoint::sampled(const SocketSampled& sample) {
    kernel_ = sample;
    if (state_ == State::Unknown) return;
    agreement_ = sample.state == state_ ? Agreement::Agrees : Agreement::Differs;
}

// ---- What this end sends ----

Endpoint::Changes Endpoint::sent(const Segment& segment) {
    Changes changes;
    const Flags flags = segment.flags;
    if (flags.rst()) {
        // A RST may also answer a stray segment; only where an abort sends one does it end us. In
        // SYN_RCVD a RST without ACK rejects a wrong acknowledgment and leaves us there. In CLOSING
        // and LAST_ACK only the abort's own has an ACK, and the number after all that was sent.
        const Transition* edge = find_transition(state_, On::Abort, opened_);
        if (edge == nullptr) return changes;
        const bool rejects_ack = state_ == State::SynRcvd && !flags.ack();
        const bool mostly = edge->sends == Sends::Rst && !rejects_ack;
        const bool has_sent_fin = state_ == State::Closing || state_ == State::LastAck;
        if (mostly || (has_sent_fin && flags.ack() && segment.seq == snd_nxt_)) {
            move(changes, On::Abort);
        }
        return changes;
    }

    if (flags.syn() && !flags.ack() &&
        (state_ == State::Unknown || state_ == State::Closed || state_ == State::Listen)) {
        // Nothing of a connection comes before its first SYN.
        if (state_ == State::Unknown) prove(changes, State::Closed);
        opened_ = Opened::Actively;
        move(changes, On::ActiveOpen);
    }
    if (cookie_ && state_ == State::Listen) {
        if (flags.syn() && flags.ack()) iss_ = cookie_->iss = segment.seq;
        return changes;
    }
    if (flags.syn() && flags.ack() && (state_ == State::Unknown || state_ == State::SynSent)) {
        // The SYN that this answers was not seen, but it must have arrived.
        if (state_ == State::Unknown) opened_ = Opened::Passively;
        prove(changes, State::SynRcvd);
    }

    note_sent(segment);
    if (flags.ack()) take_own_ack(segment.ack);

    if (flags.fin()) {
        fin_sent_ = segment.seq + (segment.sequence_length() - 1);
        move(changes, On::Close);
    }
    return changes;
}

void Endpoint::note_sent(const Segment& segment) {
    if (segment.flags.syn() && (!iss_ || *iss_ != segment.seq)) {
        iss_ = segment.seq;
        send_known_ = false;
    }
    if (!send_known_) {
        send_known_ = true;
        snd_una_ = segment.seq;
        snd_nxt_ = segment.seq;
    }
    if (segment.sequence_length() != 0 && at_or_before(snd_nxt_, segment.seq)) {
        unacknowledged_.push_back(
            {segment.id, segment.seq, segment.end(), segment.flags.syn() && !segment.flags.ack()});
        // A connection stays small, whatever a trace claims: of very many the middle is forgotten.
        if (unacknowledged_.size() > kMostUnacknowledged) {
            unacknowledged_.erase(unacknowledged_.begin() + kMostUnacknowledged / 2);
        }
    }
    if (before(snd_nxt_, segment.end())) snd_nxt_ = segment.end();
    if (segment.flags.syn() && segment.flags.ack() && !unacknowledged_.empty() &&
        unacknowledged_.front().bare_syn) {
        unacknowledged_.front() = {segment.id, segment.seq, segment.end(), false};
    }
}

void Endpoint::take_own_ack(SeqNum ack) {
    if (!receive_) receive_ = ReceiveSequence::starting_at(ack);
    last_ack_sent_ = ack;
    // It got what it acknowledges, though the capture lost it, or had it in another order.
    const SeqNum next = receive_->next();
    if (!infers_ && before(next, ack)) receive_->receive(next, distance(next, ack), false);
}

SegmentId Endpoint::retransmission_of(const Segment& segment) const {
    if (segment.sequence_length() == 0) return 0;
    // They are in the order of their numbers: the first that ends after this segment's start.
    const auto earlier = std::partition_point(
        unacknowledged_.begin(), unacknowledged_.end(),
        [&](const Unacknowledged& one) { return at_or_before(one.end, segment.seq); });
    if (earlier == unacknowledged_.end() || before(segment.seq, earlier->seq)) return 0;
    if (earlier->bare_syn && segment.flags.ack()) return 0;
    return earlier->id;
}

// ---- What reaches this end: RFC 9293 3.10.7 SEGMENT ARRIVES ----

Endpoint::Changes Endpoint::received(const Segment& segment) {
    Changes changes;
    if (!infers_) {
        take_numbers(segment);
        return changes;
    }
    const Flags flags = segment.flags;
    switch (state_) {
        case State::Closed:
            return changes;  // 3.10.7.1: at most answered with a RST
        case State::Unknown:
            if (flags.syn()) take_syn(segment.seq, timestamp_of(segment));
            return changes;
        case State::Listen:
            // 3.10.7.2: RST is ignored, an ACK answered with a RST; then the SYN counts.
            if (takes_cookie(segment)) {
                open_by_cookie(changes);
                take_acceptable(changes, segment);
                return changes;
            }
            if (flags.rst() || flags.ack() || !flags.syn()) return changes;
            opened_ = Opened::Passively;
            cookie_.reset();
            take_syn(segment.seq, timestamp_of(segment));
            move(changes, On::RcvSyn);
            return changes;
        case State::SynSent:
            return received_in_syn_sent(segment);
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

    if (flags.rst()) return received_rst(segment);
    if (fails_paws(segment)) return changes;
    // 3.10.7.4, first check: what has arrived already is an old duplicate. Linux goes by what it
    // has acknowledged: the ACK of a segment that ends there is still taken (tcp_sequence()).
    if (receive_ && before(segment.end(), last_ack_sent_.value_or(receive_->next()))) {
        return changes;
    }
    // Fourth check: a SYN here is an old one, or answered with a challenge ACK (RFC 5961 4). The
    // crossing SYN,ACK of a simultaneous open counts by its ACK.
    if (flags.syn() && state_ != State::SynRcvd) return changes;
    if (!flags.ack()) return changes;  // fifth check
    take_acceptable(changes, segment);
    return changes;
}

// The numbers of a segment that passed the checks.
void Endpoint::take_acceptable(Changes& changes, const Segment& segment) {
    take_timestamp(segment);
    take_ack(changes, segment.ack);
    if (!receive_) receive_ = ReceiveSequence::starting_at(segment.seq);
    if (!segment.flags.syn() &&
        receive_->receive(segment.seq, segment.length, segment.flags.fin())) {
        move(changes, On::RcvFin);  // eighth check
    }
}

Endpoint::Changes Endpoint::received_by_cookies(const Segment& segment) {
    const Flags flags = segment.flags;
    const bool asks = flags.syn() && !flags.ack() && !flags.rst();
    if (!infers_ || state_ != State::Listen || !asks) return received(segment);
    cookie_ = Cookie{segment.seq, timestamp_of(segment), std::nullopt};
    return {};
}

// Linux: cookie_v4_check(). Its number says which SYN this end had answered, and with what.
bool Endpoint::takes_cookie(const Segment& segment) const {
    return cookie_ && cookie_->iss && segment.flags.ack() && !segment.flags.rst() &&
           !segment.flags.syn() && segment.ack == *cookie_->iss + 1 &&
           segment.seq == cookie_->irs + 1;
}

void Endpoint::open_by_cookie(Changes& changes) {
    const Cookie cookie = *std::exchange(cookie_, std::nullopt);
    opened_ = Opened::Passively;
    take_syn(cookie.irs, cookie.sent_at);
    iss_ = cookie.iss;
    send_known_ = true;
    snd_una_ = *cookie.iss;
    snd_nxt_ = *cookie.iss + 1;
    move(changes, On::RcvAckOfSyn);
}

Endpoint::Changes Endpoint::received_in_syn_sent(const Segment& segment) {
    Changes changes;
    const Flags flags = segment.flags;
    // 3.10.7.3, first check: an ACK must cover our SYN and nothing that we did not send.
    const bool acknowledges =
        flags.ack() && before(snd_una_, segment.ack) && at_or_before(segment.ack, snd_nxt_);
    if (flags.ack() && !acknowledges) return changes;
    if (flags.rst()) {
        if (acknowledges) move(changes, On::RcvRst);  // second check
        return changes;
    }
    if (!flags.syn()) return changes;
    take_syn(segment.seq, timestamp_of(segment));
    if (!flags.ack()) {
        move(changes, On::RcvSyn);  // simultaneous open
        return changes;
    }
    move(changes, On::RcvSynAck);
    take_ack(changes, segment.ack);
    // Linux: a SYN,ACK may carry data and even a FIN.
    if (receive_->receive(segment.seq + 1, segment.length, flags.fin())) move(changes, On::RcvFin);
    return changes;
}

Endpoint::Changes Endpoint::received_rst(const Segment& segment) {
    Changes changes;
    if (receive_) {
        // RFC 5961 3.2: exactly RCV.NXT, else a challenge ACK. Linux also takes RCV.NXT - 1 once
        // the peer's FIN has arrived (tcp_reset_check()).
        const bool fin_arrived =
            state_ == State::CloseWait || state_ == State::LastAck || state_ == State::Closing;
        const bool exact = segment.seq == receive_->next();
        const bool before_fin = fin_arrived && segment.seq + 1 == receive_->next();
        if (!exact && !before_fin) return changes;
    }
    move(changes, On::RcvRst);
    return changes;
}

void Endpoint::take_syn(SeqNum seq, std::optional<std::uint32_t> sent_at) {
    receive_ = ReceiveSequence(seq);
    initial_received_ = true;
    if (sent_at) ts_recent_ = sent_at;
}

// The numbers of a captured segment, taken as if it arrived. What comes out of order is left to
// this end's own ACK: where the capture lost a segment, what follows would wait for ever.
void Endpoint::take_numbers(const Segment& segment) {
    if (segment.flags.rst()) return;
    if (segment.flags.syn() && !receive_) take_syn(segment.seq, timestamp_of(segment));
    if (!segment.flags.ack()) return;
    Changes none;  // for nothing moves
    take_ack(none, segment.ack);
    if (!receive_) receive_ = ReceiveSequence::starting_at(segment.seq);
    const SeqNum first = segment.seq + (segment.flags.syn() ? 1U : 0U);
    if (at_or_before(first, receive_->next())) {
        receive_->receive(first, segment.length, segment.flags.fin());
    }
}

// RFC 7323 5.3: a segment whose timestamp is older than that of one that came in order is an old
// duplicate; a RST is not checked. One that was overtaken by a retransmission is lost this way.
bool Endpoint::fails_paws(const Segment& segment) const {
    const auto sent_at = timestamp_of(segment);
    if (!ts_recent_ || !sent_at) return false;
    // Linux: one tick is allowed (TCP_PAWS_WINDOW), but not by a request or a TIME_WAIT socket.
    const bool small_socket =
        state_ == State::TimeWait || (state_ == State::SynRcvd && opened_ == Opened::Passively);
    return static_cast<std::int32_t>(*ts_recent_ - *sent_at) > (small_socket ? 0 : 1);
}

// RFC 7323 4.3 (2): only from a segment that covers what was acknowledged last.
void Endpoint::take_timestamp(const Segment& segment) {
    const auto sent_at = timestamp_of(segment);
    if (!ts_recent_ || !sent_at || !last_ack_sent_) return;
    if (at_or_before(segment.seq, *last_ack_sent_) &&
        static_cast<std::int32_t>(*sent_at - *ts_recent_) >= 0) {
        ts_recent_ = *sent_at;
    }
}

void Endpoint::take_ack(Changes& changes, SeqNum ack) {
    if (!send_known_ || before(ack, snd_una_) || before(snd_nxt_, ack)) return;
    const bool covers_syn = iss_ && before(*iss_, ack);
    const bool covers_fin = fin_sent_ && before(*fin_sent_, ack);
    snd_una_ = ack;
    std::erase_if(unacknowledged_,
                  [ack](const Unacknowledged& earlier) { return at_or_before(earlier.end, ack); });
    if (state_ == State::SynRcvd && covers_syn) move(changes, On::RcvAckOfSyn);
    if (covers_fin) move(changes, On::RcvAckOfFin);
}

// ---- The machine ----

void Endpoint::told(State to) {
    assert(!infers_);
    if (to == State::SynSent) opened_ = Opened::Actively;
    if (to == State::Listen) opened_ = Opened::Passively;
    enter(to);
}

void Endpoint::move(Changes& changes, On on) {
    if (!infers_) return;
    const Transition* edge = find_transition(state_, on, opened_);
    if (edge == nullptr) return;
    changes.push_back({state_, edge->to, edge});
    enter(edge->to);
}

void Endpoint::prove(Changes& changes, State state) {
    if (!infers_) return;
    assert(state != state_);
    changes.push_back({state_, state, nullptr});
    enter(state);
}

void Endpoint::enter(State state) {
    // Back in LISTEN nothing is left of the connection that failed (RFC 9293 3.10.7.4). That one
    // listened at first may be told after its SYN was seen, which counts.
    if (state == State::Listen && (infers_ || state_ == State::SynRcvd)) {
        Endpoint fresh;
        fresh.infers_ = infers_;
        fresh.opened_ = Opened::Passively;
        fresh.kernel_ = kernel_;
        fresh.agreement_ = agreement_;
        *this = std::move(fresh);
    }
    state_ = state;
    if (agreement_ != Agreement::NotSampled) agreement_ = Agreement::Stale;
}

}  // namespace tcpstep::model
