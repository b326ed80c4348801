#include "model/tracking/end.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <memory_resource>

#include "model/tracking/arrival.hpp"
#include "model/tracking/evidence.hpp"
#include "model/tracking/likelihood.hpp"
#include "model/tracking/sending.hpp"
#include "model/tracking/spreading.hpp"
#include "model/tracking/weighing.hpp"

namespace tcpstep::model::tracking {

namespace {

// Where ways are made and given up: seldom more than fit in here.
class Workshop {
  public:
    std::pmr::memory_resource* memory() { return &memory_; }

  private:
    alignas(Conjecture) std::array<std::byte, 2 * Ways::kUsually * sizeof(Conjecture)> room_;
    std::pmr::monotonic_buffer_resource memory_{room_.data(), room_.size()};
};

// No way explains this segment: what it shows of its sender is taken as it is. Captures may have
// lost what came before.
Conjecture fallen_back(Conjecture way, const SegmentSummary& segment, const View& view) {
    const Flags flags = segment.flags;
    State shown = State::Established;
    if (flags.rst()) {
        shown = State::Closed;
    } else if (flags.syn()) {
        shown = flags.ack() ? State::SynRcvd : State::SynSent;
    } else {
        const bool covers = view.other.acknowledges_fin(segment.ack);
        const bool closed = view.own.fin_sent || flags.fin();
        if (covers) shown = closed ? State::LastAck : State::CloseWait;
        if (!covers && closed) shown = State::FinWait1;
    }
    if (way.room(1)) way.add({segment.id, 0, std::nullopt, shown, Doubt::BeganBefore});
    return way;
}

}  // namespace

void End::sent(const SegmentSummary& segment, const View& view) {
    if (follow(segment, view)) return;
    Workshop workshop;
    Ways ways(workshop.memory());
    load(ways);
    spread(ways, underway_, view, segment);
    Ways kept(workshop.memory());
    keep_those_that_send(segment, underway_, view, ways, kept);
    if (kept.empty()) kept.keep(fallen_back(ways[0], segment, view));
    const bool again = segment.sequence_length() != 0 && view.own.tells_nothing_new(segment);
    choose(kept, segment.time, view, !again, false);
    settle(kept, view);
    if (closed_while_opening(segment, view)) doubt_opening();
}

// The same, where nothing is in question: nothing is under way, or it sends what it only can if the
// one segment that is has arrived.
bool End::follow(const SegmentSummary& segment, const View& view) {
    if (ways_ || underway_.offers().size() > 1 || may_be_of_another(segment, view.own))
        return false;
    Conjecture only;
    only.position = position_;
    auto sending = send(only, segment, view);
    if (!underway_.empty()) {
        if (sending) return false;
        const SegmentSummary& offer = underway_.offers().front();
        const Arrivals arrivals = arrive(position_, offer, view);
        if (arrivals.size() != 1) return false;
        happen(only, *arrivals.begin(), offer,
               std::max(underway_.renewed_by(offer), view.own.last));
        sending = send(only, segment, view);
    }
    if (!sending) return false;
    for (const Step& step : sending->did()) only.add(step);
    if (!underway_.empty() && !arrive(only.position, underway_.offers().front(), view).empty()) {
        return false;
    }
    for (const Step& step : only.steps()) settle(step);
    underway_.clear();
    if (closed_while_opening(segment, view)) doubt_opening();
    return true;
}

void End::offered(const SegmentSummary& segment, const View& view) {
    if (view.other.fin_sent && segment.length > 0) underway_.renew_fins(segment);
    if (undisputed() && arrive(position_, segment, view).empty()) return;
    if (underway_.full()) {
        underway_.forget_oldest();
        if (ways_)
            std::for_each(ways_->begin(), ways_->end(), std::mem_fn(&Conjecture::forget_oldest));
    }
    const bool newest = !view.other.clock_known || !segment.has_timestamps ||
                        static_cast<std::int32_t>(segment.timestamp - view.other.clock) > 0;
    underway_.add(segment, newest);
}

void End::silent_until(Time time, const View& view) {
    if (!undisputed()) {
        Workshop workshop;
        Ways ways(workshop.memory());
        load(ways);
        spread_to_the_end(ways, underway_, view, time);
        choose(ways, time, view, true, true);
        ways_.emplace(ways);
    }
    // Of Fast Open: closed while it was opening, its FIN waited behind data when it was reset.
    if (view.own.fast_open && !view.own.fin_sent && !view.own.was_idle && is_over(state())) {
        doubt_opening();
    }
}

void End::gone(Time time, const View& view) {
    Workshop workshop;
    Ways ways(workshop.memory());
    load(ways);
    spread_unanswered(ways, underway_, view, time);
    Ways over(workshop.memory());
    for (Conjecture way : ways) {
        const State state = way.state();
        Step step{view.own.last, 0, std::nullopt, State::Closed, Doubt::NotOnTheWire};
        if (state == State::SynSent) {
            step.on = On::Close;
        } else if (state == State::TimeWait) {
            step.on = On::TimeWaitEnds;
        } else if (!is_over(state) && state != State::Unknown) {
            // Linux: what waits in FIN_WAIT_2 for nobody makes room for another socket.
            way.cost += state == State::FinWait2 ? kUnlikely : kOddity;
        }
        if (!is_over(state) && state != State::Unknown && way.room(1)) way.add(step);
        over.keep(way);
    }
    choose(over, time, view, false, true);
    underway_.clear();
    settle(over, view);
}

void End::begin_in(State state, SegmentId after, Doubt doubt) {
    if (!undisputed() || position_.state != State::Unknown) return;
    settle({after, 0, std::nullopt, state, doubt});
}

void End::prove_beginning(bool was_open, bool other_was_open, bool others_fin_is_new) {
    was_open_ = was_open;
    had_no_fin_ = other_was_open || others_fin_is_new;
    if (!was_open || !other_was_open) return;
    const auto prove = [](Step& step) {
        if (step.doubt == Doubt::BeganBefore && step.to == State::Established) {
            step.doubt = Doubt::None;
        }
    };
    for (Step& step : settled_.all()) prove(step);
    if (!ways_) return;
    for (Conjecture& way : *ways_) way.for_each_step(prove);
}

bool End::quiet() const {
    return undisputed() &&
           (position_.state == State::Established || position_.state == State::CloseWait ||
            position_.state == State::FinWait2 || position_.state == State::TimeWait);
}

std::vector<Step> End::steps() const {
    std::vector<Step> steps = steps_as_found();
    hand_doubt_on(steps);
    return steps;
}

// Where it was not seen to begin, a FIN may have been sent before the capture: then this one's is
// not the first, and leads elsewhere, and so does what follows. Not so what a RST ends.
void End::hand_doubt_on(std::vector<Step>& steps) const {
    bool began_before = false;
    for (Step& step : steps) {
        const bool clear = step.on == On::RcvRst || step.on == On::Abort ||
                           (step.on == On::Close && had_no_fin_) ||
                           (step.on == On::RcvFin && was_open_);
        if (began_before && !clear) step.doubt = Doubt::BeganBefore;
        began_before = step.doubt == Doubt::BeganBefore && is_synchronized(step.to);
    }
}

std::vector<Step> End::steps_as_found() const {
    const auto settled = settled_.all();
    std::vector<Step> steps(settled.begin(), settled.end());
    if (!ways_) return steps;
    Conjecture likeliest = ways_->front();
    bool further = false;
    for (const Conjecture& way : *ways_) {
        if (way.behind >= kInQuestion) break;
        likeliest.doubt_against(way);
        further = further || (way.steps().size() > likeliest.steps().size() &&
                              way.position != likeliest.position);
    }
    for (Step step : likeliest.steps()) {
        if (!steps.empty()) step.after = std::max(step.after, steps.back().after);
        steps.push_back(step);
    }
    // It may have left its last state by now.
    if (further && !steps.empty() && steps.back().doubt == Doubt::None) {
        steps.back().doubt = Doubt::NothingFollows;
    }
    return steps;
}

void End::load(Ways& ways) const {
    if (ways_) {
        for (const Conjecture& way : *ways_) ways.keep(way);
        return;
    }
    Conjecture only;
    only.position = position_;
    ways.keep(only);
}

// Puts the likeliest first, and gives up what is too far behind.
void End::choose(Ways& ways, Time now, const View& view, bool timers, bool in_the_end) const {
    if (ways.size() == 1) return;
    const Weighing weighing(underway_, view);
    for (Conjecture& way : ways) {
        way.behind = way.cost + weighing.pending(way, now, in_the_end);
        if (timers) way.behind += weighing.silence(way, now);
    }
    const auto less = [](auto member) {
        return [member](const Conjecture& a, const Conjecture& b) { return a.*member < b.*member; };
    };
    const Cost best = std::min_element(ways.begin(), ways.end(), less(&Conjecture::behind))->behind;
    const Cost cheapest = std::min_element(ways.begin(), ways.end(), less(&Conjecture::cost))->cost;
    for (Conjecture& way : ways) {
        way.behind -= best;
        way.cost -= cheapest;
    }
    ways.sort();
}

// What all ways have in common is out of question; nothing is where they have nothing else, and
// what is under way cannot move the end.
void End::settle(Ways& ways, const View& view) {
    while (const Step* step = ways.common_step()) {
        settle(*step);
        ways.drop_common_step();
    }
    const auto may_move = [&](const SegmentSummary& offer) {
        return !arrive(position_, offer, view).empty();
    };
    const auto offers = underway_.offers();
    const bool done = ways.all_alike() && std::none_of(offers.begin(), offers.end(), may_move);
    if (done) {
        ways_.reset();
        underway_.clear();
    } else {
        ways_.emplace(ways);
    }
}

void End::settle(Step step) {
    const Position to = moved(position_, step);
    if (to.state == position_.state) return;
    if (!settled_.empty()) step.after = std::max(step.after, settled_.back().after);
    step.to = to.state;
    position_ = to;
    settled_.push_back(step);
}

// That the ACK of its SYN came before its FIN was due.
void End::doubt_opening() {
    const auto doubt = [](Step& step) {
        if (step.on == On::RcvAckOfSyn && step.doubt == Doubt::None) {
            step.doubt = Doubt::NotOnTheWire;
        }
    };
    for (Step& step : settled_.all()) doubt(step);
    if (!ways_) return;
    for (Conjecture& way : *ways_) way.for_each_step(doubt);
}

// Who could send before the ACK of its SYN came may have been closed before that, too, with the FIN
// waiting behind data (RFC 9293 3.10.4); unless it was idle since.
bool End::closed_while_opening(const SegmentSummary& fin, const View& view) const {
    if (!fin.flags.fin() || view.own.fin_sent || view.own.was_idle) return false;
    // Linux: in a simultaneous open send() waits for the ACK.
    const bool said_nothing = fin.seq == view.own.iss + 1;
    return view.own.fast_open || (said_nothing && position_.opened == Opened::Actively);
}

}  // namespace tcpstep::model::tracking
