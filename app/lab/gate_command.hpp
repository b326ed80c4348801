#pragma once

#include <chrono>
#include <cstdint>
#include <variant>

#include "model/event.hpp"

namespace tcpstep::lab {

/// Which segments stop at the gate. All pass it: the others are let through at once, or after the
/// transit time.
enum class Hold : std::uint8_t {
    Every,
    Control,  ///< only those with SYN, FIN or RST
    FromClient,
    FromServer,
    None,
};

struct HoldPolicy {
    Hold what = Hold::Every;
    /// Slow motion: how long a segment that is not held takes one way; 0 for the kernel's speed. A
    /// round trip should stay under 1 s, when a SYN is sent again.
    std::chrono::milliseconds transit{0};
    bool operator==(const HoldPolicy&) const = default;
};

/// One way, in slow motion.
inline constexpr std::chrono::milliseconds kDefaultTransit{400};

// What the user can do to what is held. Each leads to events in the trace, or, where the segment is
// gone, to nothing.

struct Deliver {
    model::SegmentId id = 0;
    bool operator==(const Deliver&) const = default;
};
struct Drop {
    model::SegmentId id = 0;
    bool operator==(const Drop&) const = default;
};
/// A copy, with an id of its own, is held right behind it.
struct Duplicate {
    model::SegmentId id = 0;
    bool operator==(const Duplicate&) const = default;
};
/// Behind the next held one, or, while there is none, behind the next that comes.
struct HoldBack {
    model::SegmentId id = 0;
    bool operator==(const HoldBack&) const = default;
};
/// A RST that `receiver` accepts is held before all others (model/reset.hpp). A note in the trace
/// says so where none would be accepted.
struct InjectReset {
    model::ConnectionIndex connection = 0;
    model::Role receiver = model::Role::Client;
    bool operator==(const InjectReset&) const = default;
};
/// From now on. What is held and no longer should be goes on.
struct SetHold {
    HoldPolicy policy;
    bool operator==(const SetHold&) const = default;
};
/// The lesson's own script steps, at most one step every `pace`; or commands do.
struct SetAutomatic {
    bool on = false;
    std::chrono::milliseconds pace{0};
    bool operator==(const SetAutomatic&) const = default;
};

using GateCommand =
    std::variant<Deliver, Drop, Duplicate, HoldBack, InjectReset, SetHold, SetAutomatic>;

}  // namespace tcpstep::lab
