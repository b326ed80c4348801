#pragma once

#include "model/tracking/arrival.hpp"
#include "model/tracking/underway.hpp"
#include "model/tracking/view.hpp"
#include "model/tracking/ways.hpp"

namespace tcpstep::model::tracking {

// Each adds to the ways all that follow if some of what is on its way has arrived by now, in
// whatever order.

/// The end sends this next, the echo of which (RFC 7323 4.3) may deny an arrival.
void spread(Ways& ways, const Underway& underway, const View& view, const SegmentSummary& sent);

/// It sends nothing more: so nothing arrives that would be answered.
void spread_unanswered(Ways& ways, const Underway& underway, const View& view, Time now);

/// The capture ends: an answer to what came last may follow.
void spread_to_the_end(Ways& ways, const Underway& underway, const View& view, Time now);

/// On that way the segment arrives, and this happens: after `after`, for it had not arrived when
/// the end spoke last.
void happen(Conjecture& way, const Arrival& arrival, const SegmentSummary& segment,
            SegmentId after);

/// What an end sent last shows, by its echo, that this offer had arrived.
bool shown_by_echo(const SegmentSummary& offered, const SegmentSummary& sent, const Sender& own);

}  // namespace tcpstep::model::tracking
