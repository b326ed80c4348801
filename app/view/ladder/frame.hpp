#pragma once

#include <algorithm>
#include <cstddef>
#include <string>

#include "app/view/ladder/axis.hpp"
#include "app/view/ladder/flights.hpp"
#include "app/view/ladder/layout.hpp"

namespace tcpstep::view::ladder {

class ArrowPlaces;
class TextPlacer;

/// The geometry that all parts of a ladder share: where the lifelines stand, where an event's row
/// is, and which events are visible.
class LadderFrame {
  public:
    // Tenths of a line.
    static constexpr float kSentAt = 10.5F;   ///< from a row's top to an arrow's tail
    static constexpr float kFall = 8.5F;      ///< and from there to its head, if not gated
    static constexpr float kGatedSentAt = 8;  ///< gated: from the row of the sending to the tail
    static constexpr float kLandedAt = 16;    ///< gated: from the row of the landing to the head

    explicit LadderFrame(const LadderInput& input);

    const LadderInput& in() const { return in_; }
    const LadderAxis& axis() const { return axis_; }
    const LadderFlights& flights() const { return flights_; }
    float em() const { return in_.em; }
    float unit() const { return axis_.unit(); }

    /// Events before this have happened.
    std::size_t position() const { return position_; }
    /// Those from first() to before last() are laid out: what is visible, and what is so near to it
    /// that words in sight make room for it. So they do not move while one scrolls.
    std::size_t first() const { return first_; }
    std::size_t last() const { return last_; }
    /// So many are visible.
    std::size_t in_sight() const { return in_sight_; }
    /// They are more than can be told apart: only some are drawn, and without words.
    bool thinned() const { return thinned_; }
    /// The one that is drawn after event `i`.
    std::size_t next(std::size_t i) const;

    float x(model::Role role) const {
        return role == model::Role::Client ? column_ + margin(role) : in_.width - margin(role);
    }
    /// The times of events stand left of this; 0 if there is no room for them.
    float column() const { return column_; }
    /// The direction away from the other lifeline.
    static float outward(model::Role role) { return role == model::Role::Client ? -1.0F : 1.0F; }
    /// Where an arrow touches the end: just beside its lifeline.
    float inner(model::Role role) const { return x(role) - outward(role) * 0.45F * em(); }
    /// Texts between the lifelines keep to these.
    float left() const { return x(model::Role::Client) + kClear * em(); }
    float right() const { return x(model::Role::Server) - kClear * em(); }
    /// From a lifeline to the middle of a lane of its calls, and how wide a call is there. Many
    /// lanes are narrower.
    float lane(model::Role role, std::size_t lane) const;
    float bar_width(model::Role role) const;
    /// From a lifeline to what is written outside of it, and how wide that may be.
    float gap(model::Role role) const;
    float outer_room(model::Role role) const { return margin(role) - gap(role) - 0.55F * em(); }

    float top() const { return static_cast<float>(-in_.scroll); }
    /// So many tenths below the top of the event's row; its moment on an axis of time.
    float row(std::size_t event, float tenths = 0) const {
        return seen(axis_.at(event) + axis_.within(tenths));
    }
    /// The middle of that line of the event's text.
    float line(std::size_t event, float line) const;
    /// So many tenths below all that has happened.
    float below(float tenths) const {
        return seen(axis_.end(position_) + static_cast<double>(tenths * unit()));
    }
    /// Where on the event's row `role` is touched by it.
    float anchor(std::size_t event, model::Role role) const;

  private:
    static constexpr float kClear = 0.4F;  // em: half of the thickest lifeline, and a bit

    float lane_pitch(model::Role role) const;  // em
    float margin(model::Role role) const { return margins_[role == model::Role::Client ? 0 : 1]; }

    float seen(double y) const { return static_cast<float>(y - in_.scroll); }

    const LadderInput& in_;
    LadderAxis axis_;
    LadderFlights flights_;
    float margins_[2], column_;
    std::size_t position_, first_, last_, in_sight_;
    bool thinned_;
};

/// The point at that fraction of an arrow's way.
Point along(const Arrow& arrow, float t);
/// How far a point is from its line.
float distance(const Arrow& arrow, Point point);

/// Adds the segments' arrows; returns what is to be said of the ghost, if there is one: it is the
/// last of them.
std::string add_arrows(const LadderFrame& frame, Ladder& ladder);

/// Adds lifelines, states and calls: what stands beside the lifelines and keeps its place.
void add_margins(const LadderFrame& frame, TextPlacer& texts, Ladder& ladder);

/// Adds what the arrows carry: boxes of what is held, then notes, flags, numbers, each only where
/// it is clear of all before it and of other arrows: it moves, is shortened, is left out. Only the
/// boxes are never left out. Sets Ladder::held, and how far the held ones have come.
void add_labels(const LadderFrame& frame, TextPlacer& texts, Ladder& ladder,
                const std::string& ghost);

/// Adds what is said between the lifelines of events that are no segments.
void add_notes(const LadderFrame& frame, ArrowPlaces& places);
/// Adds that a segment is held back, where its arrow is.
void add_held_back(const LadderFrame& frame, const TextPlacer& texts, ArrowPlaces& places);

/// Adds the times of events, or of round moments, gaps that are cut short, and the line of now.
void add_times(const LadderFrame& frame, TextPlacer& texts, ArrowPlaces& places, Ladder& ladder);

}  // namespace tcpstep::view::ladder
