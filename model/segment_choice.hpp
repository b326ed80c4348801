#pragma once

#include <optional>

#include "model/event.hpp"
#include "model/segment.hpp"

namespace tcpstep::model {

/// Which segments are meant, in the words of lesson files; what is not said may be anything.
struct SegmentChoice {
    std::optional<Role> from;
    std::optional<Flags> flags;  ///< exactly these, but for PSH
    std::optional<bool> data;    ///< with payload, or without
    std::optional<bool> again;   ///< sent again, or not
    bool absorbed = false;       ///< also what was sent again while the first was held
    unsigned connection = 0;     ///< that one of the trace's connections, from 1; 0: any
    unsigned nth = 0;            ///< the nth of those described above, from 1; 0: each

    bool operator==(const SegmentChoice&) const = default;
};

/// Whether a segment is as described; `nth` is for who counts them.
bool describes(const SegmentChoice& choice, const Segment& segment,
               std::optional<ConnectionIndex> connection, bool again);

}  // namespace tcpstep::model
