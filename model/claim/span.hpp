#pragma once

#include <optional>

#include "model/claim/moment.hpp"

namespace tcpstep::model::claim {

/// A part of the run: after `from` and before `until`; all that is not said.
struct Span {
    std::optional<Moment> from;
    std::optional<Moment> until;
    bool operator==(const Span&) const = default;
};

/// The bounds of a span: events with first < index < last are in it. Nothing: it has not begun.
struct Bounds {
    std::optional<EventIndex> first;  ///< nothing: from the start
    std::optional<EventIndex> last;   ///< nothing: it has not ended
    bool holds(EventIndex i) const { return (!first || i > *first) && (!last || i < *last); }
};
std::optional<Bounds> bounds(const Span& span, const Chronicle& chronicle);

}  // namespace tcpstep::model::claim
