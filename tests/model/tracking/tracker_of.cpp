#include "tests/model/tracking/tracker_of.hpp"

namespace tcpstep::model::tracking {

Tracker tracked(const Story& story, Duration silence) {
    Tracker tracker;
    Time last;
    for (const Event& event : story.trace().events()) {
        const auto* sent = std::get_if<SegmentSent>(&event.fact);
        if (sent != nullptr) tracker.take(summary_of(sent->segment, event.time));
        last = event.time;
    }
    tracker.finish(last + silence);
    return tracker;
}

std::string states(const Tracker& tracker, Role role) {
    std::string text;
    for (const TrackedChange& change : tracker.changes()) {
        if (change.endpoint != role) continue;
        if (!text.empty()) text += ' ';
        text += name(change.to);
        if (change.doubt != Doubt::None) text += '?';
    }
    return text;
}

INSTANTIATE_TEST_SUITE_P(AtIsn, TrackerOf,
                         ::testing::Values(1000U, 0xffffffffU, 0xfffffffeU, 0U - 34U));

}  // namespace tcpstep::model::tracking
