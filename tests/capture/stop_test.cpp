#include "capture/stop.hpp"

#include <gtest/gtest.h>

namespace tcpstep::capture {
namespace {

TEST(Stop, IsASentenceAndEitherNoTcpOrMalformed) {
    struct Row {
        Stop stop;
        bool malformed;
        const char* sentence;
    };
    const Row kRows[] = {
        {{StopReason::Ieee8023Frame}, false, "IEEE 802.3 frame"},
        {{StopReason::EtherType, 0x0806}, false, "EtherType 0x0806"},
        {{StopReason::IpVersion, 5}, false, "IP version 5"},
        {{StopReason::AddressFamily, 7}, false, "address family 7"},
        {{StopReason::IpProtocol, 17}, false, "IP protocol 17"},
        {{StopReason::LaterFragment, 1480}, false, "fragment at octet 1480"},
        {{StopReason::CutInLinkHeader}, false, "capture ends inside the link header"},
        {{StopReason::CutInIpv4Header}, false, "capture ends inside the IPv4 header"},
        {{StopReason::CutInIpv6Header}, false, "capture ends inside the IPv6 header"},
        {{StopReason::CutInExtensions}, false, "capture ends inside the IPv6 extension headers"},
        {{StopReason::CutInTcpHeader}, false, "capture ends before the flags of the TCP header"},
        {{StopReason::OtherVersionInIpv4, 6}, true, "IP version 6 in an IPv4 packet"},
        {{StopReason::OtherVersionInIpv6, 4}, true, "IP version 4 in an IPv6 packet"},
        {{StopReason::ShortIpv4Header, 4}, true, "IPv4 header of 4 words is less than 5"},
        {{StopReason::ShortIpv4Length, 19, 24},
         true,
         "IPv4 total length of 19 is less than its header of 24"},
        {{StopReason::LongExtension}, true, "IPv6 extension header reaches beyond the packet"},
        {{StopReason::ShortTcp, 7}, true, "7 octets are too few for a TCP header of at least 20"},
        {{StopReason::ShortTcpHeader, 4}, true, "TCP data offset of 4 words is less than 5"},
        {{StopReason::LongTcpHeader, 20, 24}, true, "TCP header of 24 octets in a segment of 20"},
    };
    for (const Row& row : kRows) {
        EXPECT_EQ(to_string(row.stop), row.sentence);
        EXPECT_EQ(row.stop.malformed(), row.malformed) << row.sentence;
    }
    EXPECT_EQ(std::size(kRows), static_cast<std::size_t>(StopReason::LongTcpHeader) + 1);
}

}  // namespace
}  // namespace tcpstep::capture
