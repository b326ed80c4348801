#include "model/timeline.hpp"

#include <cassert>

namespace tcpstep::model {

namespace {

// The id under which the event puts a segment into the world, 0 if it does not.
SegmentId introduces(const Fact& fact) {
    if (const auto* sent = std::get_if<SegmentSent>(&fact)) return sent->segment.id;
    if (const auto* injected = std::get_if<SegmentInjected>(&fact)) return injected->segment.id;
    if (const auto* duplicated = std::get_if<SegmentDuplicated>(&fact)) return duplicated->copy;
    return 0;
}

}  // namespace

Timeline::Timeline(const Trace& trace, std::optional<ConnectionIndex> connection)
    : trace_(&trace), connection_(connection), checkpoints_{Connection{}} {
    catch_up();
}

void Timeline::catch_up() {
    const std::vector<Event>& events = trace_->events();
    for (; read_ < events.size(); ++read_) {
        const Event& event = events[read_];
        if (event.connection && event.connection != connection_) continue;
        entries_.push_back({read_, apply(latest_, event)});
        if (entries_.size() % kStride == 0) checkpoints_.push_back(latest_);
        if (const SegmentId id = introduces(event.fact); id != 0) {
            segment_events_.try_emplace(id, entries_.size() - 1);
        }
    }
}

const Connection& Timeline::at(std::size_t position) const {
    assert(position <= size());
    if (position == size()) return latest_;
    // Fold on from the last answer if it is near and before, else from the nearest checkpoint.
    if (position < answer_position_ || position - answer_position_ > kStride) {
        answer_ = checkpoints_[position / kStride];
        answer_position_ = position / kStride * kStride;
    }
    for (; answer_position_ < position; ++answer_position_) apply(answer_, event(answer_position_));
    return answer_;
}

std::optional<std::size_t> Timeline::event_of_segment(SegmentId id) const {
    const auto found = segment_events_.find(id);
    if (found == segment_events_.end()) return std::nullopt;
    return found->second;
}

const Segment* Timeline::segment(SegmentId id) const {
    // A copy may be a copy of a copy; each step goes to an earlier event, so this ends.
    std::optional<std::size_t> at = event_of_segment(id);
    while (at) {
        const Fact& fact = event(*at).fact;
        if (const auto* sent = std::get_if<SegmentSent>(&fact)) return &sent->segment;
        if (const auto* injected = std::get_if<SegmentInjected>(&fact)) return &injected->segment;
        const auto original = event_of_segment(std::get<SegmentDuplicated>(fact).id);
        if (!original || *original >= *at) return nullptr;
        at = original;
    }
    return nullptr;
}

}  // namespace tcpstep::model
