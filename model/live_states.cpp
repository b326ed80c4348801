#include "model/live_states.hpp"

#include <algorithm>
#include <utility>

namespace tcpstep::model {

namespace {

bool same_step(const TrackedChange& a, const TrackedChange& b) {
    return a.endpoint == b.endpoint && a.to == b.to && a.edge_index == b.edge_index;
}

}  // namespace

std::vector<TrackedChange> LiveStates::take(const SegmentSummary& segment) {
    last_ = segment.id;
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
