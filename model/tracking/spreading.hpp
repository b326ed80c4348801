#pragma once

#include "model/tracking/arrival.hpp"
#include "model/tracking/underway.hpp"
#include "model/tracking/view.hpp"
#include "model/tracking/ways.hpp"

namespace tcpstep::model::tracking {

/// Adds to the ways all that follow if some of what is on its way has arrived by now, in whatever
/// order. `sent`: what the end sends next, whose echo (RFC 7323 4.3) may deny an arrival; nothing
/// if it sends nothing: then nothing arrives that would be answered.
void spread(Ways& ways, const Underway& underway, const View& view, const SegmentSummary* sent,
            Time now);

/// On that way the segment arrives, and this happens: after `after`, for it had not arrived when
/// the end spoke last.
void happen(Conjecture& way, const Arrival& arrival, const SegmentSummary& segment,
            SegmentId after);

/// What an end sent last shows, by its echo, that this offer had arrived.
bool shown_by_echo(const SegmentSummary& offered, const SegmentSummary& sent, const Sender& own);

}  // namespace tcpstep::model::tracking
