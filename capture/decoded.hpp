#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "model/address.hpp"
#include "model/segment.hpp"

namespace tcpstep::capture {

/// A TCP segment found in a captured packet, and the addresses it travelled between.
struct Packet {
    model::SocketAddress source;
    model::SocketAddress destination;
    std::uint16_t ip_id = 0;  ///< identification of the IPv4 header; 0 for IPv6
    /// Its `id` is 0 and its `from` means nothing yet: who is the client is not known here.
    model::Segment segment;

    bool operator==(const Packet&) const = default;
};

/// Something else than TCP, or a later fragment, which has no TCP header.
struct NotTcp {
    std::string reason;  ///< "IP protocol 17"
    bool operator==(const NotTcp&) const = default;
};

/// It says it is TCP, but its headers contradict themselves or were not captured whole.
struct Malformed {
    std::string what;  ///< "TCP data offset of 4 words is less than 5"
    bool operator==(const Malformed&) const = default;
};

/// What is in a captured packet. A malformed packet is no error: it was on the wire, and is shown.
using Decoded = std::variant<Packet, NotTcp, Malformed>;

}  // namespace tcpstep::capture
