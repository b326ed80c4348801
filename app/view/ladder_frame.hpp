#pragma once

#include <algorithm>
#include <cstddef>
#include <string>

#include "app/view/ladder_flights.hpp"
#include "app/view/ladder_layout.hpp"

namespace tcpstep::view {

class TextPlacer;

/// The geometry that all parts of a ladder share: where the lifelines stand, where an event's row
/// is, and which events are visible.
class LadderFrame {
  public:
    static constexpr float kLine = 1.25F;    ///< a text line, as a multiple of em
    static constexpr float kTopPad = 0.35F;  ///< em above the first row
    static constexpr float kSentAt =
        10.5F;                            ///< tenths of a line from a row's top to an arrow's tail
    static constexpr float kFall = 8.5F;  ///< and from there to its head, if not gated
    static constexpr float kGatedSentAt = 8;  ///< gated: from the row of the sending to the tail
    static constexpr float kLandedAt = 16;    ///< gated: from the row of the landing to the head

    explicit LadderFrame(const LadderInput& input);

    const LadderInput& in() const { return in_; }
    const LadderFlights& flights() const { return flights_; }
    float em() const { return in_.em; }
    float unit() const { return in_.em * kLine / 10; }

    /// Events before this have happened.
    std::size_t position() const { return position_; }
    /// Those from first() to before last() are visible.
    std::size_t first() const { return first_; }
    std::size_t last() const { return last_; }

    float x(model::Role role) const {
        return role == model::Role::Client ? margin_ : in_.width - margin_;
    }
    /// The direction away from the other lifeline.
    static float outward(model::Role role) { return role == model::Role::Client ? -1.0F : 1.0F; }
    /// Where an arrow touches the end: just beside its lifeline.
    float inner(model::Role role) const { return x(role) - outward(role) * 0.45F * em(); }
    /// From a lifeline to what is written outside of it, and how wide that may be.
    float gap() const { return 0.85F * em(); }
    float outer_room() const { return margin_ - gap() - 0.3F * em(); }

    float top() const { return -in_.scroll; }
    float y(std::size_t event, float tenths = 0) const {
        return kTopPad * em() + (static_cast<float>(in_.rows.top(event)) + tenths) * unit() -
               in_.scroll;
    }
    /// Where on the event's row `role` is touched by it.
    float anchor(std::size_t event, model::Role role) const;

  private:
    const LadderInput& in_;
    LadderFlights flights_;
    float margin_;
    std::size_t position_, first_, last_;
};

/// The point at that fraction of an arrow's way.
Point along(const Arrow& arrow, float t);

/// Adds lifelines, states and calls: what stands beside the lifelines and keeps its place.
void add_margins(const LadderFrame& frame, TextPlacer& texts, Ladder& ladder);

/// Adds the segments' arrows; returns what is to be said of the ghost, if there is one: it is the
/// last of them.
std::string add_arrows(const LadderFrame& frame, Ladder& ladder);

/// Adds what the arrows carry: flags, boxes of what is held, numbers where there is room. Sets
/// Ladder::held, and how far the held ones have come.
void add_labels(const LadderFrame& frame, TextPlacer& texts, Ladder& ladder,
                const std::string& ghost);

}  // namespace tcpstep::view
