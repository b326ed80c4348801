#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>
#include <vector>

#include "app/lesson/condition.hpp"
#include "model/segment_choice.hpp"

namespace tcpstep::lesson {

/// What becomes of a segment that is held.
enum class WireAction : std::uint8_t {
    Deliver,
    Drop,
    Duplicate,  ///< a copy follows it; then both go on as the rules say
    HoldBack,   ///< behind the next one
    Reset,      ///< a RST overtakes it that looks like the same sender's; then it goes on
    ResetBack,  ///< a RST goes toward its sender that looks like its receiver's; then it goes on
    Stay        ///< it is still in flight when the run is over
};

/// "deliver", "drop", "duplicate", "hold_back", "reset", "reset_back", "stay": as in lesson files.
std::string_view name(WireAction action);

/// A line of a lesson's script for the wire: which segments, and what is done to them when nobody
/// steps by hand. Copies made by the script match no rule and are delivered.
struct WireRule {
    model::SegmentChoice segment;
    WireAction action = WireAction::Deliver;
    std::vector<Condition> after;           ///< it is held until all these hold
    std::chrono::milliseconds at_least{0};  ///< and at least so long
};

}  // namespace tcpstep::lesson
