#include "app/view/scrub_marks.hpp"

#include <algorithm>
#include <cmath>

#include "app/view/datagram_text.hpp"
#include "app/view/segment_text.hpp"

namespace tcpstep::view {

using namespace model;

namespace {

ScrubMark mark_of(const Timeline& timeline, const TimelineIndex& index, std::size_t event) {
    ScrubMark mark;
    const Fact& fact = timeline.event(event).fact;
    const Segment* begun = timeline.segment(index.begun_by(timeline, event));
    if (begun != nullptr) {
        mark.colour = colour_of(kind_of(*begun));
        mark.segment = true;
    } else if (const auto datagram = datagram_text(fact)) {
        mark.colour = colour_of(datagram->kind);
        mark.segment = true;
    } else if (std::holds_alternative<SegmentsLost>(fact) ||
               std::holds_alternative<SegmentDropped>(fact) ||
               timeline.effects(event).disagreement) {
        mark.colour = ColourRole::Rst;
        mark.segment = true;
    }
    return mark;
}

}  // namespace

std::vector<ScrubMark> scrub_marks(const Timeline& timeline, const TimelineIndex& index,
                                   std::size_t resolution) {
    std::vector<ScrubMark> marks;
    const auto& steps = index.steps();
    if (steps.empty() || resolution == 0) return marks;
    const std::size_t stride = (steps.size() + resolution - 1) / resolution;
    for (std::size_t first = 0; first < steps.size(); first += stride) {
        // Looking at a few of them is enough, and keeps the cost apart from the trace's length.
        const std::size_t past = std::min({first + stride, steps.size(), first + 8});
        ScrubMark best = mark_of(timeline, index, steps[first]);
        for (std::size_t i = first + 1; i < past && !best.segment; ++i) {
            best = mark_of(timeline, index, steps[i]);
        }
        // The mark stands where the position is once the event has happened.
        best.at = fraction_of(steps[first] + 1, timeline.size());
        marks.push_back(best);
    }
    return marks;
}

std::size_t position_at(float fraction, std::size_t size) {
    const double held = std::clamp(static_cast<double>(fraction), 0.0, 1.0);
    return static_cast<std::size_t>(std::lround(held * static_cast<double>(size)));
}

float fraction_of(std::size_t position, std::size_t size) {
    if (size == 0) return 0;
    return static_cast<float>(static_cast<double>(std::min(position, size)) /
                              static_cast<double>(size));
}

}  // namespace tcpstep::view
