#include "app/view/timeline_index.hpp"

#include <algorithm>
#include <variant>

namespace tcpstep::view {

using namespace model;

namespace {

// The last of `events`, which ascend, before `position`.
std::optional<std::size_t> last_before(const std::vector<std::size_t>& events,
                                       std::size_t position) {
    const auto past = std::lower_bound(events.begin(), events.end(), position);
    return past == events.begin() ? std::nullopt : std::optional(*(past - 1));
}

std::size_t count_before(const std::vector<std::size_t>& events, std::size_t position) {
    return static_cast<std::size_t>(std::lower_bound(events.begin(), events.end(), position) -
                                    events.begin());
}

SegmentId put_on_its_way(const Fact& fact) {
    if (const auto* sent = std::get_if<SegmentSent>(&fact)) {
        return sent->copy_of == 0 ? sent->segment.id : 0;
    }
    if (const auto* injected = std::get_if<SegmentInjected>(&fact)) return injected->segment.id;
    if (const auto* copied = std::get_if<SegmentDuplicated>(&fact)) return copied->copy;
    return 0;
}

}  // namespace

void TimelineIndex::catch_up(const Timeline& timeline) {
    for (; size_ < timeline.size(); ++size_) {
        take_others(timeline, size_);
        take(timeline, size_);
    }
    take_others(timeline, size_);
}

void TimelineIndex::take_others(const Timeline& timeline, std::size_t before) {
    const auto& calls = timeline.others_calls();
    for (; others_taken_ < calls.size() && calls[others_taken_].before <= before; ++others_taken_)
        owners_.take(calls[others_taken_]);
}

void TimelineIndex::take(const Timeline& timeline, std::size_t i) {
    const Fact& fact = timeline.event(i).fact;
    const Effects& effects = timeline.effects(i);
    bool step = true;
    if (const auto* scenario = std::get_if<Scenario>(&fact)) {
        gated_ = scenario->gated;
        step = false;
    } else if (const auto* sample = std::get_if<SocketSampled>(&fact)) {
        samples_[role_index(sample->endpoint)].push_back(i);
        step = effects.disagreement || !effects.changes.empty();
    } else if (std::holds_alternative<ClaimChecked>(fact)) {
        claims_.push_back(i);
        step = false;
    } else if (std::holds_alternative<ListenerSampled>(fact) ||
               std::holds_alternative<PredictionChecked>(fact) ||
               std::holds_alternative<Unrecognized>(fact)) {
        step = false;
    } else {
        take_call(timeline, i);
        step = take_flight(i, fact) || !effects.changes.empty();
    }
    if (step) steps_.push_back(i);
    for (const Effects::Change& change : effects.changes) {
        changes_[role_index(change.endpoint)].push_back({i, change});
    }
}

void TimelineIndex::take_call(const Timeline& timeline, std::size_t i) {
    const Event& event = timeline.event(i);
    const Fact& fact = event.fact;
    if (const auto* entered = std::get_if<CallEntered>(&fact)) {
        const std::size_t role = role_index(entered->endpoint);
        open_calls_[role][entered->id] = calls_[role].size();
        calls_[role].push_back(
            {i, std::nullopt, owners_.enter(*entered, event.connection.has_value())});
    } else if (const auto* returned = std::get_if<CallReturned>(&fact)) {
        const std::size_t role = role_index(returned->endpoint);
        if (auto open = open_calls_[role].find(returned->id); open != open_calls_[role].end()) {
            Call& call = calls_[role][open->second];
            call.returned = i;
            const auto& begun = std::get<CallEntered>(timeline.event(call.entered).fact);
            call.socket = owners_.leave(begun, *returned, call.socket);
            open_calls_[role].erase(open);
        }
    }
}

// False if this is no step.
bool TimelineIndex::take_flight(std::size_t i, const Fact& fact) {
    if (const auto* injected = std::get_if<SegmentInjected>(&fact))
        sent_[role_index(injected->segment.from)].push_back(i);
    if (const auto* sent = std::get_if<SegmentSent>(&fact)) {
        if (sent->copy_of == 0) {
            sent_[role_index(sent->segment.from)].push_back(i);
            return true;
        }
        copies_[sent->copy_of].sent.push_back(i);
        original_.emplace(sent->segment.id, sent->copy_of);
        return false;
    }
    if (const auto* held = std::get_if<SegmentHeld>(&fact)) {
        holds_[held->id].push_back(i);
        const bool was_absorbed = is_absorbed(held->id);
        if (was_absorbed) let_stand(i, held->id);
        return was_absorbed;
    }
    if (const auto* delivered = std::get_if<SegmentDelivered>(&fact)) {
        landings_.emplace(delivered->id, Landing{i, true});
        // Where nothing is held the gate lets it go at once when it comes to stand for itself.
        if (is_absorbed(delivered->id)) let_stand(i, delivered->id);
    } else if (const auto* dropped = std::get_if<SegmentDropped>(&fact)) {
        landings_.emplace(dropped->id, Landing{i, false});
        return !is_absorbed(dropped->id);
    }
    return true;
}

bool TimelineIndex::is_absorbed(SegmentId id) const {
    return original_.count(id) > 0 && stands_.count(id) == 0;
}

void TimelineIndex::let_stand(std::size_t i, SegmentId id) {
    stands_.emplace(id, i);
    copies_[original_of(id)].stood.push_back(i);
}

bool TimelineIndex::is_step(std::size_t event) const {
    return std::binary_search(steps_.begin(), steps_.end(), event);
}

SegmentId TimelineIndex::begun_by(const Timeline& timeline, std::size_t i) const {
    const Fact& fact = timeline.event(i).fact;
    if (const SegmentId id = put_on_its_way(fact); id != 0) return id;
    SegmentId id = 0;
    if (const auto* held = std::get_if<SegmentHeld>(&fact)) id = held->id;
    if (const auto* delivered = std::get_if<SegmentDelivered>(&fact)) id = delivered->id;
    const auto stands = stands_.find(id);
    return stands != stands_.end() && stands->second == i ? id : 0;
}

std::optional<std::size_t> TimelineIndex::begin_of(const Timeline& timeline, SegmentId id) const {
    if (original_.count(id) == 0) return timeline.event_of_segment(id);
    const auto stands = stands_.find(id);
    return stands == stands_.end() ? std::nullopt : std::optional(stands->second);
}

std::size_t TimelineIndex::absorbed(SegmentId id, std::size_t position) const {
    const auto found = copies_.find(id);
    if (found == copies_.end()) return 0;
    return count_before(found->second.sent, position) - count_before(found->second.stood, position);
}

SegmentId TimelineIndex::original_of(SegmentId id) const {
    const auto found = original_.find(id);
    return found == original_.end() ? 0 : found->second;
}

std::optional<std::size_t> TimelineIndex::hold_of(SegmentId id, std::size_t position) const {
    const auto found = holds_.find(id);
    return found == holds_.end() ? std::nullopt : last_before(found->second, position);
}

SegmentId TimelineIndex::sent_before(const Timeline& timeline, SegmentId id) const {
    const Segment* segment = timeline.segment(id);
    const auto event = timeline.event_of_segment(id);
    if (segment == nullptr || !event) return 0;
    const auto before = last_before(sent_[role_index(segment->from)], *event);
    return before ? put_on_its_way(timeline.event(*before).fact) : 0;
}

SegmentId TimelineIndex::first_sent(const Timeline& timeline, Role role) const {
    const auto& sent = sent_[role_index(role)];
    return sent.empty() ? 0 : put_on_its_way(timeline.event(sent.front()).fact);
}

std::optional<std::size_t> TimelineIndex::sample_before(Role role, std::size_t position) const {
    return last_before(samples_[role_index(role)], position);
}

std::optional<TimelineIndex::Landing> TimelineIndex::landing(SegmentId id) const {
    const auto found = landings_.find(id);
    return found == landings_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::size_t> TimelineIndex::last_step_before(std::size_t position) const {
    return last_before(steps_, position);
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

std::size_t TimelineIndex::steps_before(std::size_t position) const {
    return count_before(steps_, position);
}

std::size_t TimelineIndex::stop(std::size_t steps) const {
    if (steps == 0) return 0;
    return steps < steps_.size() ? steps_[steps] : size_;
}

std::size_t TimelineIndex::previous_stop(std::size_t position) const {
    const std::optional<std::size_t> shown = last_step_before(position);
    if (!shown || *shown == steps_.front()) return 0;
    return *shown;
}

}  // namespace tcpstep::view
