#include "model/milestones.hpp"

#include <algorithm>

namespace tcpstep::model {

void Milestones::add(const Milestone& milestone) {
    // Of a handshake and a close there are about so many.
    constexpr std::size_t kMostly = 14;
    if (milestones_.empty()) milestones_.reserve(kMostly);
    const auto place = std::upper_bound(
        milestones_.begin(), milestones_.end(), milestone.after,
        [](SegmentId after, const Milestone& other) { return after < other.after; });
    const bool last = place == milestones_.end();
    milestones_.insert(place, milestone);
    if (last) {
        ends_.follow(milestone);
    } else {
        fold();
    }
}

std::vector<Milestone>::iterator Milestones::newest(Role endpoint, std::optional<On> on) {
    const auto found =
        std::find_if(milestones_.rbegin(), milestones_.rend(), [&](const Milestone& milestone) {
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
    if (found != milestones_.end()) found->doubt = Doubt::None;
}

void Milestones::doubt(Role endpoint, On on, Doubt why) {
    const auto found = newest(endpoint, on);
    if (found != milestones_.end()) found->doubt = why;
}

void Milestones::take_back_doubted(Role endpoint, On on) {
    const auto found = newest(endpoint, on);
    if (found == milestones_.end() || found->doubt == Doubt::None) return;
    milestones_.erase(found);
    fold();
}

bool Milestones::take_back_last_doubted(Role endpoint) {
    return take_back_last_if(endpoint,
                             [](const Milestone& last) { return last.doubt != Doubt::None; });
}

bool Milestones::take_back_last(Role endpoint, On on) {
    return take_back_last_if(endpoint, [on](const Milestone& last) { return last.on == on; });
}

template <class Condition>
bool Milestones::take_back_last_if(Role endpoint, Condition condition) {
    const auto last = std::find_if(milestones_.rbegin(), milestones_.rend(),
                                   [&](const Milestone& one) { return one.endpoint == endpoint; });
    if (last == milestones_.rend() || !condition(*last)) return false;
    milestones_.erase(std::prev(last.base()));
    fold();
    return true;
}

void Milestones::fold() {
    ends_ = {};
    for (const Milestone& milestone : milestones_) ends_.follow(milestone);
}

bool Milestones::beyond_doubt() const {
    return std::all_of(milestones_.begin(), milestones_.end(), [](const Milestone& milestone) {
        return milestone.doubt == Doubt::None || milestone.doubt == Doubt::BeganBefore;
    });
}

std::vector<TrackedChange> Milestones::changes() const {
    std::vector<TrackedChange> changes;
    changes.reserve(milestones_.size());
    Ends ends;
    for (const Milestone& milestone : milestones_) {
        if (const auto change = ends.follow(milestone)) changes.push_back(*change);
    }
    return changes;
}

std::optional<TrackedChange> Milestones::Ends::follow(const Milestone& milestone) {
    State& state = states[index(milestone.endpoint)];
    Opened& opened_so = opened[index(milestone.endpoint)];
    TrackedChange change;
    change.after = milestone.after;
    change.cause = milestone.cause;
    change.endpoint = milestone.endpoint;
    change.from = state;
    change.doubt = milestone.doubt;
    if (!milestone.on) {
        if (state == milestone.proves) return std::nullopt;
        change.to = milestone.proves;
    } else {
        const Transition* edge = find_transition(state, *milestone.on, opened_so);
        if (edge == nullptr) return std::nullopt;
        change.to = edge->to;
        change.edge_index = static_cast<std::uint8_t>(edge - kMachine.data());
    }
    if (milestone.on == On::ActiveOpen) opened_so = Opened::Actively;
    if (change.from == State::Listen && milestone.on == On::RcvSyn) opened_so = Opened::Passively;
    state = change.to;
    return change;
}

}  // namespace tcpstep::model
