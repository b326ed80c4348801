#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "app/view/timeline_index.hpp"
#include "model/timeline.hpp"

namespace tcpstep::view {

/// The numbers of an event, each as a few words: the segment's line and header, how long it was in
/// flight, which of SND.UNA, SND.NXT and RCV.NXT it moved at which end (RFC 9293 3.3.1), what the
/// kernel counted. Empty if there is nothing to count.
std::vector<std::string> numbers_of(const model::Timeline& timeline, const TimelineIndex& index,
                                    std::size_t event, bool raw);

/// The segment that the event is about: that was sent, injected, held, delivered, dropped ... by
/// it; 0 if it is about none.
model::SegmentId segment_of(const model::Fact& fact);

}  // namespace tcpstep::view
