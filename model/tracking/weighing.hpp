#pragma once

#include "model/tracking/conjecture.hpp"
#include "model/tracking/underway.hpp"
#include "model/tracking/view.hpp"

namespace tcpstep::model::tracking {

/// How unlikely it is what a way says of the segments that were on their way to its end, and of the
/// silence of the end itself.
class Weighing {
  public:
    Weighing(const Underway& underway, const View& view)
        : underway_(&underway), offers_(underway.offers()), view_(&view) {}

    /// What would move an end of that way, and has neither arrived nor been missed.
    Offers awaited(const Conjecture& way) const;

    /// That it has not arrived by then. What is the next in order cannot come before what is in
    /// front of it, however long that took.
    Cost lateness(const SegmentSummary& offer, Time now) const;

    /// That this one, which had not arrived when the end spoke last, or was missed, does now.
    Cost arrives_after_all(const Conjecture& way, std::size_t offer) const;

    /// That this one, of which no more is known, comes to an end that is gone by then.
    Cost arrives_too_late(const Conjecture& way, std::size_t offer, Time now) const;

    /// What would have moved it and cannot any more was late, or lost: notes that and its cost.
    void miss(Conjecture& way, Offers offers, State state, Time now) const;

    /// What was sent before that offer, and would move it, comes later, or never: as above.
    void overtake(Conjecture& way, std::size_t offer) const;

    /// That what is awaited has not arrived. `in_the_end` all has, but for what was lost.
    Cost pending(const Conjecture& way, Time now, bool in_the_end) const;

    /// That the end sent neither an ACK that was due, nor anything again.
    Cost silence(const Conjecture& way, Time now) const;

  private:
    Cost unacknowledged(const Conjecture& way, Time now) const;

    const Underway* underway_;
    std::span<const SegmentSummary> offers_;
    const View* view_;
};

}  // namespace tcpstep::model::tracking
