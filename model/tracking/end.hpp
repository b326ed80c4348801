#pragma once

#include <vector>

#include "model/segment_summary.hpp"
#include "model/tracking/conjecture.hpp"
#include "model/tracking/few.hpp"
#include "model/tracking/indirect.hpp"
#include "model/tracking/underway.hpp"
#include "model/tracking/view.hpp"
#include "model/tracking/ways.hpp"

namespace tcpstep::model::tracking {

/// One end of a connection: all the ways in which it may have gone with it. Each captured segment
/// of its own refutes some of them, each that is on its way to it makes more. Its state is that of
/// the likeliest; what the others deny is in doubt.
///
/// The two ends need not be looked at together: all that ties them are the captured segments.
class End {
  public:
    /// It sent this segment, which is not old.
    void sent(const SegmentSummary& segment, const View& view);
    /// This segment is on its way to it.
    void offered(const SegmentSummary& segment, const View& view);
    /// Nothing of it was captured until then. Nothing may follow.
    void silent_until(Time time, const View& view);
    /// Its socket is gone by then: its address opens another connection, or answers such.
    void gone(Time time, const View& view);
    /// It is known to be in this state, of which nothing is known by now.
    void begin_in(State state, SegmentId after, Doubt doubt);
    /// Which of the ends had not sent its FIN before the capture began: if neither had, this one
    /// was ESTABLISHED then. `others_fin_is_new`: this end had not taken it before, at least.
    void prove_beginning(bool was_open, bool other_was_open, bool others_fin_is_new);

    /// Nothing but a SYN, a FIN or a RST can move it.
    bool quiet() const;
    State state() const { return ways_ ? ways_->front().state() : position_.state; }
    /// What happened to it, in order.
    std::vector<Step> steps() const;

  private:
    bool undisputed() const { return !ways_ && underway_.empty(); }
    std::vector<Step> steps_as_found() const;
    void hand_doubt_on(std::vector<Step>& steps) const;
    bool follow(const SegmentSummary& segment, const View& view);
    void load(Ways& ways) const;
    void choose(Ways& ways, Time now, const View& view, bool timers, bool in_the_end) const;
    void settle(Ways& ways, const View& view);
    void settle(Step step);
    void doubt_opening();
    bool closed_while_opening(const SegmentSummary& fin, const View& view) const;

    Underway underway_;
    Indirect<Ways> ways_;   // from where it is out of question; none: it has not moved from there
    Few<Step, 6> settled_;  // what is out of question: from CLOSED to TIME_WAIT there are six
    Position position_;     // after that
    // Of what was when the capture began, and was shown since:
    bool was_open_ = false;    // it had not sent its FIN
    bool had_no_fin_ = false;  // nor taken the other's
};

}  // namespace tcpstep::model::tracking
