#pragma once

#include "model/segment_summary.hpp"
#include "model/tracking/underway.hpp"
#include "model/tracking/view.hpp"
#include "model/tracking/ways.hpp"

namespace tcpstep::model::tracking {

/// Puts into `kept` the ways in which an end may have gone that has sent this segment, which is not
/// old: those of `ways` on which it would, and what it did then; and those on which it did not send
/// it, for it is the network's copy of an earlier one, or a RST that somebody else sent in its
/// name. May be none.
void keep_those_that_send(const SegmentSummary& segment, const Underway& underway, const View& view,
                          const Ways& ways, Ways& kept);

/// It may be no segment of that end's own.
bool may_be_of_another(const SegmentSummary& segment, const Sender& own);

}  // namespace tcpstep::model::tracking
