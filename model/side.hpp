#pragma once

#include <cstdint>

namespace tcpstep::model {

/// One of two addresses that talk with each other, whoever opened. Unlike its Role it never
/// changes. Both ends of a connection to itself (same address and port) are Low.
enum class Side : std::uint8_t {
    Low,   ///< the lower address and port
    High,  ///< the other
};

}  // namespace tcpstep::model
