#include "model/segment_choice.hpp"

namespace tcpstep::model {

namespace {

// Linux sets PSH on the last segment of what one send() gave: nobody means that.
std::uint16_t without_psh(Flags flags) {
    return static_cast<std::uint16_t>(flags.bits() & ~Flags::kPsh);
}

}  // namespace

bool describes(const SegmentChoice& choice, const Segment& segment,
               std::optional<ConnectionIndex> connection, bool again) {
    if (choice.from && *choice.from != segment.from) return false;
    if (choice.flags && without_psh(*choice.flags) != without_psh(segment.flags)) return false;
    if (choice.data && *choice.data != (segment.length > 0)) return false;
    if (choice.again && *choice.again != again) return false;
    return choice.connection == 0 || (connection && *connection == choice.connection - 1);
}

}  // namespace tcpstep::model
