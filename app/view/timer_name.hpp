#pragma once

#include <string>
#include <string_view>

namespace tcpstep::view {

/// The kernel's timer in the reader's language: `timer` is model::SocketSampled's, "retransmit".
/// One that is not known keeps its name, made harmless.
std::string timer_name(std::string_view timer);

}  // namespace tcpstep::view
