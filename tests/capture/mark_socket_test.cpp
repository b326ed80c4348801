#include "capture/mark_socket.hpp"

#include <utility>
#include <variant>
#include <vector>

#include "capture/live_capture.hpp"
#include "tests/capture/frame.hpp"
#include "tests/capture/in_private_network.hpp"
#include "tests/capture/loopback.hpp"

namespace tcpstep::capture {
namespace {

class MarkedPacket : public InFreshNetwork {};

/// From port 43512 to 8000, where nobody is, with FIN, PSH, ACK and that many octets.
Octets packet(Family family, std::size_t octets) {
    const Octets segment = with8(tcp_header(), 13, 0x19) + payload(octets);
    // To the source of frame.hpp's headers, which is this host.
    Octets whole = family == Family::V6 ? ipv6(segment) : ipv4(segment);
    if (family == Family::V6) whole[39] = 1;
    return whole;
}

TEST_F(MarkedPacket, IsWholeOnTheWireThoughItWasCut) {
    const MarkSocket wire = MarkSocket::open().value();
    struct Row {
        std::size_t cut;
        std::uint32_t length;
        bool fin;
    };
    for (const Row& row : {Row{0, 10, true}, Row{1, 9, false}, Row{4, 6, false}}) {
        for (const Family family : {Family::V4, Family::V6}) {
            SCOPED_TRACE(row.cut);
            auto capture = LiveCapture::open("lo", "tcp dst port 8000").value();
            Octets octets = packet(family, 10);
            octets.resize(octets.size() - row.cut);
            ASSERT_TRUE(wire.send(octets));
            std::vector<Packet> seen;
            ASSERT_TRUE(eventually([&] {
                (void)capture.drain([&](model::Time, Decoded decoded) {
                    seen.push_back(std::get<Packet>(std::move(decoded)));
                });
                return !seen.empty();
            }));
            EXPECT_EQ(seen[0].destination.ip.v6, family == Family::V6);
            EXPECT_EQ(seen[0].segment.length, row.length);
            EXPECT_EQ(seen[0].segment.flags.fin(), row.fin);
            EXPECT_TRUE(seen[0].segment.flags.has(model::Flags::kPsh | model::Flags::kAck));
        }
    }
}

TEST_F(MarkedPacket, CannotBeSentWithoutCapabilities) {
    EXPECT_EQ(in_child([]() -> std::string {
                  drop_capabilities();
                  const auto wire = MarkSocket::open();
                  return wire ? "opened" : wire.error().line();
              }),
              "raw socket: open: Operation not permitted - run tcpstep doctor");
}

}  // namespace
}  // namespace tcpstep::capture
