#pragma once

#include <algorithm>
#include <cstdint>
#include <span>

#include "model/segment_summary.hpp"
#include "model/tracking/few.hpp"

namespace tcpstep::model::tracking {

/// A set of segments that are on their way to an end, by their places in Underway.
using Offers = std::uint32_t;

constexpr Offers offer_at(std::size_t place) {
    return Offers{1} << place;
}

/// What was captured on its way to an end of late, and may arrive there, or not; in the order of
/// capture.
class Underway {
  public:
    static constexpr std::size_t kMost = 32;
    /// So many are forgotten at once where there is no room: the oldest.
    static constexpr std::size_t kForgets = 16;

    bool full() const { return offers_.size() == kMost; }
    void forget_oldest();
    /// Needs room. `newest_clock`: no earlier segment had its clock, so its echo proves it.
    void add(const SegmentSummary& segment, bool newest_clock);
    /// This is data sent again, for which a FIN behind it may have to wait.
    void renew_fins(const SegmentSummary& segment);
    void clear();

    bool empty() const { return offers_.empty(); }
    std::span<const SegmentSummary> offers() const { return offers_.all(); }
    bool has_newest_clock(std::size_t place) const {
        return (newest_clock_ & offer_at(place)) != 0;
    }

    // What an offer needs to be of use was sent again at last:

    Time renewed(const SegmentSummary& offer) const {
        return offer.flags.fin() ? std::max(offer.time, fins_renewed_) : offer.time;
    }
    SegmentId renewed_by(const SegmentSummary& offer) const {
        return offer.flags.fin() ? std::max(offer.id, fins_renewed_by_) : offer.id;
    }

  private:
    Few<SegmentSummary, 2> offers_;
    Time fins_renewed_;
    SegmentId fins_renewed_by_ = 0;
    Offers newest_clock_ = 0;
};

}  // namespace tcpstep::model::tracking
