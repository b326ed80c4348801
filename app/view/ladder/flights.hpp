#pragma once

#include <optional>
#include <vector>

#include "app/view/ladder/layout.hpp"

namespace tcpstep::view::ladder {

/// A segment in flight that stands for itself, at the position that is looked at.
struct LadderFlight {
    model::SegmentId id;
    bool boxed;   ///< held: it waits in a box until somebody says what becomes of it
    bool next;    ///< the first of these
    float grown;  ///< see Arrow
    float lands;  ///< where it will arrive, in tenths of a line below the last row
    float bottom() const { return lands + kBelow; }

  private:
    static constexpr float kBelow = 15;  // numbers, and what is said of the one that is held
};

/// What is in flight at the position of a ladder, in the order in which it will arrive, so that
/// those that overtake each other cross. Needs neither width nor measure.
class LadderFlights {
  public:
    explicit LadderFlights(const LadderInput& input);

    const std::vector<LadderFlight>& all() const { return all_; }
    const LadderFlight* find(model::SegmentId id) const;
    /// The next one's box says that the kernel really waits.
    bool live() const { return live_; }

    /// Where the ghost of what is expected begins and ends, in tenths of a line below the last row.
    float ghost_from() const;
    float ghost_to() const;
    /// The height of all this, in tenths of a line.
    float height() const;
    std::optional<model::Duration> changes_in() const { return changes_in_; }

  private:
    float grown(const LadderInput& in, const model::InFlight& flight);

    std::vector<LadderFlight> all_;
    bool live_ = false;
    bool sent_again_ = false;  // the next one, in copies that the gate absorbed
    std::optional<model::Duration> changes_in_;
};

}  // namespace tcpstep::view::ladder
