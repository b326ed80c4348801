#pragma once

#include <cstddef>
#include <vector>

#include "app/view/palette.hpp"
#include "app/view/timeline_index.hpp"
#include "model/timeline.hpp"

namespace tcpstep::view {

/// A mark on the scrub bar: a step, or several that are too close to be told apart.
struct ScrubMark {
    float at = 0;  ///< 0 to 1: the fraction of the bar
    ColourRole colour = ColourRole::TextDim;
    bool segment = false;  ///< larger than those of calls
};

/// At most about one mark per 1 / `resolution` of the bar; of several, a segment wins over a call.
std::vector<ScrubMark> scrub_marks(const model::Timeline& timeline, const TimelineIndex& index,
                                   std::size_t resolution);

/// The position under a fraction of the bar, 0 to 1 (held to it), and back.
std::size_t position_at(float fraction, std::size_t size);
float fraction_of(std::size_t position, std::size_t size);

}  // namespace tcpstep::view
