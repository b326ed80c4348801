#include "capture/stop.hpp"

#include <fmt/format.h>

namespace tcpstep::capture {

std::string to_string(const Stop& stop) {
    switch (stop.reason) {
        case StopReason::Ieee8023Frame:
            return "IEEE 802.3 frame";
        case StopReason::EtherType:
            return fmt::format("EtherType 0x{:04x}", stop.found);
        case StopReason::IpVersion:
            return fmt::format("IP version {}", stop.found);
        case StopReason::AddressFamily:
            return fmt::format("address family {}", stop.found);
        case StopReason::IpProtocol:
            return fmt::format("IP protocol {}", stop.found);
        case StopReason::LaterFragment:
            return fmt::format("fragment at octet {}", stop.found);
        case StopReason::CutInLinkHeader:
            return "capture ends inside the link header";
        case StopReason::CutInIpv4Header:
            return "capture ends inside the IPv4 header";
        case StopReason::CutInIpv6Header:
            return "capture ends inside the IPv6 header";
        case StopReason::CutInExtensions:
            return "capture ends inside the IPv6 extension headers";
        case StopReason::CutInTcpHeader:
            return "capture ends before the flags of the TCP header";
        case StopReason::OtherVersionInIpv4:
            return fmt::format("IP version {} in an IPv4 packet", stop.found);
        case StopReason::OtherVersionInIpv6:
            return fmt::format("IP version {} in an IPv6 packet", stop.found);
        case StopReason::ShortIpv4Header:
            return fmt::format("IPv4 header of {} words is less than 5", stop.found);
        case StopReason::ShortIpv4Length:
            return fmt::format("IPv4 total length of {} is less than its header of {}", stop.found,
                               stop.needed);
        case StopReason::LongExtension:
            return "IPv6 extension header reaches beyond the packet";
        case StopReason::ShortTcp:
            return fmt::format("{} octets are too few for a TCP header of at least 20", stop.found);
        case StopReason::ShortTcpHeader:
            return fmt::format("TCP data offset of {} words is less than 5", stop.found);
        case StopReason::LongTcpHeader:
            return fmt::format("TCP header of {} octets in a segment of {}", stop.needed,
                               stop.found);
    }
    return {};
}

}  // namespace tcpstep::capture
