#include "model/tracking/weighing.hpp"

#include <algorithm>

#include "model/tracking/arrival.hpp"
#include "model/tracking/likelihood.hpp"

namespace tcpstep::model::tracking {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// What it costs that segments have not arrived: what is lost together is not much less likely than
// one that is lost.
class Missed {
  public:
    Missed(State state, bool in_the_end)
        : request_(state == State::SynRcvd), most_(in_the_end ? kLost + 8 : 2 * kLost) {}
    void add(const SegmentSummary& segment, Cost cost) {
        (segment.flags.rst() ? resets_ : others_) += cost;
    }
    Cost sum() const {
        // Linux: a request may take no notice of ACKs (accept queue full, TCP_DEFER_ACCEPT).
        return std::min(resets_, most_) + std::min(others_, request_ ? kLost : most_);
    }

  private:
    bool request_;
    Cost most_;
    Cost resets_ = 0;
    Cost others_ = 0;
};

bool timer_runs(State state) {
    return state == State::SynSent || state == State::SynRcvd || waits_for_ack_of_fin(state);
}

}  // namespace

Offers Weighing::awaited(const Conjecture& way) const {
    Offers awaited = 0;
    for (std::size_t i = 0; i < offers_.size(); ++i) {
        if (((way.taken | way.missed) & offer_at(i)) != 0) continue;
        for (const Arrival& arrival : arrive(way.position, offers_[i], *view_)) {
            if (arrival.count != 0 && arrival.cost == 0) awaited |= offer_at(i);
        }
    }
    return awaited;
}

Cost Weighing::lateness(const SegmentSummary& offer, Time now) const {
    const Time renewed = underway_->renewed(offer);
    const Cost cost = late(now - renewed, view_->own.loop);
    const Sender& own = view_->own;
    const bool next = own.told_known && offer.seq == own.told;
    if (!next || own.told_time <= renewed) return cost;
    return std::min(cost, late(own.told_time - renewed, view_->own.loop) * 2 / 3 +
                              late(now - own.told_time, view_->own.loop));
}

Cost Weighing::arrives_after_all(const Conjecture& way, std::size_t place) const {
    const SegmentSummary& offer = offers_[place];
    const Time last = view_->own.last_time;
    if ((way.missed & offer_at(place)) != 0) return arrives_too_late(way, place, last);
    if (underway_->renewed_by(offer) >= view_->own.last) return 0;
    return still(lateness(offer, last), last - underway_->renewed(offer), view_->own.loop);
}

Cost Weighing::arrives_too_late(const Conjecture& way, std::size_t place, Time now) const {
    if ((way.taken & offer_at(place)) != 0) return kCopied;
    const Cost cost = lateness(offers_[place], now);
    if ((way.missed & offer_at(place)) == 0) return cost;
    return kAfterAll + std::max(0, cost - way.paid[place]);
}

void Weighing::miss(Conjecture& way, Offers offers, State state, Time now) const {
    Missed costs(state, false);
    for (std::size_t i = 0; i < offers_.size(); ++i) {
        if ((offers & offer_at(i)) == 0) continue;
        const Cost cost = 2 + lateness(offers_[i], now);
        way.paid[i] = static_cast<std::uint8_t>(cost);
        costs.add(offers_[i], cost);
    }
    way.cost += costs.sum();
    way.missed |= offers;
}

void Weighing::overtake(Conjecture& way, std::size_t place) const {
    const SegmentSummary& segment = offers_[place];
    const Offers awaited_now = awaited(way);
    Cost most = 0;
    for (std::size_t i = 0; i < place; ++i) {
        if ((awaited_now & offer_at(i)) == 0 || underway_->renewed_by(offers_[i]) >= segment.id)
            continue;
        const Cost cost =
            overtaking(segment.time - underway_->renewed(offers_[i]), view_->own.loop);
        way.paid[i] = static_cast<std::uint8_t>(cost);
        way.missed |= offer_at(i);
        most = std::max(most, cost);
    }
    way.cost += most;
}

Cost Weighing::pending(const Conjecture& way, Time now, bool in_the_end) const {
    const Offers awaited_now = awaited(way);
    Missed costs(way.state(), in_the_end);
    for (std::size_t i = 0; i < offers_.size(); ++i) {
        if ((awaited_now & offer_at(i)) == 0) continue;
        const SegmentSummary& segment = offers_[i];
        bool silently = false;
        for (const Arrival& arrival : arrive(way.position, segment, *view_)) {
            silently = silently || (arrival.count != 0 && arrival.answer == Answer::None);
        }
        const bool answered_later = way.state() == State::Established && segment.flags.fin();
        const bool lost = in_the_end && silently && !answered_later;
        costs.add(segment, lost ? kLost : 2 + lateness(offers_[i], now));
    }
    return costs.sum();
}

Cost Weighing::silence(const Conjecture& way, Time now) const {
    if (way.state() == State::Established || way.state() == State::CloseWait) {
        return unacknowledged(way, now);
    }
    if (!timer_runs(way.state())) return 0;
    const Sender& own = view_->own;
    const bool opening = way.state() == State::SynSent || way.state() == State::SynRcvd;
    // RFC 6298 2.1; Linux: TCP_RTO_MIN.
    const Duration first =
        opening ? Duration(seconds(1)) : milliseconds(250) + 3 * view_->other.loop;
    const Cost cost = silent(now - own.occupying_time, std::max(first, 2 * own.again_after));
    // Linux: with TCP_DEFER_ACCEPT a request sends nothing again once the ACK has come, and a SYN
    // cookie never.
    const bool deferred = way.state() == State::SynRcvd && awaited(way) != 0;
    return deferred ? std::min(cost, 8) : cost;
}

// What was sent to it would have been acknowledged, had it arrived.
Cost Weighing::unacknowledged(const Conjecture& way, Time now) const {
    const SeqNum told = view_->own.told;
    Cost cost = 0;
    for (const SegmentSummary& one : offers_) {
        if (one.sequence_length() == 0 || one.flags.syn() || one.flags.rst()) continue;
        if (at_or_before(one.end(), told) || before(told, one.seq)) continue;
        // A FIN that would move it has not arrived: that is pending.
        if (one.flags.fin() && way.state() == State::Established) continue;
        // What was missing when the end spoke last may be lost.
        const bool missing = one.id < view_->own.last;
        cost += unanswered(missing ? Duration::zero() : now - one.time);
    }
    return std::min(cost, 3 * kLost);
}

}  // namespace tcpstep::model::tracking
