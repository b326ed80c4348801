#pragma once

#include <chrono>

namespace tcpstep::model {

using Duration = std::chrono::nanoseconds;

/// A moment of CLOCK_REALTIME, in nanoseconds since 1970 (UTC). Socket calls and the capture share
/// this clock. The model never reads a clock: times are passed in.
using Time = std::chrono::time_point<std::chrono::system_clock, Duration>;

}  // namespace tcpstep::model
