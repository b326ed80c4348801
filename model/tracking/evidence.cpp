#include "model/tracking/evidence.hpp"

#include <algorithm>

#include "model/tracking/arrival.hpp"
#include "model/tracking/likelihood.hpp"
#include "model/tracking/sending.hpp"
#include "model/tracking/spreading.hpp"
#include "model/tracking/weighing.hpp"

namespace tcpstep::model::tracking {

namespace {

using std::chrono::milliseconds;

// The network's copies come soon.
constexpr milliseconds kCopiedWithin{500};

bool is_answering_rst(const SegmentSummary& segment) {
    return segment.flags.rst() && !segment.flags.ack();
}

// It says nothing of its sender that was not known, and takes sequence space.
bool is_sent_again(const SegmentSummary& segment, const Sender& own) {
    return segment.sequence_length() != 0 && own.tells_nothing_new(segment);
}

class Evidence {
  public:
    Evidence(const SegmentSummary& segment, const Underway& underway, const View& view)
        : segment_(&segment),
          underway_(&underway),
          offers_(underway.offers()),
          view_(&view),
          weighing_(underway, view) {}

    void weigh(const Conjecture& way, Ways& ways) const;

  private:
    Cost of_another(const Conjecture& way) const;
    bool answers_beside_cookie(const Conjecture& way) const;
    void find_trigger(Conjecture& way) const;
    bool contradicted_by_echo(const Conjecture& way) const;

    const SegmentSummary* segment_;
    const Underway* underway_;
    std::span<const SegmentSummary> offers_;
    const View* view_;
    Weighing weighing_;
};

void Evidence::weigh(const Conjecture& before, Ways& ways) const {
    const auto sending = send(before, *segment_, *view_);
    const bool by_it = sending && before.room(sending->count);
    const bool copy = view_->own.may_be_copy(*segment_);
    if (before.owes == Answer::None &&
        (segment_->flags.rst() || (copy && (!by_it || is_sent_again(*segment_, view_->own))))) {
        Conjecture not_by_it = before;
        not_by_it.cost += of_another(before);
        ways.keep(not_by_it);
    }
    if (!by_it) return;
    Conjecture way = before;
    way.cost += sending->cost;
    if (is_answering_rst(*segment_) && way.owes == Answer::None) find_trigger(way);
    way.owes = Answer::None;
    way.owed_to = 0;
    const Offers awaited = weighing_.awaited(way);
    const State state = way.state();
    for (const Step& step : sending->did()) way.add(step);
    weighing_.miss(way, awaited & ~weighing_.awaited(way), state, segment_->time);
    if (contradicted_by_echo(way)) way.cost += kOddity;
    ways.keep(way);
}

Cost Evidence::of_another(const Conjecture& way) const {
    if (answers_beside_cookie(way)) return kOddity - kUnlikely - 10;
    if (segment_->flags.rst()) return kOddity;
    const bool soon = segment_->time - view_->own.occupying_time < kCopiedWithin;
    return soon ? kCopied : kCopied + kInQuestion;
}

// Linux: a listener that has sent a SYN cookie keeps nothing of it. It answers with a RST what does
// not fit the cookie, data beyond the first for one, and still takes what does.
bool Evidence::answers_beside_cookie(const Conjecture& way) const {
    if (!is_request(way.position, view_->own.fast_open) || !is_answering_rst(*segment_))
        return false;
    if (segment_->seq != view_->own.next) return false;
    return std::any_of(offers_.begin(), offers_.end(), [&](const SegmentSummary& one) {
        return one.flags.ack() && !one.flags.rst() && one.ack == segment_->seq &&
               before(view_->other.iss + 1, one.seq);
    });
}

// A RST that answers a segment carries the number that this acknowledged: which one was it?
void Evidence::find_trigger(Conjecture& way) const {
    const bool by_data = way.state() == State::FinWait1 || way.state() == State::FinWait2;
    Cost best = kUnlikely;
    Offers trigger = 0;
    for (std::size_t i = 0; i < offers_.size(); ++i) {
        const SegmentSummary& offered = offers_[i];
        if (offered.flags.rst() || !offered.flags.ack() || offered.ack != segment_->seq) continue;
        const bool beyond = offered.flags.fin() && before(view_->own.told, offered.seq);
        if (by_data && offered.length == 0 && !beyond) continue;
        Cost cost = weighing_.arrives_too_late(way, i, segment_->time);
        if (cost != kCopied) cost += early(segment_->time - offered.time, view_->own.loop);
        if (trigger != 0 && cost >= best) continue;
        best = cost;
        trigger = offer_at(i);
    }
    way.cost += best;
    way.taken |= trigger;
}

// It echoes the clock of what has not arrived on this way.
bool Evidence::contradicted_by_echo(const Conjecture& way) const {
    for (std::size_t i = 0; i < offers_.size(); ++i) {
        const SegmentSummary& offered = offers_[i];
        if (offered.flags.control() || !underway_->has_newest_clock(i)) continue;
        if ((way.taken & offer_at(i)) != 0) continue;
        if (shown_by_echo(offered, *segment_, view_->own) &&
            !arrive(way.position, offered, *view_).empty()) {
            return true;
        }
    }
    return false;
}

}  // namespace

void keep_those_that_send(const SegmentSummary& segment, const Underway& underway, const View& view,
                          const Ways& ways, Ways& kept) {
    const Evidence evidence(segment, underway, view);
    for (const Conjecture& way : ways) evidence.weigh(way, kept);
}

bool may_be_of_another(const SegmentSummary& segment, const Sender& own) {
    return segment.flags.rst() || own.may_be_copy(segment);
}

}  // namespace tcpstep::model::tracking
