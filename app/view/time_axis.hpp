#pragma once

#include <cstdint>

namespace tcpstep::view {

/// What a ladder's height stands for.
enum class TimeAxis : std::uint8_t {
    ByEvent,    ///< every step takes a row as high as its words, whatever time passed between
    Linear,     ///< time, in proportion
    Collapsed,  ///< time, but long gaps are cut short; where, is drawn
};

}  // namespace tcpstep::view
