#include "model/tracking/conjecture.hpp"

#include <algorithm>

namespace tcpstep::model::tracking {

namespace {

bool same(const Step& one, const Step& other) {
    return one.on == other.on && one.to == other.to;
}

// Whether somebody listens afterwards is not in question.
bool same_place(State one, State other) {
    return one == other || (is_over(one) && is_over(other));
}

// The same things happened, though not in the same order.
bool same_in_other_order(std::span<const Step> some, std::span<const Step> others) {
    return some.size() == others.size() &&
           std::is_permutation(
               some.begin(), some.end(), others.begin(),
               [](const Step& one, const Step& other) { return one.on == other.on; });
}

}  // namespace

Position moved(Position from, const Step& step) {
    if (!step.on) return {step.to, from.opened};
    const Transition* edge = find_transition(from.state, *step.on, from.opened);
    if (edge == nullptr) return from;
    Position to{edge->to, from.opened};
    if (step.on == On::ActiveOpen) to.opened = Opened::Actively;
    if (from.state == State::Listen && step.on == On::RcvSyn) to.opened = Opened::Passively;
    return to;
}

void Conjecture::add(const Step& step) {
    const Position to = moved(position, step);
    if (to.state == position.state) return;
    position = to;
    Step& kept = steps_[count_++] = step;
    kept.to = to.state;
    if (count_ > 1) kept.after = std::max(step.after, steps_[count_ - 2].after);
}

void Conjecture::drop_front() {
    std::copy(steps_.begin() + 1, steps_.begin() + count_, steps_.begin());
    --count_;
}

void Conjecture::forget_oldest() {
    taken >>= Underway::kForgets;
    missed >>= Underway::kForgets;
    std::copy(paid.begin() + Underway::kForgets, paid.end(), paid.begin());
}

void Conjecture::doubt_against(const Conjecture& other) {
    const auto theirs = other.steps();
    const std::size_t both = std::min(steps().size(), theirs.size());
    std::size_t alike = 0;
    while (alike < both && same(steps_[alike], theirs[alike])) ++alike;
    std::size_t ours_end = count_;
    std::size_t theirs_end = theirs.size();
    // Where they meet again, what follows is out of question.
    if (same_place(state(), other.state())) {
        while (ours_end > alike && theirs_end > alike &&
               same_place(steps_[ours_end - 1].to, theirs[theirs_end - 1].to)) {
            --ours_end;
            --theirs_end;
        }
    }
    const bool order = same_in_other_order(steps().subspan(alike), theirs.subspan(alike));
    const Doubt why = order ? Doubt::OrderUnknown : Doubt::NothingFollows;
    // Where only the other has something, it is the way to what follows that is in question.
    if (ours_end == alike && alike < count_ && theirs_end > alike) ++ours_end;
    for (std::size_t i = alike; i < ours_end; ++i) {
        if (steps_[i].doubt == Doubt::None) steps_[i].doubt = why;
    }
}

}  // namespace tcpstep::model::tracking
