#pragma once

#include <array>
#include <optional>
#include <span>

#include "model/segment_summary.hpp"
#include "model/tracking/arrival.hpp"
#include "model/tracking/conjecture.hpp"

namespace tcpstep::model::tracking {

/// How an end came to send a segment: what it did, in order, and how unlikely that is.
struct Sending {
    std::array<Step, 3> steps;
    std::uint8_t count = 0;
    Cost cost = 0;

    std::span<const Step> did() const { return std::span(steps).first(count); }
    void add(const Step& step) { steps[count++] = step; }
};

/// Whether an end of that conjecture would send this segment, and what it did then; nothing if not.
/// RFC 9293 3.10; where Linux decides otherwise, Linux.
std::optional<Sending> send(const Conjecture& conjecture, const SegmentSummary& segment,
                            const View& view);

}  // namespace tcpstep::model::tracking
