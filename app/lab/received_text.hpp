#pragma once

#include <cstddef>
#include <string>

namespace tcpstep::lab {

/// Octets of a text that a call gave, as far as a trace keeps them.
inline constexpr std::size_t kMostReceived = 256;

/// `text` cut to so many octets, but inside no character of UTF-8.
std::string received_text(std::string text);

}  // namespace tcpstep::lab
