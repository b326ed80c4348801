#pragma once

#include <cstddef>

#include "app/view/ladder/layout.hpp"

namespace tcpstep::view::ladder {

/// How far below a ladder's top things stand, in abstract pixels. Of a million segments that is
/// more than a float can tell, hence the doubles.
class LadderAxis {
  public:
    static constexpr float kLine = 1.25F;  ///< a text line, as a multiple of em

    explicit LadderAxis(const LadderInput& input);

    bool by_event() const { return in_.axis == TimeAxis::ByEvent || in_.times == nullptr; }
    /// A tenth of a text line.
    float unit() const { return in_.em * kLine / 10; }
    /// The top of event `i`'s row, or its moment on an axis of time; i = size(): the end.
    double at(std::size_t i) const;
    /// From there to a place within its row; an event on an axis of time has no height.
    double within(float tenths) const {
        return by_event() ? static_cast<double>(tenths) * row_unit() : 0;
    }
    /// Where what happened before `position` ends.
    double end(std::size_t position) const;
    /// The first event that reaches below `y`.
    std::size_t first_below(double y) const;
    /// The pixels of a second, or 0 by event.
    double per_second() const { return per_ns_ * 1e9; }

  private:
    double row_unit() const { return static_cast<double>(unit()) * in_.zoom; }

    const LadderInput& in_;
    double pad_;
    double per_ns_ = 0;
};

/// The least and the largest LadderInput::zoom that make sense: all is in sight, or what follows
/// fastest stands apart.
struct ZoomLimits {
    float least = 1, most = 1;
};
ZoomLimits zoom_limits(const LadderInput& input);

}  // namespace tcpstep::view::ladder
