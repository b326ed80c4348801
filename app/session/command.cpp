#include "app/session/command.hpp"

namespace tcpstep::session {

namespace {

template <class... Kinds>
bool is_any(const Command& command) {
    return (std::holds_alternative<Kinds>(command) || ...);
}

}  // namespace

bool drives_lab(const Command& command) {
    return is_any<StepForward, TogglePlay, DeliverHeld, DropHeld, DuplicateHeld, HoldBackHeld,
                  ResetHeld, ChooseHold, ToggleSlowMotion, AnswerQuestion>(command);
}

}  // namespace tcpstep::session
