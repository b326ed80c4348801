#include "capture/segment_gate.hpp"

#include <cerrno>
#include <memory>
#include <optional>
#include <utility>
#include <variant>

#include <poll.h>
#include <sys/socket.h>

#include "capture/live_capture.hpp"
#include "capture/packet_builder.hpp"
#include "tests/capture/frame.hpp"
#include "tests/capture/gated.hpp"
#include "tests/capture/in_private_network.hpp"

namespace tcpstep::capture {
namespace {

class Gate : public InFreshNetwork {};
class GateOfFamily : public InFreshNetwork, public ::testing::WithParamInterface<Family> {};

INSTANTIATE_TEST_SUITE_P(Each, GateOfFamily, ::testing::Values(Family::V4, Family::V6),
                         [](const auto& param) { return param.param == Family::V4 ? "V4" : "V6"; });

TEST_P(GateOfFamily, StopsEachSegmentOfAHandshakeAndTheKernelWaits) {
    Gated gated;
    const Socket listener = listen_on(GetParam());
    const Socket client = begin_connect_to(listener.local());
    const auto ends = [&] { return states(client.local(), listener.local()); };

    const Held syn = gated.next();
    EXPECT_EQ(syn.kind(), "SYN");
    EXPECT_EQ(syn.packet.source, client.local());
    EXPECT_EQ(syn.packet.destination, listener.local());
    EXPECT_EQ(ends(), "SYN_SENT, -");
    EXPECT_FALSE(is_connected(client));

    // No waiting here, nor below: deliver() returns when the receiver's TCP has the segment.
    gated.deliver(syn);
    EXPECT_EQ(ends(), "SYN_SENT, SYN_RCVD");
    const Held syn_ack = gated.next();
    EXPECT_EQ(syn_ack.kind(), "SYN, ACK");
    EXPECT_FALSE(is_connected(client));

    gated.deliver(syn_ack);
    EXPECT_TRUE(is_connected(client));
    EXPECT_EQ(ends(), "ESTABLISHED, SYN_RCVD");
    const Held ack = gated.next();
    EXPECT_EQ(ack.kind(), "ACK");
    EXPECT_FALSE(can_accept(listener));

    gated.deliver(ack);
    EXPECT_TRUE(can_accept(listener));
    EXPECT_EQ(ends(), "ESTABLISHED, ESTABLISHED");
    EXPECT_TRUE(gated.nothing_waits());
    EXPECT_EQ(gated.gate.lost(), 0U);
}

TEST_P(GateOfFamily, StopsEachSegmentOfAFourWayClose) {
    Gated gated;
    GatedConnection connection = connect_through(gated, GetParam());
    const auto client = connection.client.local();
    const auto server = connection.server.local();

    connection.client.close();
    EXPECT_EQ(states(client, server), "FIN_WAIT_1, ESTABLISHED");
    EXPECT_EQ(gated.deliver_next().kind(), "FIN, ACK");
    EXPECT_EQ(states(client, server), "FIN_WAIT_1, CLOSE_WAIT");
    EXPECT_EQ(gated.deliver_next().kind(), "ACK");
    EXPECT_EQ(states(client, server), "FIN_WAIT_2, CLOSE_WAIT");
    connection.server.close();
    EXPECT_EQ(states(client, server), "FIN_WAIT_2, LAST_ACK");
    EXPECT_EQ(gated.deliver_next().kind(), "FIN, ACK");
    EXPECT_EQ(states(client, server), "TIME_WAIT, LAST_ACK");
    EXPECT_EQ(gated.deliver_next().kind(), "ACK");
    EXPECT_EQ(states(client, server), "TIME_WAIT, -");
}

TEST_F(Gate, StopsASegmentThatWasDroppedOnceMore) {
    Gated gated;
    const Socket listener = listen_on(Family::V4);
    const Socket client = begin_connect_to(listener.local());
    const Held first = gated.next();
    ASSERT_TRUE(gated.gate.drop(first.number));
    EXPECT_EQ(states(client.local(), listener.local()), "SYN_SENT, -");

    const Held again = gated.next();  // after a second
    EXPECT_EQ(again.kind(), "SYN");
    EXPECT_EQ(again.packet.segment.seq, first.packet.segment.seq);
    EXPECT_NE(again.number, first.number);
    gated.deliver(again);
    EXPECT_EQ(states(client.local(), listener.local()), "SYN_SENT, SYN_RCVD");
}

TEST_P(GateOfFamily, ACopyThatIsInjectedArrivesAndDoesNoHarm) {
    Gated gated;
    const GatedConnection connection = connect_through(gated, GetParam());
    send_octets(connection.client, pattern(1001));
    const Held data = gated.next();
    ASSERT_EQ(data.kind(), "PSH, ACK (1001)");

    ASSERT_TRUE(gated.gate.inject(data.bytes));
    EXPECT_EQ(read_octets(connection.server), pattern(1001));
    gated.deliver(data);
    EXPECT_TRUE(gated.deliver_until([&] { return gated.nothing_waits(); }));
    EXPECT_EQ(read_octets(connection.server), Octets());

    send_octets(connection.client, pattern(5));
    send_octets(connection.server, pattern(7));
    EXPECT_EQ(gated.deliver_next().kind(), "PSH, ACK (5)");
    EXPECT_EQ(gated.deliver_next().kind(), "PSH, ACK (7)");
    EXPECT_EQ(read_octets(connection.server), pattern(5));
    EXPECT_EQ(read_octets(connection.client), pattern(7));
    EXPECT_EQ(states(connection), "ESTABLISHED, ESTABLISHED");
}

TEST_P(GateOfFamily, AResetThatIsInjectedResetsItsReceiver) {
    Gated gated;
    const GatedConnection connection = connect_through(gated, GetParam());
    model::Segment reset;
    reset.flags = model::Flags(model::Flags::kRst);
    reset.seq = connection.client_next;
    ASSERT_TRUE(gated.gate.inject(
        build_packet(connection.client.local(), connection.server.local(), reset)));
    EXPECT_EQ(states(connection), "ESTABLISHED, -");
    char octet = 0;
    EXPECT_EQ(::recv(connection.server.descriptor(), &octet, 1, MSG_DONTWAIT), -1);
    EXPECT_EQ(errno, ECONNRESET);
    EXPECT_TRUE(gated.nothing_waits());
}

// Sends the octets until one segment holds them all: at first a segment has at most 32 KiB, half of
// the largest window seen so far, and the window grows with what was received.
Held hold_as_one_segment(Gated& gated, const GatedConnection& connection, const Octets& octets) {
    Held held;
    const bool one = eventually([&] {
        send_octets(connection.client, octets);
        held = gated.next();
        if (held.packet.segment.length == octets.size()) return true;
        gated.deliver(held);
        std::size_t got = 0;
        EXPECT_TRUE(gated.deliver_until([&] {
            got += read_octets(connection.server).size();
            return got == octets.size() && unacknowledged(connection.client) == 0;
        }));
        return false;
    });
    EXPECT_TRUE(one) << held.kind();
    return held;
}

TEST_P(GateOfFamily, WhatStopsIsWhatWasCaptured) {
    Gated gated;
    auto capture = LiveCapture::open("lo").value();
    const GatedConnection connection = connect_through(gated, GetParam());
    const Octets sent = pattern(60'000);
    const Held held = hold_as_one_segment(gated, connection, sent);
    ASSERT_EQ(held.kind(), "PSH, ACK (60000)");
    EXPECT_EQ(Octets(held.bytes.end() - 60'000, held.bytes.end()), sent);

    std::optional<Packet> last;
    EXPECT_TRUE(eventually([&] {
        (void)capture.drain(
            [&](model::Time, Decoded decoded) { last = std::get<Packet>(std::move(decoded)); });
        return last && last->segment.length == 60'000;
    }));
    EXPECT_EQ(last, held.packet) << "addresses, identification, headers";
}

// The kernel hands over at most 65531 octets of a packet.
TEST_P(GateOfFamily, OfTheLargestSegmentACopyCarriesABitLess) {
    Gated gated;
    const GatedConnection connection = connect_through(gated, GetParam());
    // 65535 octets with headers and time stamps, 65536 of IPv6: what loopback takes.
    const Octets sent = pattern(GetParam() == Family::V4 ? 65'535 - 52 : 65'536 - 72);
    const Held held = hold_as_one_segment(gated, connection, sent);
    ASSERT_EQ(held.bytes.size(), 65'531U);

    ASSERT_TRUE(gated.gate.inject(held.bytes));
    Octets received = read_octets(connection.server);
    EXPECT_EQ(received.size(), sent.size() - (GetParam() == Family::V4 ? 4 : 5));
    gated.deliver(held);
    const Octets rest = read_octets(connection.server);
    received.insert(received.end(), rest.begin(), rest.end());
    EXPECT_EQ(received, sent);
}

TEST_F(Gate, IsReadableOnlyWhenSomethingHasStopped) {
    Gated gated;
    pollfd ready{gated.gate.descriptor(), POLLIN, 0};
    EXPECT_EQ(::poll(&ready, 1, 0), 0);
    EXPECT_TRUE(gated.nothing_waits()) << "and drain() does not wait";
    const Socket listener = listen_on(Family::V4);
    const Socket client = begin_connect_to(listener.local());
    EXPECT_EQ(::poll(&ready, 1, 10'000), 1);
    EXPECT_EQ(gated.next().kind(), "SYN");
    EXPECT_EQ(::poll(&ready, 1, 0), 0);
}

TEST_F(Gate, DecidesOnASegmentOnce) {
    Gated gated;
    const Socket listener = listen_on(Family::V4);
    const Socket client = begin_connect_to(listener.local());
    const Held syn = gated.next();
    gated.deliver(syn);
    for (const auto& result : {gated.gate.deliver(syn.number), gated.gate.drop(syn.number),
                               gated.gate.deliver(syn.number + 1000)}) {
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::BadInput);
    }
    EXPECT_EQ(gated.next().kind(), "SYN, ACK");
}

TEST_F(Gate, LetsSegmentsPassWithinDrain) {
    Gated gated;
    GatedConnection connection = connect_through(gated, Family::V4);
    const Octets sent = pattern(1 << 20);
    Octets received;
    std::size_t taken = 0;
    EXPECT_TRUE(eventually([&] {
        const ssize_t now = ::send(connection.client.descriptor(), &sent[taken],
                                   sent.size() - taken, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (now > 0) taken += static_cast<std::size_t>(now);
        gated.gate.drain([&](const SegmentGate::Stopped& stopped) {
            EXPECT_TRUE(gated.gate.deliver(stopped.number));
        });
        const Octets more = read_octets(connection.server);
        received.insert(received.end(), more.begin(), more.end());
        return received.size() >= sent.size();
    }));
    EXPECT_EQ(received, sent);
    EXPECT_EQ(gated.gate.lost(), 0U);
}

TEST_F(Gate, DeliversInAnyOrder) {
    Gated gated;
    const GatedConnection connection = connect_through(gated, Family::V4);
    Octets sent;
    std::vector<Held> held;
    for (std::size_t octets = 1; octets <= 5; ++octets) {
        send_octets(connection.client, pattern(octets));
        held.push_back(gated.next());
        sent.insert(sent.end(), held.back().bytes.end() - static_cast<long>(octets),
                    held.back().bytes.end());
    }
    for (auto last = held.rbegin(); last != held.rend(); ++last) gated.deliver(*last);
    EXPECT_EQ(read_octets(connection.server), sent);
}

TEST_F(Gate, SaysHowManySegmentsItLost) {
    constexpr std::size_t kMoreThanItsBufferHolds = 500;
    Gated gated;
    const int octets = 65'536;
    ::setsockopt(gated.gate.descriptor(), SOL_SOCKET, SO_RCVBUF, &octets, sizeof octets);
    const Socket listener = listen_on(Family::V4);
    std::vector<Socket> clients;
    while (clients.size() < kMoreThanItsBufferHolds) {
        clients.push_back(begin_connect_to(listener.local()));
    }
    // Before any SYN is sent again, after a second.
    std::size_t stopped = 0;
    const std::uint64_t lost = gated.gate.lost();
    ASSERT_TRUE(gated.gate.drain([&](const SegmentGate::Stopped&) { ++stopped; }));
    EXPECT_GT(lost, 0U);
    EXPECT_EQ(stopped + lost, kMoreThanItsBufferHolds);
}

TEST_F(Gate, RefusesToInjectWhatIsNoSegment) {
    Gated gated;
    for (const Octets& octets :
         {Octets(), hex("45"), hex("60"), Octets(40, 0), ipv4(tcp_header(), {}, 17)}) {
        const auto injected = gated.gate.inject(octets);
        ASSERT_FALSE(injected);
        EXPECT_EQ(injected.error().kind, ErrorKind::BadInput) << injected.error().line();
    }
}

TEST_F(Gate, IsTheOnlyOneOfItsNetwork) {
    Gated gated;
    const auto second = SegmentGate::open();
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().line(),
              "segment gate: bind NFQUEUE's queue 0: Operation not permitted - end what else has "
              "queue 0 in this network");
    const Socket listener = listen_on(Family::V4);
    const Socket client = begin_connect_to(listener.local());
    EXPECT_EQ(gated.next().kind(), "SYN") << "the first is as it was";
}

TEST_F(Gate, CanBeOpenedAgainAfterItsEnd) {
    { const Gated gone; }
    Gated gated;
    const GatedConnection connection = connect_through(gated, Family::V4);
    EXPECT_EQ(states(connection), "ESTABLISHED, ESTABLISHED");
    EXPECT_TRUE(gated.nothing_waits()) << "stopped once, though the rule was made twice";
}

TEST_F(Gate, WhatItHoldsIsLostWithIt) {
    auto gone = std::make_unique<Gated>();
    const Socket listener = listen_on(Family::V4);
    const Socket client = begin_connect_to(listener.local());
    EXPECT_EQ(gone->next().kind(), "SYN");
    gone.reset();
    EXPECT_EQ(states(client.local(), listener.local()), "SYN_SENT, -");
    Gated gated;
    EXPECT_EQ(gated.next().kind(), "SYN") << "sent again after a second";
}

TEST_F(Gate, KeepsWhatItHoldsWhenItIsMoved) {
    Gated gated;
    const Socket listener = listen_on(Family::V4);
    const Socket client = begin_connect_to(listener.local());
    const Held syn = gated.next();
    SegmentGate moved = std::move(gated.gate);
    EXPECT_TRUE(moved.deliver(syn.number));
    EXPECT_EQ(states(client.local(), listener.local()), "SYN_SENT, SYN_RCVD");
}

std::string line_without_capabilities() {
    return in_child([]() -> std::string {
        drop_capabilities();
        const auto gate = SegmentGate::open();
        return gate ? "opened" : gate.error().line();
    });
}

TEST_F(Gate, IsForbiddenWithoutCapabilities) {
    EXPECT_EQ(line_without_capabilities(),
              "raw socket: open: Operation not permitted - run tcpstep doctor");
}

}  // namespace
}  // namespace tcpstep::capture
