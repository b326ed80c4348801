#include "capture/packet_builder.hpp"

#include <variant>

#include <gtest/gtest.h>

#include "capture/checksum.hpp"
#include "capture/packet.hpp"

namespace tcpstep::capture {
namespace {

TEST(BuiltPacket, IsReadBackAsWhatItWasBuiltFrom) {
    struct Row {
        const char* source;
        const char* destination;
        std::uint16_t flags;
    };
    using F = model::Flags;
    const Row kRows[] = {
        {"127.0.0.1:43512", "127.0.0.2:8000", F::kRst},
        {"127.0.0.1:1", "127.0.0.1:65535", F::kRst | F::kAck},
        {"[::1]:43512", "[::2]:8000", F::kRst | F::kAck},
        {"[::1]:43512", "[::1]:8000", F::kAe | F::kCwr | F::kEce | F::kUrg | F::kPsh | F::kSyn},
        {"10.0.0.1:80", "10.0.0.2:81", F::kFin},
    };
    for (const Row& row : kRows) {
        SCOPED_TRACE(row.source);
        const auto source = *model::parse_socket_address(row.source);
        const auto destination = *model::parse_socket_address(row.destination);
        model::Segment segment;
        segment.seq = model::SeqNum(0xfffffffe);
        segment.ack = model::SeqNum(0x80000001);
        segment.flags = F(row.flags);
        segment.window = 502;

        const auto packet = build_packet(source, destination, segment);
        const auto size = static_cast<std::uint32_t>(packet.size());
        EXPECT_EQ(size, source.ip.v6 ? 60U : 40U);
        const Decoded decoded = decode(packet, LinkType::RawIp, size);
        ASSERT_TRUE(std::holds_alternative<Packet>(decoded));
        const auto& read = std::get<Packet>(decoded);
        EXPECT_EQ(read.source, source);
        EXPECT_EQ(read.destination, destination);
        EXPECT_EQ(read.ip_id, 0U);
        segment.headers = packet;
        EXPECT_EQ(read.segment, segment);

        auto filled = packet;
        ASSERT_TRUE(fill_in_checksums(filled));
        EXPECT_EQ(filled, packet);
    }
}

}  // namespace
}  // namespace tcpstep::capture
