#include "model/endpoint.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace tcpstep::model {

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
        sent_.clear();
        acknowledged_ = 0;
    }
    if (!send_known_) {
        send_known_ = true;
        snd_una_ = segment.seq;
        snd_nxt_ = segment.seq;
    }
    if (segment.sequence_length() != 0 && at_or_before(snd_nxt_, segment.seq)) {
        sent_.push_back(
            {segment.id, segment.seq, segment.end(), segment.flags.syn() && !segment.flags.ack()});
        // A connection stays small, whatever a trace claims: of very many the middle is forgotten.
        if (sent_.size() - acknowledged_ > kMostUnacknowledged) {
            sent_.erase(sent_.begin() +
                        static_cast<std::ptrdiff_t>(acknowledged_ + kMostUnacknowledged / 2));
        }
    }
    if (before(snd_nxt_, segment.end())) snd_nxt_ = segment.end();
    if (segment.flags.syn() && segment.flags.ack() && acknowledged_ < sent_.size() &&
        sent_[acknowledged_].bare_syn) {
        sent_[acknowledged_] = {segment.id, segment.seq, segment.end(), false};
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
    if (segment.sequence_length() == 0 || !send_known_ || at_or_before(snd_nxt_, segment.seq))
        return 0;
    // They are in the order of their numbers: the first that ends after this segment's start.
    const auto earlier = std::partition_point(
        sent_.begin(), sent_.end(),
        [&](const SentRange& one) { return at_or_before(one.end, segment.seq); });
    if (earlier == sent_.end() || before(segment.seq, earlier->seq)) return 0;
    if (earlier->bare_syn && segment.flags.ack()) return 0;
    // The last octet that was acknowledged, and it alone, is a keep-alive (RFC 9293 3.8.4).
    const bool acknowledged = earlier < sent_.begin() + static_cast<std::ptrdiff_t>(acknowledged_);
    if (acknowledged && segment.seq != earlier->seq) return 0;
    return earlier->id;
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
