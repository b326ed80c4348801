#include "model/timeline.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

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
    : trace_(&trace), connection_(connection), checkpoints_{Connection{}}, tracked_(trace) {
    catch_up();
}

void Timeline::catch_up() {
    const std::vector<Event>& events = trace_->events();
    if (read_ == events.size()) return;
    for (; read_ < events.size(); ++read_) {
        const Event& event = events[read_];
        if (event.connection && event.connection != connection_) {
            take_other(event);
            continue;
        }
        entries_.push_back({read_, {}});
        tracked_.take(event);
        if (const SegmentId id = introduces(event.fact); id != 0) {
            segment_events_.try_emplace(id, entries_.size() - 1);
        }
    }
    if (const std::size_t first = track_anew(); first < folded_) go_back(first);
    while (folded_ < size()) fold_next();
}

// The next connection between the same ends tells that this one was over.
void Timeline::take_other(const Event& event) {
    const std::vector<ConnectionId>& all = trace_->connections();
    if (!connection_ || *connection_ >= all.size()) return;
    take_others_call(event);
    for (; known_connections_ < all.size(); ++known_connections_) {
        if (!follows(all[known_connections_], all[*connection_])) continue;
        next_generation_ = static_cast<ConnectionIndex>(known_connections_);
    }
    if (next_generation_ != event.connection) return;
    if (!std::holds_alternative<SegmentSent>(event.fact)) return;
    if (!tracked_.give_way(all[*connection_], event)) next_generation_.reset();
}

void Timeline::take_others_call(const Event& event) {
    const auto* call = std::get_if<CallEntered>(&event.fact);
    if (call == nullptr) return;
    if (const auto descriptor = descriptor_of(*call)) {
        others_calls_.push_back({entries_.size(), call->endpoint, descriptor->process,
                                 descriptor->fd, call->call == "close"});
    }
}

// Asks the tracker again. Returns the first event of which it now tells something else; size() if
// there is none.
std::size_t Timeline::track_anew() {
    std::size_t first = size();
    std::vector<TrackedChange> told = tracked_.changes();
    const auto [was, is] = std::mismatch(told_.begin(), told_.end(), told.begin(), told.end());
    if (was != told_.end()) first = std::min(first, entry_of(*was));
    if (is != told.end()) first = std::min(first, entry_of(*is));
    told_ = std::move(told);
    return first;
}

// Forgets what was brought about from that event on, or from a little before.
void Timeline::go_back(std::size_t position) {
    ++revisions_;
    const std::size_t checkpoint = position / kStride;
    checkpoints_.resize(checkpoint + 1);
    latest_ = checkpoints_.back();
    folded_ = checkpoint * kStride;
    const auto before = [this](const TrackedChange& told) { return entry_of(told) < folded_; };
    next_told_ = static_cast<std::size_t>(std::partition_point(told_.begin(), told_.end(), before) -
                                          told_.begin());
    answer_ = Connection{};
    answer_position_ = 0;
}

void Timeline::fold_next() {
    Entry& entry = entries_[folded_];
    const Event& next = event(folded_);
    entry.effects = apply(latest_, next);
    for (; next_told_ < told_.size() && entry_of(told_[next_told_]) <= folded_; ++next_told_) {
        entry.effects.changes.push_back(change_of(told_[next_told_]));
        tell(latest_, entry.effects.changes.back(), next.time);
    }
    ++folded_;
    if (folded_ % kStride == 0) checkpoints_.push_back(latest_);
}

std::size_t Timeline::entry_of(const TrackedChange& change) const {
    return event_of_segment(change.after).value_or(0);
}

const Connection& Timeline::at(std::size_t position) const {
    assert(position <= size());
    if (position == size()) return latest_;
    // Fold on from the last answer if it is near and before, else from the nearest checkpoint.
    if (position < answer_position_ || position - answer_position_ > kStride) {
        answer_ = checkpoints_[position / kStride];
        answer_position_ = position / kStride * kStride;
    }
    for (; answer_position_ < position; ++answer_position_) {
        const Event& next = event(answer_position_);
        apply(answer_, next);
        for (const Effects::Change& change : effects(answer_position_).changes) {
            tell(answer_, change, next.time);
        }
    }
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
