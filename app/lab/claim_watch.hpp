#pragma once

#include <cstddef>
#include <set>
#include <vector>

#include "app/lesson/claim.hpp"
#include "model/claim/awaited.hpp"
#include "model/claim/chronicle.hpp"
#include "model/event.hpp"
#include "model/trace.hpp"

namespace tcpstep::lab {

/// Watches over what a lesson claims while its run goes on. Pure: the trace is passed in.
class ClaimWatch {
  public:
    explicit ClaimWatch(const std::vector<lesson::Claim>& claims) : open_(claims) {}

    /// The claims that the trace, as far as it goes, has decided since the last call; all that are
    /// left if it is `finished`.
    std::vector<model::ClaimChecked> decided(const model::Trace& trace, bool finished);

    /// The ends of which an open claim needs what the kernel says after what has happened, as of
    /// the last call of decided().
    const std::vector<model::claim::EndOf>& awaited() const { return awaited_; }
    /// The user drops or duplicates this segment though the lesson does not ask for it: what then
    /// does not hold may be due to that, and says so (model/claim/by_hand.hpp).
    void dropped_by_hand(model::SegmentId id) { dropped_.insert(id); }
    void duplicated_by_hand(model::SegmentId id) { duplicated_.insert(id); }
    /// The same of a reset: of the next in the trace.
    void reset_by_hand() { ++resets_; }

  private:
    std::vector<model::Sighting> by_hand(const model::claim::Chronicle& chronicle) const;
    void look_for_resets(const model::Trace& trace);

    std::vector<lesson::Claim> open_;
    std::vector<model::claim::EndOf> awaited_;
    std::size_t looked_at_ = 0;  // events of the trace
    std::set<model::SegmentId> dropped_;
    std::set<model::SegmentId> duplicated_;
    std::set<model::SegmentId> reset_;
    std::size_t resets_ = 0;  // that are not in the trace yet
};

}  // namespace tcpstep::lab
