#pragma once

#include <string>

#include "model/event.hpp"

namespace tcpstep::view {

/// The kernel's timer in the reader's language: "retransmit". One that is not known keeps its name,
/// made harmless.
std::string timer_name(const model::SocketSampled& sample);

}  // namespace tcpstep::view
