#include "model/tracking/spreading.hpp"

#include <algorithm>

#include "model/tracking/likelihood.hpp"
#include "model/tracking/weighing.hpp"

namespace tcpstep::model::tracking {

namespace {

// RFC 7323 4.3: the clock of what was taken in order is echoed.
bool has_echo(const SegmentSummary& offered, const SegmentSummary& sent, const Sender& own) {
    return sent.has_timestamps && sent.flags.ack() && !sent.flags.rst() && offered.has_timestamps &&
           own.told_known && at_or_before(offered.seq, own.told);
}

bool echoes(const SegmentSummary& sent, const SegmentSummary& offered) {
    return static_cast<std::int32_t>(sent.timestamp_echo - offered.timestamp) >= 0;
}

class Spreading {
  public:
    Spreading(Ways& ways, const Underway& underway, const View& view, const SegmentSummary* sent,
              Time now, bool answers_may_follow)
        : ways_(&ways),
          underway_(&underway),
          offers_(underway.offers()),
          view_(&view),
          weighing_(underway, view),
          sent_(sent),
          now_(now),
          answers_may_follow_(answers_may_follow) {}

    void all();

  private:
    void arrive_at(std::size_t way, std::size_t offer);
    Conjecture with(const Conjecture& way, std::size_t offer, const Arrival& arrival) const;
    bool may_be_answered(const SegmentSummary& offered) const;
    bool denied(const SegmentSummary& offered) const;
    bool repeats(const Conjecture& way, std::size_t offer) const;
    void take(Conjecture& way, std::size_t offer) const;

    Ways* ways_;
    const Underway* underway_;
    std::span<const SegmentSummary> offers_;
    const View* view_;
    Weighing weighing_;
    const SegmentSummary* sent_;
    Time now_;
    bool answers_may_follow_;
};

void Spreading::all() {
    for (std::size_t way = 0; way < ways_->size(); ++way) {
        // Two may be answered with one ACK.
        const Answer owes = (*ways_)[way].owes;
        if (owes != Answer::None && owes != Answer::Ack) continue;
        for (std::size_t offer = 0; offer < offers_.size(); ++offer) arrive_at(way, offer);
    }
}

void Spreading::arrive_at(std::size_t index, std::size_t offer) {
    const Conjecture& way = (*ways_)[index];
    if ((way.taken & offer_at(offer)) != 0 || !way.room(kMostStepsAtOnce)) return;
    const Arrivals arrivals = arrive(way.position, offers_[offer], *view_);
    if (arrivals.empty() || repeats(way, offer)) return;
    for (const Arrival& arrival : arrivals) {
        if (arrival.answer != Answer::None && !may_be_answered(offers_[offer])) continue;
        ways_->keep(with((*ways_)[index], offer, arrival));
    }
}

Conjecture Spreading::with(const Conjecture& before, std::size_t place,
                           const Arrival& arrival) const {
    const SegmentSummary& segment = offers_[place];
    Conjecture way = before;
    way.cost += arrival.cost + weighing_.arrives_after_all(way, place);
    if (way.owes != Answer::None) way.cost += kUnlikely;
    if (sent_ != nullptr) {
        way.cost += early(now_ - segment.time, view_->own.loop);
    } else if (arrival.answer != Answer::None) {
        way.cost += not_answered_yet(now_ - segment.time, view_->own.loop);
    }
    if (denied(segment)) way.cost += kOddity;
    weighing_.overtake(way, place);
    take(way, place);
    // A FIN comes after what is in front of it.
    happen(way, arrival, segment, std::max(underway_->renewed_by(segment), view_->own.last));
    return way;
}

// By what is sent now; or in time, if it was captured after all that the end sent.
bool Spreading::may_be_answered(const SegmentSummary& offered) const {
    if (sent_ != nullptr) return true;
    return answers_may_follow_ && view_->own.next_known &&
           underway_->renewed_by(offered) > view_->own.last;
}

bool Spreading::denied(const SegmentSummary& offered) const {
    return sent_ != nullptr && has_echo(offered, *sent_, view_->own) && !echoes(*sent_, offered);
}

// An earlier one that is as much under way does the same.
bool Spreading::repeats(const Conjecture& way, std::size_t place) const {
    const SegmentSummary& segment = offers_[place];
    for (std::size_t i = 0; i < place; ++i) {
        const SegmentSummary& other = offers_[i];
        if (((way.taken | way.missed) & offer_at(i)) != 0 || other.id < view_->own.last) continue;
        if (denied(other)) continue;
        const bool same = other.flags == segment.flags && other.ack == segment.ack &&
                          other.seq == segment.seq && other.length == segment.length;
        const bool acks = !other.flags.control() && !segment.flags.control();
        if (same || (acks && !arrive(way.position, other, *view_).empty())) return true;
    }
    return false;
}

// Which of the transmissions of a SYN it was makes no difference to what follows.
void Spreading::take(Conjecture& way, std::size_t place) const {
    way.taken |= offer_at(place);
    const SegmentSummary& segment = offers_[place];
    if (!segment.flags.syn()) return;
    for (std::size_t i = 0; i < offers_.size(); ++i) {
        const SegmentSummary& other = offers_[i];
        if (other.flags.bits() != segment.flags.bits() || other.seq != segment.seq) continue;
        way.taken |= offer_at(i);
        way.missed &= ~offer_at(i);
    }
}

}  // namespace

void happen(Conjecture& way, const Arrival& arrival, const SegmentSummary& segment,
            SegmentId after) {
    if (arrival.found && way.state() != *arrival.found) {
        way.add({after, 0, std::nullopt, *arrival.found, Doubt::None});
    }
    for (const On on : arrival.happens()) {
        way.add({after, segment.id, on, State::Unknown, Doubt::None});
    }
    if (arrival.answer == Answer::None) return;
    way.owes = arrival.answer;
    way.owed_to = segment.id;
    way.owed_seq = segment.seq;
    way.owed_ack = segment.ack;
}

void spread(Ways& ways, const Underway& underway, const View& view, const SegmentSummary& sent) {
    Spreading(ways, underway, view, &sent, sent.time, false).all();
}

void spread_unanswered(Ways& ways, const Underway& underway, const View& view, Time now) {
    Spreading(ways, underway, view, nullptr, now, false).all();
}

void spread_to_the_end(Ways& ways, const Underway& underway, const View& view, Time now) {
    Spreading(ways, underway, view, nullptr, now, true).all();
}

bool shown_by_echo(const SegmentSummary& offered, const SegmentSummary& sent, const Sender& own) {
    return has_echo(offered, sent, own) && echoes(sent, offered);
}

}  // namespace tcpstep::model::tracking
