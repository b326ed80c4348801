#pragma once

#include <cstddef>

#include "capture/layer.hpp"
#include "capture/link_type.hpp"

namespace tcpstep::capture {

enum class IpVersion : std::uint8_t { V4, V6 };

/// What a link header says of the packet behind it.
struct LinkHeader {
    IpVersion ip = IpVersion::V4;
    std::size_t length = 0;  ///< octets of the link header; at most what was captured

    bool operator==(const LinkHeader&) const = default;
};

/// Reads the link header at the start of `bytes`, with any VLAN tags (IEEE 802.1Q, 802.1ad).
Layer<LinkHeader> read_link_header(Bytes bytes, LinkType link);

}  // namespace tcpstep::capture
