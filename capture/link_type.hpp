#pragma once

#include <cstdint>
#include <optional>

namespace tcpstep::capture {

/// What stands before the IP header of a captured packet.
enum class LinkType : std::uint8_t {
    Ethernet,       ///< also Linux's loopback
    RawIp,          ///< nothing: tunnels
    LinuxCookedV1,  ///< the "any" device, SLL
    LinuxCookedV2,  ///< the "any" device, SLL2
    BsdLoopback,    ///< an address family in either byte order
};

/// The link type of libpcap's DLT_ number; nothing if decode() cannot read it.
std::optional<LinkType> link_type_of(int dlt);

}  // namespace tcpstep::capture
