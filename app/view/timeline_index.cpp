#include "app/view/timeline_index.hpp"

#include <algorithm>
#include <variant>

namespace tcpstep::view {

using namespace model;

bool is_step(const Event& event, const Effects& effects) {
    if (std::holds_alternative<SocketSampled>(event.fact)) return effects.disagreement;
    return !std::holds_alternative<Scenario>(event.fact) &&
           !std::holds_alternative<SegmentHeld>(event.fact) &&
           !std::holds_alternative<ListenerSampled>(event.fact) &&
           !std::holds_alternative<Unrecognized>(event.fact);
}

void TimelineIndex::catch_up(const Timeline& timeline) {
    for (; size_ < timeline.size(); ++size_) {
        take(size_, timeline.event(size_), timeline.effects(size_));
    }
}

void TimelineIndex::take(std::size_t i, const Event& event, const Effects& effects) {
    if (is_step(event, effects)) steps_.push_back(i);
    for (const Effects::Change& change : effects.changes) {
        changes_[role_index(change.endpoint)].push_back({i, change});
    }
    if (const auto* scenario = std::get_if<Scenario>(&event.fact)) {
        gated_ = scenario->gated;
    } else if (const auto* entered = std::get_if<CallEntered>(&event.fact)) {
        const std::size_t role = role_index(entered->endpoint);
        open_calls_[role][entered->id] = calls_[role].size();
        calls_[role].push_back({i, std::nullopt});
    } else if (const auto* returned = std::get_if<CallReturned>(&event.fact)) {
        const std::size_t role = role_index(returned->endpoint);
        if (auto open = open_calls_[role].find(returned->id); open != open_calls_[role].end()) {
            calls_[role][open->second].returned = i;
            open_calls_[role].erase(open);
        }
    } else if (const auto* delivered = std::get_if<SegmentDelivered>(&event.fact)) {
        landings_.emplace(delivered->id, Landing{i, true});
    } else if (const auto* dropped = std::get_if<SegmentDropped>(&event.fact)) {
        landings_.emplace(dropped->id, Landing{i, false});
    }
}

std::optional<TimelineIndex::Landing> TimelineIndex::landing(SegmentId id) const {
    const auto found = landings_.find(id);
    return found == landings_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::size_t> TimelineIndex::last_step_before(std::size_t position) const {
    const auto past = std::lower_bound(steps_.begin(), steps_.end(), position);
    if (past == steps_.begin()) return std::nullopt;
    return *(past - 1);
}

std::optional<std::size_t> TimelineIndex::first_step_after(std::size_t i) const {
    const auto after = std::upper_bound(steps_.begin(), steps_.end(), i);
    return after == steps_.end() ? std::nullopt : std::optional(*after);
}

// A stop lies just before a step, so that it shows all that followed the step before it: the
// kernel's sample that confirms a state belongs to the event that brought it.
std::size_t TimelineIndex::next_stop(std::size_t position) const {
    const auto step = std::lower_bound(steps_.begin(), steps_.end(), position);
    if (step == steps_.end() || step + 1 == steps_.end()) return size_;
    return *(step + 1);
}

std::size_t TimelineIndex::previous_stop(std::size_t position) const {
    const std::optional<std::size_t> shown = last_step_before(position);
    if (!shown || *shown == steps_.front()) return 0;
    return *shown;
}

}  // namespace tcpstep::view
