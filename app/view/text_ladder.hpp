#pragma once

#include <string>

#include "model/timeline.hpp"

namespace tcpstep::view {

/// A conversation as a ladder for the terminal, 80 columns wide, ASCII only: time, the client's
/// state and calls, segments as arrows, the server's calls and state. Under it the states that each
/// end went through, and what the kernel said of them.
std::string text_ladder(const model::Timeline& timeline);

}  // namespace tcpstep::view
