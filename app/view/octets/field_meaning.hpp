#pragma once

#include <string>

#include "app/view/octets/wire_fields.hpp"
#include "app/view/timeline_index.hpp"
#include "model/timeline.hpp"

namespace tcpstep::view::octets {

/// What a field of a segment means, for whoever points at it.
struct FieldMeaning {
    std::string name;     ///< "Acknowledgment number"
    std::string value;    ///< "2927174068   relative 1", "0x112 = ..."
    std::string place;    ///< "octets 28 to 31, 32 bits"
    std::string meaning;  ///< a sentence or two
    std::string source;   ///< "RFC 9293 3.1 · Header Format"
    std::string before;   ///< "in segment 3: 1", "as in segment 3", "the first segment ..."
    bool differs = false;
};

/// `previous` is the id of the segment before it from the same end; 0 if there is none.
FieldMeaning field_meaning(const model::Timeline& timeline, const TimelineIndex& index,
                           const model::Segment& segment, const WireField& field,
                           model::SegmentId previous);

}  // namespace tcpstep::view::octets
