#pragma once

#include <cstdint>
#include <string>

namespace tcpstep::capture {

/// Why decoding ends before a TCP segment is found. Up to LaterFragment the packet is no TCP; up to
/// CutInTcpHeader not enough of it was captured; from there on it contradicts itself.
enum class StopReason : std::uint8_t {
    Ieee8023Frame,
    EtherType,      ///< `found`
    IpVersion,      ///< `found`
    AddressFamily,  ///< `found`
    IpProtocol,     ///< `found`
    LaterFragment,  ///< `found`: the octet at which it begins; the TCP header is in the first one

    CutInLinkHeader,
    CutInIpv4Header,
    CutInIpv6Header,
    CutInExtensions,
    CutInTcpHeader,
    OtherVersionInIpv4,  ///< `found`
    OtherVersionInIpv6,  ///< `found`
    ShortIpv4Header,     ///< `found` words
    ShortIpv4Length,     ///< `found` octets in all, `needed` for the header
    LongExtension,
    ShortTcp,        ///< `found` octets behind the IP header
    ShortTcpHeader,  ///< `found` words
    LongTcpHeader,   ///< `needed` octets, `found` in the whole segment
};

/// The reason and its numbers. Trivial: a capture may be full of such packets, and only those that
/// are shown are put into words.
struct Stop {
    StopReason reason = StopReason::Ieee8023Frame;
    std::uint32_t found = 0;
    std::uint32_t needed = 0;

    bool not_tcp() const { return reason <= StopReason::LaterFragment; }
    bool malformed() const { return reason > StopReason::CutInTcpHeader; }

    bool operator==(const Stop&) const = default;
};

/// "IP protocol 17", "TCP data offset of 4 words is less than 5".
std::string to_string(const Stop& stop);

}  // namespace tcpstep::capture
