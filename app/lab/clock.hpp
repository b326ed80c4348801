#pragma once

#include "model/time.hpp"

namespace tcpstep::lab {

/// CLOCK_REALTIME, the clock that libpcap's time stamps use too.
inline model::Time now() {
    return std::chrono::time_point_cast<model::Duration>(std::chrono::system_clock::now());
}

}  // namespace tcpstep::lab
