#pragma once

#include <cstdint>

#include "app/lab/gate_command.hpp"

namespace tcpstep::session {

// On the segment that arrives next in the shown connection as it is now. While one looks at the
// past these do nothing but say so.

struct DeliverHeld {
    bool operator==(const DeliverHeld&) const = default;
};
struct DropHeld {
    bool operator==(const DropHeld&) const = default;
};
struct DuplicateHeld {
    bool operator==(const DuplicateHeld&) const = default;
};
/// Behind the next one.
struct HoldBackHeld {
    bool operator==(const HoldBackHeld&) const = default;
};
/// Injects a RST that one end of its connection accepts.
struct ResetHeld {
    enum class Toward : std::uint8_t { Receiver, Sender };  ///< of the held segment
    Toward toward = Toward::Receiver;
    bool operator==(const ResetHeld&) const = default;
};
/// What is held from now on, in this run and in later ones.
struct ChooseHold {
    lab::Hold what = lab::Hold::Every;
    bool operator==(const ChooseHold&) const = default;
};
/// What is not held takes lab::kDefaultTransit one way, or goes at the kernel's speed.
struct ToggleSlowMotion {
    bool operator==(const ToggleSlowMotion&) const = default;
};

}  // namespace tcpstep::session
