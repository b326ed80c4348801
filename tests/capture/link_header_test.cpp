#include "capture/link_header.hpp"

#include <optional>
#include <string>

#include <gtest/gtest.h>
#include <pcap/dlt.h>

#include "capture/link_type.hpp"
#include "tests/capture/frame.hpp"

namespace tcpstep::capture {
namespace {

const std::string kMacs = "00000000000000000000 0000";

TEST(LinkHeader, TellsWhereWhichIpHeaderBegins) {
    struct Row {
        LinkType link;
        std::string bytes;
        LinkHeader header;
    };
    const Row kRows[] = {
        {LinkType::Ethernet, kMacs + "0800 45", {IpVersion::V4, 14}},
        {LinkType::Ethernet, kMacs + "86dd 60", {IpVersion::V6, 14}},
        {LinkType::Ethernet, kMacs + "0800", {IpVersion::V4, 14}},
        {LinkType::Ethernet, kMacs + "8100 0005 0800 45", {IpVersion::V4, 18}},
        {LinkType::Ethernet, kMacs + "88a8 0005 8100 0006 86dd", {IpVersion::V6, 22}},
        {LinkType::Ethernet, kMacs + "9100 0005 8100 0006 0800", {IpVersion::V4, 22}},
        {LinkType::RawIp, "45", {IpVersion::V4, 0}},
        {LinkType::RawIp, "60", {IpVersion::V6, 0}},
        {LinkType::LinuxCookedV1, "0000 0304 0006 0000000000000000 0800", {IpVersion::V4, 16}},
        {LinkType::LinuxCookedV1,
         "0000 0304 0006 0000000000000000 8100 0005 86dd",
         {IpVersion::V6, 20}},
        {LinkType::LinuxCookedV2,
         "86dd 0000 00000001 0304 00 06 0000000000000000",
         {IpVersion::V6, 20}},
        {LinkType::BsdLoopback, "02000000", {IpVersion::V4, 4}},
        {LinkType::BsdLoopback, "00000002", {IpVersion::V4, 4}},
        {LinkType::BsdLoopback, "1c000000", {IpVersion::V6, 4}},
        {LinkType::BsdLoopback, "0000001e", {IpVersion::V6, 4}},
    };
    for (const Row& row : kRows) {
        const auto header = read_link_header(hex(row.bytes), row.link);
        ASSERT_TRUE(header.has_value()) << row.bytes;
        EXPECT_EQ(*header, row.header) << row.bytes;
    }
}

TEST(LinkHeader, TellsWhatIsNotIp) {
    struct Row {
        LinkType link;
        std::string bytes;
        Stop stop;
    };
    const Row kRows[] = {
        {LinkType::Ethernet, kMacs + "0806 0001", {StopReason::EtherType, 0x0806}},
        {LinkType::Ethernet, kMacs + "8100 0005 0806", {StopReason::EtherType, 0x0806}},
        {LinkType::Ethernet, kMacs + "0026 4242", {StopReason::Ieee8023Frame}},
        {LinkType::RawIp, "50", {StopReason::IpVersion, 5}},
        {LinkType::LinuxCookedV2,
         "0806 0000 00000001 0304 00 06 0000000000000000",
         {StopReason::EtherType, 0x0806}},
        {LinkType::BsdLoopback, "07000000", {StopReason::AddressFamily, 7}},
    };
    for (const Row& row : kRows) {
        const auto header = read_link_header(hex(row.bytes), row.link);
        ASSERT_FALSE(header.has_value()) << row.bytes;
        EXPECT_EQ(header.error(), row.stop) << row.bytes;
    }
}

TEST(LinkHeader, CutOffIsMalformed) {
    struct Row {
        LinkType link;
        std::string bytes;
    };
    const Row kRows[] = {
        {LinkType::Ethernet, kMacs + "0800"},
        {LinkType::Ethernet, kMacs + "88a8 0005 8100 0006 86dd"},
        {LinkType::RawIp, "45"},
        {LinkType::LinuxCookedV1, "0000 0304 0006 0000000000000000 0800"},
        {LinkType::LinuxCookedV2, "0800 0000 00000001 0304 00 06 0000000000000000"},
        {LinkType::BsdLoopback, "02000000"},
    };
    for (const Row& row : kRows) {
        const Octets whole = hex(row.bytes);
        for (std::size_t size = 0; size < whole.size(); ++size) {
            const auto header = read_link_header(Bytes(whole).first(size), row.link);
            ASSERT_FALSE(header.has_value()) << row.bytes << " cut to " << size;
            EXPECT_EQ(header.error(), Stop{StopReason::CutInLinkHeader});
        }
    }
}

TEST(LinkType, IsKnownForTheNumbersOfLibpcap) {
    struct Row {
        int dlt;
        std::optional<LinkType> link;
    };
    const Row kRows[] = {
        {DLT_EN10MB, LinkType::Ethernet},
        {DLT_RAW, LinkType::RawIp},
        {DLT_IPV4, LinkType::RawIp},
        {DLT_IPV6, LinkType::RawIp},
        {DLT_LINUX_SLL, LinkType::LinuxCookedV1},
        {DLT_LINUX_SLL2, LinkType::LinuxCookedV2},
        {DLT_NULL, LinkType::BsdLoopback},
        {DLT_LOOP, LinkType::BsdLoopback},
        {DLT_IEEE802_11, std::nullopt},
        {-1, std::nullopt},
    };
    for (const Row& row : kRows) EXPECT_EQ(link_type_of(row.dlt), row.link) << row.dlt;
}

}  // namespace
}  // namespace tcpstep::capture
