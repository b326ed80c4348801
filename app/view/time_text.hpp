#pragma once

#include <string>

#include "model/time.hpp"

namespace tcpstep::view {

/// A span as a person says it, with three significant digits: "850 ns", "25.3 µs", "4.12 s", "2 min
/// 5 s".
std::string span_text(model::Duration span);

/// How long after the first event: "+4.12 s", "+25.3 µs".
std::string offset_text(model::Duration since_first);

}  // namespace tcpstep::view
