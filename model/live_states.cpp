#include "model/live_states.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "model/machine.hpp"

namespace tcpstep::model {

namespace {

bool same_step(const TrackedChange& a, const TrackedChange& b) {
    return a.endpoint == b.endpoint && a.to == b.to && a.edge_index == b.edge_index;
}

using Reach = std::array<std::array<bool, 12>, 12>;

// To which states the machine goes from each, by one edge or more; CLOSED is the end.
constexpr Reach reach_of_machine() {
    Reach reach{};
    for (std::size_t i = 0; i < reach.size(); ++i) reach[i][i] = true;
    for (std::size_t round = 0; round < reach.size(); ++round) {
        for (const Transition& edge : kMachine) {
            if (edge.from == State::Closed) continue;
            const auto& further = reach[static_cast<std::size_t>(edge.to)];
            for (std::size_t to = 0; to < further.size(); ++to) {
                if (further[to]) reach[static_cast<std::size_t>(edge.from)][to] = true;
            }
        }
    }
    return reach;
}

constexpr Reach kReach = reach_of_machine();

// The peer has answered; not so in UNKNOWN, of which nothing is known.
bool is_synchronized(State state) {
    return state != State::Unknown && state != State::Listen && state != State::SynSent &&
           state != State::SynRcvd;
}

bool begins_with_own_fin(State state) {
    return state == State::FinWait1 || state == State::Closing || state == State::LastAck;
}

}  // namespace

// A listener without a socket for a SYN may still make one: the SYN was lost, or answered by a
// cookie. Where there was a socket it does not come back.
void LiveStates::shown(Role endpoint, State state) {
    const std::size_t end = index(endpoint);
    State& before = shown_[end];
    if (states_[end] != state) {
        denied_[end] = states_[end];
    } else if (before != state) {
        denied_[end] = State::Unknown;
    }
    before = state == State::Closed && !is_synchronized(before) ? State::Unknown : state;
    states_[end] = state;
}

bool LiveStates::may_tell(std::size_t end, const TrackedChange& change) const {
    const State to = change.to;
    if (begins_with_own_fin(to) && !sent_fin_[end]) return false;
    if (change.doubt != Doubt::None && to == denied_[end]) return false;
    return shown_[end] == State::Unknown ||
           kReach[static_cast<std::size_t>(shown_[end])][static_cast<std::size_t>(to)];
}

std::vector<TrackedChange> LiveStates::take(const SegmentSummary& segment) {
    last_ = segment.id;
    if (segment.flags.fin()) sent_fin_[index(segment.from)] = true;
    if (tracker_.quiet() && !segment.flags.control()) {
        tracker_.note(segment);
        return {};
    }
    tracker_.take(segment);
    return news(tracker_.changes(), By::Segment);
}

std::vector<TrackedChange> LiveStates::silent_until(Time time) {
    if (tracker_.quiet() || last_ == 0) return {};
    tracking::Tracker silent = tracker_;
    silent.finish(time);
    return news(silent.changes(), By::Silence);
}

// Of all changes that are known now, those that were not told.
std::vector<TrackedChange> LiveStates::news(const std::vector<TrackedChange>& known, By by) {
    std::array<std::vector<TrackedChange>, 2> by_end;
    for (const TrackedChange& change : known) by_end[index(change.endpoint)].push_back(change);

    std::array<bool, 2> goes_on{};  // what was told is where the way known now begins
    for (std::size_t i = 0; i < by_end.size(); ++i) {
        goes_on[i] = told_[i].size() <= by_end[i].size() &&
                     std::equal(told_[i].begin(), told_[i].end(), by_end[i].begin(), same_step);
    }
    std::vector<TrackedChange> news;
    std::array<std::size_t, 2> met{};
    for (TrackedChange change : known) {
        const std::size_t i = index(change.endpoint);
        const std::size_t at = met[i]++;
        if (!goes_on[i] && by == By::Silence) continue;
        if (!may_tell(i, change)) continue;
        if (goes_on[i] ? at < told_[i].size() : at + 1 < by_end[i].size()) continue;
        if (!goes_on[i] || change.from != states_[i]) {
            change.edge_index = TrackedChange::kNoEdge;
            change.cause = 0;
            change.from = states_[i];
        }
        if (change.from == change.to) continue;
        change.after = last_;
        states_[i] = change.to;
        news.push_back(change);
    }
    for (std::size_t i = 0; i < by_end.size(); ++i) {
        if (goes_on[i] || by == By::Segment) told_[i] = std::move(by_end[i]);
    }
    return news;
}

}  // namespace tcpstep::model
