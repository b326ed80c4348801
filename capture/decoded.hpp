#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

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

/// A UDP datagram, or its first fragment.
struct Datagram {
    model::SocketAddress source;
    model::SocketAddress destination;
    std::uint32_t length = 0;           ///< octets of payload, as its header states
    std::vector<std::uint8_t> payload;  ///< the first of them, as in model::Segment
    bool operator==(const Datagram&) const = default;
};

/// An ICMP or ICMPv6 error (RFC 792, RFC 4443) about a UDP datagram.
struct IcmpError {
    std::uint8_t type = 0;
    std::uint8_t code = 0;
    // Of the datagram, whose beginning it quotes:
    model::SocketAddress source;
    model::SocketAddress destination;
    bool operator==(const IcmpError&) const = default;
};

/// Something else than TCP, UDP or an error about UDP, or a later fragment, which has no header of
/// theirs.
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
using Decoded = std::variant<Packet, Datagram, IcmpError, NotTcp, Malformed>;

}  // namespace tcpstep::capture
