#include "app/view/selection.hpp"

#include <algorithm>

namespace tcpstep::view {

using namespace model;

bool exists(const Selection& what, const Timeline& timeline, const TimelineIndex& index) {
    if (const auto* segment = std::get_if<SelectedSegment>(&what)) {
        return timeline.segment(segment->id) != nullptr;
    }
    if (const auto* call = std::get_if<SelectedCall>(&what)) {
        const auto& calls = index.calls(call->end);
        return std::any_of(calls.begin(), calls.end(), [&](const auto& one) {
            return std::get<CallEntered>(timeline.event(one.entered).fact).id == call->id;
        });
    }
    if (const auto* visit = std::get_if<SelectedState>(&what)) {
        const auto& changes = index.changes(visit->end);
        return std::any_of(changes.begin(), changes.end(),
                           [&](const auto& one) { return one.event == visit->event; });
    }
    const auto* event = std::get_if<SelectedEvent>(&what);
    return event != nullptr && event->event < timeline.size();
}

SegmentId segment_of(const Selection& what, const Timeline& timeline, const TimelineIndex& index) {
    if (const auto* segment = std::get_if<SelectedSegment>(&what)) return segment->id;
    const auto* event = std::get_if<SelectedEvent>(&what);
    if (event == nullptr) return 0;
    const Fact& fact = timeline.event(event->event).fact;
    if (const auto* held = std::get_if<SegmentHeld>(&fact)) return held->id;
    if (const auto* back = std::get_if<SegmentHeldBack>(&fact)) return back->id;
    if (const auto* delivered = std::get_if<SegmentDelivered>(&fact)) return delivered->id;
    if (const auto* dropped = std::get_if<SegmentDropped>(&fact)) return dropped->id;
    return index.begun_by(timeline, event->event);
}

}  // namespace tcpstep::view
