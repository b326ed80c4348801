#pragma once

#include <cstdint>
#include <span>

#include <tl/expected.hpp>

#include "capture/stop.hpp"
#include "model/byte_order.hpp"

namespace tcpstep::capture {

using Bytes = std::span<const std::uint8_t>;

/// What one layer's header tells, or why there is nothing further to read.
template <class T>
using Layer = tl::expected<T, Stop>;

inline tl::unexpected<Stop> stop(StopReason reason, std::uint32_t found = 0,
                                 std::uint32_t needed = 0) {
    return tl::unexpected<Stop>(Stop{reason, found, needed});
}

/// Two octets in network byte order; they must be there.
inline std::uint16_t be16(Bytes bytes, std::size_t at) {
    return model::be16(&bytes[at]);
}

/// Four octets in network byte order; they must be there.
inline std::uint32_t be32(Bytes bytes, std::size_t at) {
    return model::be32(&bytes[at]);
}

}  // namespace tcpstep::capture
