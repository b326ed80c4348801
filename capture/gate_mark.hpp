#pragma once

#include <cstdint>

namespace tcpstep::capture {

/// The mark (SO_MARK, socket(7)) of packets that we put on the wire ourselves: the gate lets them
/// through.
inline constexpr std::uint32_t kGateMark = 1;

}  // namespace tcpstep::capture
