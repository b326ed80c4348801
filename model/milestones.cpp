#include "model/milestones.hpp"

#include <algorithm>

namespace tcpstep::model {

void Milestones::add(const Milestone& milestone) {
    const auto place = std::upper_bound(
        milestones_.begin(), milestones_.end(), milestone.after,
        [](SegmentId after, const Milestone& other) { return after < other.after; });
    const bool last = place == milestones_.end();
    milestones_.insert(place, milestone);
    if (last) {
        follow(milestone);
    } else {
        fold();
    }
}

std::vector<Milestone>::iterator Milestones::newest(Role endpoint, std::optional<On> on) {
    const auto found = std::find_if(milestones_.rbegin(), milestones_.rend(),
                                    [&](const Milestone& milestone) {
                                        return milestone.endpoint == endpoint && milestone.on == on;
                                    });
    return found == milestones_.rend() ? milestones_.end() : std::prev(found.base());
}

const Milestone* Milestones::find(Role endpoint, On on) const {
    const auto found = const_cast<Milestones*>(this)->newest(endpoint, on);
    return found == milestones_.end() ? nullptr : &*found;
}

void Milestones::prove(Role endpoint, std::optional<On> on) {
    const auto found = newest(endpoint, on);
    if (found == milestones_.end() || found->doubt == Doubt::None) return;
    found->doubt = Doubt::None;
    fold();
}

void Milestones::take_back_doubted(Role endpoint, On on) {
    const auto found = newest(endpoint, on);
    if (found == milestones_.end() || found->doubt == Doubt::None) return;
    milestones_.erase(found);
    fold();
}

bool Milestones::take_back_last_doubted(Role endpoint) {
    for (auto at = milestones_.rbegin(); at != milestones_.rend(); ++at) {
        if (at->endpoint != endpoint) continue;
        if (at->doubt == Doubt::None) return false;
        milestones_.erase(std::prev(at.base()));
        fold();
        return true;
    }
    return false;
}

void Milestones::fold() {
    changes_.clear();
    states_ = {State::Unknown, State::Unknown};
    opened_ = {Opened::Either, Opened::Either};
    for (const Milestone& milestone : milestones_) follow(milestone);
}

void Milestones::follow(const Milestone& milestone) {
    State& state = states_[index(milestone.endpoint)];
    Opened& opened = opened_[index(milestone.endpoint)];
    TrackedChange change;
    change.after = milestone.after;
    change.cause = milestone.cause;
    change.endpoint = milestone.endpoint;
    change.from = state;
    change.doubt = milestone.doubt;
    if (!milestone.on) {
        if (state == milestone.proves) return;
        change.to = milestone.proves;
    } else {
        const Transition* edge = find_transition(state, *milestone.on, opened);
        if (edge == nullptr) return;
        change.to = edge->to;
        change.edge_index = static_cast<std::uint8_t>(edge - kMachine.data());
    }
    if (milestone.on == On::ActiveOpen) opened = Opened::Actively;
    if (change.from == State::Listen && milestone.on == On::RcvSyn) opened = Opened::Passively;
    state = change.to;
    changes_.push_back(change);
}

}  // namespace tcpstep::model
