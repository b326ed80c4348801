#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

namespace tcpstep::model {

/// Two octets in network byte order; they must be there.
inline std::uint16_t be16(const std::uint8_t* at) {
    std::uint16_t value;
    std::memcpy(&value, at, sizeof value);
    return std::endian::native == std::endian::big ? value : __builtin_bswap16(value);
}

/// Four octets in network byte order; they must be there.
inline std::uint32_t be32(const std::uint8_t* at) {
    std::uint32_t value;
    std::memcpy(&value, at, sizeof value);
    return std::endian::native == std::endian::big ? value : __builtin_bswap32(value);
}

}  // namespace tcpstep::model
