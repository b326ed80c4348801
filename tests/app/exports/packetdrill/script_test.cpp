#include <chrono>
#include <sstream>
#include <vector>

#include <gtest/gtest.h>

#include "app/exports/format.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::exports::packetdrill {
namespace {

using namespace model;

std::string script(const Trace& trace, Role side) {
    Options options;
    options.side = side;
    std::ostringstream out;
    const auto written = find_format("packetdrill")->write({trace, options}, out);
    EXPECT_TRUE(written);
    return out.str();
}

// Without its heading.
std::string lines(const Trace& trace, Role side) {
    const std::string whole = script(trace, side);
    return whole.substr(std::min(whole.find("\n\n") + 2, whole.size()));
}

TEST(Packetdrill, TheServersSide) {
    EXPECT_EQ(script(testing::whole_run(), Role::Server),
              R"(// The four-way close: the server's side, as tcpstep 0.1.0 recorded it
// 127.0.0.1:43512-127.0.0.1:8000
--ip_version=ipv4
--bind_port=8000
--mtu=65535
// times are as they were measured: scheduling alone moves them by milliseconds; the shortest retransmission timeout of Linux is 200 ms
--tolerance_usecs=100000

+0.000000 socket(..., SOCK_STREAM, IPPROTO_TCP) = 4
+0.000020 bind(4, ..., ...) = 0  // 127.0.0.1:8000
+0.000020 listen(4, 10) = 0  // CLOSED → LISTEN
+0.000030...0.002110 accept(4, ..., ...) = 6
+0.002040 < S 0:0(0) win 65495 <mss 65495,sackOK,TS val 255474104 ecr 0,nop,wscale 7>  // LISTEN → SYN_RCVD
+0.000010 > S. 0:0(0) ack 1 win 65495 <mss 65495,sackOK,TS val 255474104 ecr 0,nop,wscale 7>
+0.000010 < . 1:1(0) ack 1 win 512 <nop,nop,TS val 255474104 ecr 255474104>  // SYN_RCVD → ESTABLISHED
+0.001060 < P. 1:6(5) ack 1 win 512 <nop,nop,TS val 255474104 ecr 255474104>
+0.000010 > . 1:1(0) ack 6 win 512 <nop,nop,TS val 255474104 ecr 255474104>
+0.000020 recv(6, ..., 5, 0) = 5
+0.000230 send(6, ..., 5, 0) = 5  // "hello"
+0.000010 > P. 1:6(5) ack 6 win 512 <nop,nop,TS val 255474104 ecr 255474104>
+0.000010 < . 6:6(0) ack 6 win 512 <nop,nop,TS val 255474104 ecr 255474104>
+0.000030...0.043080 recv(6, ..., 1, 0) = 0
+0.003020 < F. 6:6(0) ack 6 win 512 <nop,nop,TS val 255474104 ecr 255474104>  // ESTABLISHED → CLOSE_WAIT
+0.040020 > . 6:6(0) ack 7 win 512 <nop,nop,TS val 255474104 ecr 255474104>
+0.500040 close(6) = 0
+0.000010 > F. 6:6(0) ack 7 win 512 <nop,nop,TS val 255474104 ecr 255474104>  // CLOSE_WAIT → LAST_ACK
+0.000010 < . 7:7(0) ack 7 win 512 <nop,nop,TS val 255474104 ecr 255474104>  // LAST_ACK → CLOSED
)");
}

TEST(Packetdrill, TheClientsSide) {
    EXPECT_EQ(lines(testing::whole_run(), Role::Client),
              R"(+0.000000 socket(..., SOCK_STREAM, IPPROTO_TCP) = 5
+0.000020...0.000060 connect(5, ..., ...) = 0  // 127.0.0.1:8000
+0.000010 > S 0:0(0) win 65495 <mss 65495,sackOK,TS val 255474104 ecr 0,nop,wscale 7>  // CLOSED → SYN_SENT
+0.000010 < S. 0:0(0) ack 1 win 65495 <mss 65495,sackOK,TS val 255474104 ecr 0,nop,wscale 7>  // SYN_SENT → ESTABLISHED
+0.000010 > . 1:1(0) ack 1 win 512 <nop,nop,TS val 255474104 ecr 255474104>
+0.001050 send(5, ..., 5, 0) = 5  // "hello"
+0.000010 > P. 1:6(5) ack 1 win 512 <nop,nop,TS val 255474104 ecr 255474104>
+0.000010 < . 1:1(0) ack 6 win 512 <nop,nop,TS val 255474104 ecr 255474104>
+0.000040...0.000290 recv(5, ..., 5, 0) = 5
+0.000220 < P. 1:6(5) ack 6 win 512 <nop,nop,TS val 255474104 ecr 255474104>
+0.000010 > . 6:6(0) ack 6 win 512 <nop,nop,TS val 255474104 ecr 255474104>
+0.003040 close(5) = 0
+0.000010 > F. 6:6(0) ack 6 win 512 <nop,nop,TS val 255474104 ecr 255474104>  // ESTABLISHED → FIN_WAIT_1
+0.040020 < . 6:6(0) ack 7 win 512 <nop,nop,TS val 255474104 ecr 255474104>  // FIN_WAIT_1 → FIN_WAIT_2
+0.500050 < F. 6:6(0) ack 7 win 512 <nop,nop,TS val 255474104 ecr 255474104>  // FIN_WAIT_2 → TIME_WAIT
+0.000010 > . 7:7(0) ack 7 win 512 <nop,nop,TS val 255474104 ecr 255474104>
)");
}

// What the gate drops or injects is told at the end that it does not reach; what it absorbs was
// sent.
TEST(Packetdrill, OfSegmentsThatAreHeld) {
    EXPECT_EQ(lines(testing::busy_wire(), Role::Server),
              R"(+0.000000 socket(..., SOCK_STREAM, IPPROTO_TCP) = 4
+0.000020 bind(4, ..., ...) = 0  // 127.0.0.1:8000
+0.000020 listen(4, 10) = 0  // CLOSED → LISTEN
+0.000030...3.402250 accept(4, ..., ...) = 6
+1.002060 < S 0:0(0) win 65495 <mss 65495,sackOK,TS val 255474104 ecr 0,nop,wscale 7>  // LISTEN → SYN_RCVD
+0.000010 > S. 0:0(0) ack 1 win 65495 <mss 65495,sackOK,TS val 255474104 ecr 0,nop,wscale 7>
// segment 2 (SYN, ACK) is dropped: it never arrives
+1.000070 < S 0:0(0) win 65495 <mss 65495,sackOK,TS val 255474104 ecr 0,nop,wscale 7>
+0.000010 > S. 0:0(0) ack 1 win 65495 <mss 65495,sackOK,TS val 255474104 ecr 0,nop,wscale 7>  // sent again
+1.400050 < . 1:1(0) ack 1 win 512 <nop,nop,TS val 255474104 ecr 255474104>  // SYN_RCVD → ESTABLISHED
// segment 5 (PSH, ACK · 5 octets) is on its way twice
+0.200170 < P. 6:11(5) ack 1 win 512 <nop,nop,TS val 255474104 ecr 255474104>
+0.000010 < P. 1:6(5) ack 1 win 512 <nop,nop,TS val 255474104 ecr 255474104>
// segment 7 (PSH, ACK · 5 octets) is dropped: it never arrives
+0.000030 > . 1:1(0) ack 6 win 512 <nop,nop,TS val 255474104 ecr 255474104>
// segment 10 (RST) is injected: this end did not send it
// segment 8 (PSH, ACK · 5 octets) has not arrived when the trace ends
)");
    EXPECT_EQ(lines(testing::busy_wire(), Role::Client),
              R"(+0.000000 socket(..., SOCK_STREAM, IPPROTO_TCP) = 5
+0.000020...3.400200 connect(5, ..., ...) = 0  // 127.0.0.1:8000
+0.000010 > S 0:0(0) win 65495 <mss 65495,sackOK,TS val 255474104 ecr 0,nop,wscale 7>  // CLOSED → SYN_SENT
+1.000050 > S 0:0(0) win 65495 <mss 65495,sackOK,TS val 255474104 ecr 0,nop,wscale 7>  // sent again
+0.000010 > S 0:0(0) win 65495 <mss 65495,sackOK,TS val 255474104 ecr 0,nop,wscale 7>  // sent again
// segment 2 (SYN, ACK) is dropped: it never arrives
+2.000070 < S. 0:0(0) ack 1 win 65495 <mss 65495,sackOK,TS val 255474104 ecr 0,nop,wscale 7>  // SYN_SENT → ESTABLISHED
+0.000010 > . 1:1(0) ack 1 win 512 <nop,nop,TS val 255474104 ecr 255474104>
+0.400050 send(5, ..., 5, 0) = 5  // "hello"
+0.000010 > P. 1:6(5) ack 1 win 512 <nop,nop,TS val 255474104 ecr 255474104>
+0.000030 send(5, ..., 5, 0) = 5  // "again"
+0.000010 > P. 6:11(5) ack 1 win 512 <nop,nop,TS val 255474104 ecr 255474104>
// segment 5 (PSH, ACK · 5 octets) is on its way twice
+0.000060 > P. 11:16(5) ack 1 win 512 <nop,nop,TS val 255474104 ecr 255474104>
+0.000020 > P. 1:6(5) ack 1 win 512 <nop,nop,TS val 255474104 ecr 255474104>  // sent again
+1.200090 < . 1:1(0) ack 6 win 512 <nop,nop,TS val 255474104 ecr 255474104>
+0.000010 < R 1:1(0) win 512 <nop,nop,TS val 255474104 ecr 255474104>  // injected: the peer did not send it; ESTABLISHED → CLOSED
)");
}

TEST(Packetdrill, OfIpVersion6) {
    const std::string text = script(testing::whole_run(true), Role::Client);
    EXPECT_NE(text.find("--ip_version=ipv6\n--connect_port=8000\n"), std::string::npos) << text;
}

std::vector<CallArgument> on(std::int64_t fd) {
    return {{"fd", fd}};
}

// Nothing arrives, and yet the script must go on meanwhile.
TEST(Packetdrill, ACallThatEndsByItsOwnTimerHasItsEnd) {
    using namespace std::chrono_literals;
    constexpr Role C = Role::Client;
    testing::RunBuilder run(true);
    run.call(C, "socket").returns(C, "socket", 5);
    run.call(C, "connect", on(5)).send(C, Flags::kSyn, 0, 0).dropped(1);
    run.later(1s).send(C, Flags::kSyn, 0, 0).dropped(2).later(200ms);
    run.returns(C, "connect", -1, "ETIMEDOUT").call(C, "close", on(5)).returns(C, "close", 0);
    EXPECT_EQ(lines(run.trace, C),
              R"(+0.000000 socket(..., SOCK_STREAM, IPPROTO_TCP) = 5
+0.000020...1.200070 connect(5, ..., ...) = -1 ETIMEDOUT (Connection timed out)
+0.000010 > S 0:0(0) win 65495 <mss 65495,sackOK,TS val 255474104 ecr 0,nop,wscale 7>  // CLOSED → SYN_SENT
// segment 1 (SYN) is dropped: it never arrives
+1.000020 > S 0:0(0) win 65495 <mss 65495,sackOK,TS val 255474104 ecr 0,nop,wscale 7>  // sent again
// segment 2 (SYN) is dropped: it never arrives
// connect() ETIMEDOUT: SYN_SENT → CLOSED
+0.200030 close(5) = 0
)");
}

// It fails while what it sent is sent again and again; one that is on its way back does not wait.
TEST(Packetdrill, ASendThatWaitsForRoomHasItsEnd) {
    using namespace std::chrono_literals;
    constexpr Role C = Role::Client;
    constexpr std::uint16_t kData = Flags::kPsh | Flags::kAck;
    testing::RunBuilder run;
    run.call(C, "socket").returns(C, "socket", 5).call(C, "connect", on(5));
    run.send(C, Flags::kSyn, 0, 0).send(Role::Server, Flags::kSyn | Flags::kAck, 0, 1);
    run.send(C, Flags::kAck, 1, 1).returns(C, "connect", 0);
    run.call(C, "send", {{"fd", std::int64_t{5}}, {"data", "hello"}});
    run.send(C, kData, 1, 1, 5).send(Role::Server, Flags::kAck, 1, 6).returns(C, "send", 5);
    run.call(C, "send", {{"fd", std::int64_t{5}}, {"data", "again"}});
    run.send(C, kData, 6, 1, 5).later(1s).send(C, kData, 6, 1, 5);
    run.returns(C, "send", -1, "ETIMEDOUT");
    const std::string text = lines(run.trace, C);
    EXPECT_NE(text.find("\n+0.000020 send(5, ..., 5, 0) = 5  // \"hello\"\n"), std::string::npos)
        << text;
    EXPECT_NE(text.find("\n+0.000020...1.000050 send(5, ..., 5, 0) = -1 ETIMEDOUT ("),
              std::string::npos)
        << text;
}

// The server's SYN,ACK meets no socket, and the RST makes the server forget its number.
TEST(Packetdrill, NumbersAreRelativeThoughNobodyKeepsThem) {
    constexpr Role C = Role::Client;
    constexpr Role S = Role::Server;
    testing::RunBuilder run(true);
    run.call(S, "socket").returns(S, "socket", 4).call(S, "listen", on(4)).returns(S, "listen", 0);
    run.call(C, "socket").returns(C, "socket", 5);
    run.call(C, "connect", on(5)).send(C, Flags::kSyn, 0, 0);
    run.returns(C, "connect", -1, "ETIMEDOUT").delivered(1);
    run.send(S, Flags::kSyn | Flags::kAck, 0, 1).delivered(2).send(C, Flags::kRst, 1, 0);
    run.delivered(3);
    for (const Role side : {S, C}) {
        const std::string text = lines(run.trace, side);
        EXPECT_NE(text.find(" S. 0:0(0) ack 1 "), std::string::npos) << text;
        EXPECT_NE(text.find(" R 1:1(0) "), std::string::npos) << text;
    }
}

TEST(Packetdrill, AnAcceptOfAnotherConnectionIsAComment) {
    constexpr Role S = Role::Server;
    testing::RunBuilder run;
    run.call(S, "socket").returns(S, "socket", 4).call(S, "listen", on(4)).returns(S, "listen", 0);
    run.call(S, "accept", on(4));
    run.send(Role::Client, Flags::kSyn, 0, 0).send(S, Flags::kSyn | Flags::kAck, 0, 1);
    run.send(Role::Client, Flags::kRst, 1, 0);
    // It comes from another port.
    const std::vector<Event> first = run.trace.events();
    ConnectionId other = run.trace.connections().front();
    ++other.client.port;
    const ConnectionIndex second = run.trace.intern(other);
    for (Event event : first) {
        auto* sent = std::get_if<SegmentSent>(&event.fact);
        if (sent == nullptr) continue;
        sent->segment.id += 10;
        if (sent->segment.flags.rst()) sent->segment.flags = Flags(Flags::kAck);
        sent->segment.ack = SeqNum(testing::RunBuilder::kServerIss + 1);
        if (sent->segment.from == S)
            sent->segment.ack = SeqNum(testing::RunBuilder::kClientIss + 1);
        run.trace.append({run.now(), second, *sent});
    }
    run.returns(S, "accept", 6).call(S, "close", on(6)).returns(S, "close", 0);
    const std::string text = lines(run.trace, S);
    EXPECT_NE(text.find("\n// accept() = 6 is of another connection\n"), std::string::npos) << text;
    EXPECT_NE(text.find("\n// close(6) = 0 is of another connection\n"), std::string::npos) << text;
}

TEST(Packetdrill, AnEndThatMadeNoCallIsSaidToHaveMadeNone) {
    const auto with = [](bool lab) {
        Trace trace;
        trace.intern(
            {*parse_socket_address("127.0.0.1:43512"), *parse_socket_address("127.0.0.1:8000")});
        if (lab) {
            Scenario scenario;
            scenario.lab = true;
            trace.append({Time{}, std::nullopt, scenario});
        }
        Segment syn;
        syn.id = 1;
        syn.flags = Flags(Flags::kSyn);
        trace.append({Time{}, 0, SegmentSent{syn}});
        return script(trace, Role::Server);
    };
    EXPECT_NE(with(true).find("// the server made no call: its kernel answers by itself\n"),
              std::string::npos)
        << with(true);
    EXPECT_NE(with(false).find("// which calls were made is not known"), std::string::npos);
}

TEST(Packetdrill, DatagramsHaveTheirPorts) {
    Trace trace;
    Scenario scenario;
    scenario.lab = true;
    scenario.tcp = false;
    trace.append({Time{}, std::nullopt, scenario});
    CallEntered bind;
    bind.id = 1;
    bind.endpoint = Role::Server;
    bind.call = "bind";
    bind.arguments = {{"fd", std::int64_t{3}}, {"address", std::string("127.0.0.1:8000")}};
    trace.append({Time{}, std::nullopt, bind});
    CallReturned bound;
    bound.id = 1;
    bound.endpoint = Role::Server;
    bound.call = "bind";
    trace.append({Time{}, std::nullopt, bound});
    for (const char* source : {"127.0.0.1:9000", "127.0.0.1:41000"}) {
        DatagramSent sent;
        sent.source = *parse_socket_address(source);
        sent.destination = *parse_socket_address("127.0.0.1:8000");
        sent.length = 1;
        sent.payload = {'x'};
        trace.append({Time{}, std::nullopt, sent});
    }
    const std::string text = script(trace, Role::Server);
    EXPECT_NE(text.find("\n--ip_version=ipv4\n--bind_port=8000\n"), std::string::npos) << text;
    EXPECT_NE(text.find("< udp (1)  // \"x\"\n"), std::string::npos) << text;
    EXPECT_NE(text.find("// \"x\"; port 41000 > 8000: packetdrill has one port at each end\n"),
              std::string::npos)
        << text;
}

TEST(Packetdrill, ACallThatDoesNotReturnIsAComment) {
    const std::string text = script(testing::held_handshake(), Role::Client);
    EXPECT_NE(text.find("// does not return: connect(127.0.0.1:8000)\n"), std::string::npos)
        << text;
    EXPECT_NE(text.find("// segment 2 (SYN, ACK) has not arrived when the trace ends\n"),
              std::string::npos)
        << text;
}

TEST(Packetdrill, WhatItsNumbersCannotSayIsAComment) {
    testing::RunBuilder run;
    run.send(Role::Client, Flags::kSyn, 0, 0)
        .send(Role::Server, Flags::kSyn | Flags::kAck, 0, 1)
        .send(Role::Client, Flags::kAck, 0xffffffff, 1, 5)
        .send(Role::Client, Flags::kAck, 1, 1, 65500)
        .send(Role::Client, Flags::kAck, 0xffffffff, 1);
    const std::string text = lines(run.trace, Role::Server);
    EXPECT_NE(text.find("// packetdrill has no words for: . 4294967295:4(5) ack 1\n"),
              std::string::npos)
        << text;
    EXPECT_NE(text.find("// packetdrill has no words for: . 1:65501(65500) ack 1\n"),
              std::string::npos)
        << text;
    EXPECT_NE(text.find(" < . 4294967295:4294967295(0) ack 1 "), std::string::npos) << text;
    EXPECT_NE(script(run.trace, Role::Server).find("// the server made no call"),
              std::string::npos);
}

}  // namespace
}  // namespace tcpstep::exports::packetdrill
