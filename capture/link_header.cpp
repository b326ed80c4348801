#include "capture/link_header.hpp"

#include <cstdlib>

namespace tcpstep::capture {

namespace {

constexpr std::uint16_t kIpv4 = 0x0800, kIpv6 = 0x86dd;
// IEEE 802.1Q, 802.1ad, and the number that was used for stacked tags before 802.1ad.
constexpr std::uint16_t kVlan = 0x8100, kServiceVlan = 0x88a8, kOldServiceVlan = 0x9100;
constexpr std::uint16_t kFirstEtherType = 0x0600;  // below, the field is an IEEE 802.3 length

// The header is `length` octets with its EtherType at `at`; VLAN tags may follow.
Layer<LinkHeader> by_ether_type(Bytes bytes, std::size_t at, std::size_t length) {
    if (bytes.size() < length) return stop(StopReason::CutInLinkHeader);
    std::uint16_t type = be16(bytes, at);
    while (type == kVlan || type == kServiceVlan || type == kOldServiceVlan) {
        if (bytes.size() < length + 4) return stop(StopReason::CutInLinkHeader);
        type = be16(bytes, length + 2);
        length += 4;
    }
    if (type == kIpv4) return LinkHeader{IpVersion::V4, length};
    if (type == kIpv6) return LinkHeader{IpVersion::V6, length};
    if (type < kFirstEtherType) return stop(StopReason::Ieee8023Frame);
    return stop(StopReason::EtherType, type);
}

Layer<LinkHeader> by_ip_version(Bytes bytes) {
    if (bytes.empty()) return stop(StopReason::CutInLinkHeader);
    const unsigned version = bytes[0] >> 4U;
    if (version == 4) return LinkHeader{IpVersion::V4, 0};
    if (version == 6) return LinkHeader{IpVersion::V6, 0};
    return stop(StopReason::IpVersion, version);
}

// DLT_NULL has the family in the byte order of the machine that captured, DLT_LOOP in network byte
// order. Families are small numbers, so either way two of the octets are 0.
Layer<LinkHeader> by_address_family(Bytes bytes) {
    if (bytes.size() < 4) return stop(StopReason::CutInLinkHeader);
    const std::uint32_t family =
        be16(bytes, 0) == 0 ? be32(bytes, 0) : bytes[0] | std::uint32_t{bytes[1]} << 8U;
    switch (family) {
        case 2:
            return LinkHeader{IpVersion::V4, 4};
        case 10:  // Linux
        case 24:  // NetBSD, OpenBSD
        case 28:  // FreeBSD
        case 30:  // macOS
            return LinkHeader{IpVersion::V6, 4};
    }
    return stop(StopReason::AddressFamily, family);
}

}  // namespace

Layer<LinkHeader> read_link_header(Bytes bytes, LinkType link) {
    switch (link) {
        case LinkType::Ethernet:
            return by_ether_type(bytes, 12, 14);
        case LinkType::RawIp:
            return by_ip_version(bytes);
        case LinkType::LinuxCookedV1:
            return by_ether_type(bytes, 14, 16);
        case LinkType::LinuxCookedV2:
            return by_ether_type(bytes, 0, 20);
        case LinkType::BsdLoopback:
            return by_address_family(bytes);
    }
    std::abort();  // no such link type
}

}  // namespace tcpstep::capture
