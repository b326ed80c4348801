#include "app/exports/packets/packet_octets.hpp"

#include <algorithm>
#include <variant>

#include <gtest/gtest.h>

#include "capture/checksum.hpp"
#include "capture/packet.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::exports::packets {
namespace {

using namespace model;

// The decoder judges what was written.
capture::Decoded decoded(const PacketOctets& packet) {
    return capture::decode(packet.octets, capture::LinkType::RawIp,
                           static_cast<std::uint32_t>(packet.length));
}

ConnectionId ends(bool v6) {
    return {{*parse_ip(v6 ? "2001:db8::1" : "10.0.0.1"), 40000},
            {*parse_ip(v6 ? "2001:db8::2" : "10.0.0.2"), 80}};
}

Segment segment() {
    Segment s;
    s.from = Role::Server;
    s.seq = SeqNum(0xfffffff0);
    s.ack = SeqNum(77);
    s.flags = Flags(Flags::kPsh | Flags::kAck | Flags::kEce);
    s.window = 512;
    s.length = 5;
    s.payload = {'h', 'e', 'l', 'l', 'o'};
    return s;
}

TEST(PacketOctets, AreTheCapturedHeadersAndWhatIsKeptOfThePayload) {
    Segment s = segment();
    s.headers = {0x45, 1, 2, 3};
    s.length = 1000;
    const PacketOctets packet = packet_of(s, ends(false));
    EXPECT_EQ(packet.octets, (std::vector<std::uint8_t>{0x45, 1, 2, 3, 'h', 'e', 'l', 'l', 'o'}));
    EXPECT_EQ(packet.length, 1004U);
}

TEST(PacketOctets, WithoutHeadersAreMadeToSayTheSame) {
    for (const bool v6 : {false, true}) {
        Segment sent = segment();
        sent.options = {MaximumSegmentSize{1460}, SackPermitted{},
                        Timestamps{7, 3},         NoOperation{},
                        WindowScale{7},           FastOpen{false, {1, 2, 3, 4, 5, 6}},
                        OtherOption{99, {1, 2}}};
        const PacketOctets packet = packet_of(sent, ends(v6));
        const auto read = decoded(packet);
        const auto* found = std::get_if<capture::Packet>(&read);
        ASSERT_NE(found, nullptr);
        EXPECT_EQ(found->source, ends(v6).server);
        EXPECT_EQ(found->destination, ends(v6).client);
        Segment expected = sent;
        expected.from = found->segment.from;
        expected.headers = found->segment.headers;
        EXPECT_EQ(found->segment, expected);
        std::vector<std::uint8_t> summed = packet.octets;
        ASSERT_TRUE(capture::fill_in_checksums(summed));
        EXPECT_EQ(packet.octets, summed);
        const std::size_t urgent = (v6 ? 40 : 20) + 18;
        EXPECT_EQ(packet.octets[urgent] + packet.octets[urgent + 1], 0);
    }
}

TEST(PacketOctets, KnowTheLengthOfWhatIsNotKept) {
    Segment sent = segment();
    sent.length = 3000;
    const PacketOctets packet = packet_of(sent, ends(false));
    EXPECT_EQ(packet.octets.size(), 45U);
    EXPECT_EQ(packet.length, 3040U);
    const auto read = decoded(packet);
    EXPECT_EQ(std::get<capture::Packet>(read).segment.length, 3000U);
}

TEST(PacketOctets, OfADatagramAndOfTheErrorThatAnswersIt) {
    for (const bool v6 : {false, true}) {
        const ConnectionId id = ends(v6);
        const DatagramSent sent{Role::Client, id.client, id.server, 3, {'a', 'b', 'c'}};
        const PacketOctets packet = packet_of(sent);
        EXPECT_EQ(packet.length, packet.octets.size());
        const auto read = decoded(packet);
        const auto* datagram = std::get_if<capture::Datagram>(&read);
        ASSERT_NE(datagram, nullptr);
        EXPECT_EQ(*datagram, (capture::Datagram{id.client, id.server, 3, {'a', 'b', 'c'}}));
        const IcmpErrorSent error{Role::Server, static_cast<std::uint8_t>(v6 ? 1 : 3),
                                  static_cast<std::uint8_t>(v6 ? 4 : 3), id.client, id.server};
        const auto answer = decoded(packet_of(error, sent));
        const auto* icmp = std::get_if<capture::IcmpError>(&answer);
        ASSERT_NE(icmp, nullptr);
        EXPECT_EQ(*icmp, (capture::IcmpError{error.type, error.code, id.client, id.server}));
    }
}

}  // namespace
}  // namespace tcpstep::exports::packets
