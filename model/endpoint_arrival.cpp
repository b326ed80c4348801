// What reaches an end: RFC 9293 3.10.7, SEGMENT ARRIVES.
#include <utility>

#include "model/endpoint.hpp"

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

bool Endpoint::completes_handshake(const Segment& segment) const {
    const Flags flags = segment.flags;
    return infers_ && state_ == State::SynRcvd && opened_ == Opened::Passively && flags.ack() &&
           !flags.syn() && !flags.rst() && segment.sequence_length() == 0 && receive_ &&
           segment.seq == receive_->next() && segment.ack == snd_nxt_ && !fails_paws(segment);
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
    while (acknowledged_ < sent_.size() && at_or_before(sent_[acknowledged_].end, ack))
        ++acknowledged_;
    if (acknowledged_ > kMostAcknowledged) {
        const std::size_t forgotten = acknowledged_ - kMostAcknowledged;
        sent_.erase(sent_.begin(), sent_.begin() + static_cast<std::ptrdiff_t>(forgotten));
        acknowledged_ = kMostAcknowledged;
    }
    if (state_ == State::SynRcvd && covers_syn) move(changes, On::RcvAckOfSyn);
    if (covers_fin) move(changes, On::RcvAckOfFin);
}

}  // namespace tcpstep::model
