#include "model/connection.hpp"

#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "model/timeline.hpp"
#include "tests/model/story.hpp"

namespace tcpstep::model {
namespace {

using testing::Story;

TEST(Connection, AGatedSegmentIsInFlightUntilItIsDelivered) {
    Story story;
    story.lab(true).listen().client("S", 0);
    ASSERT_EQ(story.result().in_flight.size(), 1U);
    EXPECT_FALSE(story.result().in_flight[0].held);
    EXPECT_EQ(story.result().server.state(), State::Listen);

    story.fact(SegmentHeld{1});
    EXPECT_TRUE(story.result().in_flight[0].held);

    story.fact(SegmentDelivered{1});
    EXPECT_TRUE(story.result().in_flight.empty());
    EXPECT_EQ(story.result().server.state(), State::SynRcvd);
}

TEST(Connection, ADroppedSegmentNeverArrives) {
    Story story;
    story.lab(true).listen().client("S", 0).fact(SegmentDropped{1}).fact(SegmentDelivered{1});
    EXPECT_EQ(story.result().server.state(), State::Listen);
    EXPECT_EQ(story.result().client.state(), State::SynSent);
}

TEST(Connection, ACopyArrivesBesideTheOriginal) {
    Story story;
    story.lab(true).listen().client("S", 0).fact(SegmentDuplicated{1, 2}).fact(SegmentDropped{1});
    ASSERT_EQ(story.result().in_flight.size(), 1U);
    story.fact(SegmentDelivered{2});
    EXPECT_EQ(story.result().server.state(), State::SynRcvd);
}

TEST(Connection, ACopyStandsRightBehindAndAnInjectedSegmentBeforeAll) {
    Story story;
    story.lab(true).listen().client("S", 0).client("S", 0).fact(SegmentHeld{1});
    story.fact(SegmentDuplicated{1, 3});
    Segment rst;
    rst.id = 4;
    story.fact(SegmentInjected{rst});
    const Connection connection = story.result();
    std::vector<SegmentId> order;
    for (const InFlight& one : connection.in_flight) order.push_back(one.segment.id);
    EXPECT_EQ(order, (std::vector<SegmentId>{4, 1, 3, 2}));
    EXPECT_TRUE(connection.in_flight[2].held) << "as what it copies";
    EXPECT_EQ(next_held(connection)->segment.id, 4U);
}

TEST(Connection, WhatIsHeldBackStandsBehindAnother) {
    struct Case {
        SegmentId id, behind;
        std::vector<SegmentId> order;
    };
    for (const Case& c : {Case{1, 2, {2, 1, 3}}, Case{1, 3, {2, 3, 1}}, Case{3, 1, {1, 3, 2}},
                          Case{2, 2, {1, 2, 3}}, Case{1, 0, {1, 2, 3}}, Case{9, 1, {1, 2, 3}}}) {
        Story story;
        story.lab(true).listen().client("S", 0).client("S", 0).client("S", 0);
        story.fact(SegmentHeldBack{c.id, c.behind});
        std::vector<SegmentId> order;
        for (const InFlight& one : story.result().in_flight) order.push_back(one.segment.id);
        EXPECT_EQ(order, c.order) << c.id << " behind " << c.behind;
        const bool waits = c.behind == 0;
        EXPECT_EQ(story.result().in_flight[0].held_back, waits) << c.id << " behind " << c.behind;
        story.fact(SegmentHeld{c.id});
        EXPECT_FALSE(story.result().in_flight[0].held_back);
    }
}

TEST(Connection, AnAbsorbedCopyIsNotNextUntilItStandsForItself) {
    Story story;
    story.lab(true).listen().client("S", 0).fact(SegmentHeld{1});
    Segment again = story.result().in_flight[0].segment;
    again.id = 2;
    story.fact(SegmentSent{again, 1});
    EXPECT_EQ(absorbed_copies(story.result(), 1), 1U);
    EXPECT_EQ(next_held(story.result())->segment.id, 1U);
    story.fact(SegmentDropped{1});
    EXPECT_EQ(next_held(story.result()), nullptr);
    story.fact(SegmentHeld{2});
    EXPECT_EQ(absorbed_copies(story.result(), 1), 0U);
    EXPECT_EQ(next_held(story.result())->segment.id, 2U);
}

TEST(Connection, InSlowMotionASegmentGoesOnByItself) {
    Story story;
    story.lab(true).listen().client("S", 0).fact(SegmentHeld{1, 400});
    const Connection connection = story.result();
    EXPECT_EQ(connection.in_flight[0].passes_at,
              story.trace().events().back().time + std::chrono::milliseconds(400));
    EXPECT_EQ(next_held(connection), nullptr) << "it waits for nobody";
    story.fact(SegmentHeld{1});
    EXPECT_EQ(story.result().in_flight[0].passes_at, std::nullopt);
}

// Linux: tcp_conn_request() and tcp_v4_syn_recv_sock().
TEST(Connection, AFullAcceptQueueIgnoresSynAndThirdSegment) {
    const ListenerSampled full{2, 1, 1};
    const ListenerSampled room{1, 1, 1};
    for (const auto& [queue, state] :
         {std::pair{full, State::SynRcvd}, std::pair{room, State::Established}}) {
        Story story;
        story.lab(true).listen().client("S", 0).fact(SegmentDelivered{1}).server("SA", 0, 1);
        story.fact(SegmentDelivered{2}).client("A", 1, 1).fact(queue).fact(SegmentDelivered{3});
        EXPECT_EQ(story.result().server.state(), state);
        EXPECT_EQ(story.result().client.state(), State::Established);
    }
    Story story;
    story.lab(true).listen().client("S", 0).fact(full).fact(SegmentDelivered{1});
    EXPECT_EQ(story.result().server.state(), State::Listen);
}

// Linux: with backlog 0 the second SYN that waits for its third segment is answered with a cookie.
// The server keeps nothing of that connection, whatever its client believes.
TEST(Connection, WithoutRoomForARequestTheListenerStaysAListener) {
    const ListenerSampled no_room{0, 0, 1};
    Story story;
    story.lab(true).listen().fact(no_room).client("S", 0).fact(SegmentDelivered{1});
    EXPECT_EQ(story.result().server.state(), State::Listen);
    EXPECT_TRUE(story.result().server.awaits_cookie());
    story.server("SA", 0, 1).fact(SegmentDelivered{2}).client("A", 1, 1);
    EXPECT_EQ(story.result().client.state(), State::Established);
    EXPECT_EQ(story.result().server.state(), State::Listen);
    const Story before_third = story;

    // Somebody else has the only place in the accept queue.
    story.fact(ListenerSampled{1, 0, 0}).fact(SegmentDelivered{3});
    EXPECT_EQ(story.result().server.state(), State::Listen);
    EXPECT_EQ(story.result().client.state(), State::Established);
    // What the client sends then brings the cookie, too.
    story.client("PA", 1, 1, 5).fact(ListenerSampled{0, 0, 0}).fact(SegmentDelivered{4});
    EXPECT_EQ(story.states(Role::Server), "CLOSED LISTEN ESTABLISHED");
    EXPECT_EQ(story.result().server.octets_received(), 5U);

    Story room = before_third;
    room.fact(ListenerSampled{0, 0, 0}).fact(SegmentDelivered{3});
    EXPECT_EQ(room.states(Role::Server), "CLOSED LISTEN ESTABLISHED");
    EXPECT_EQ(room.result().server.snd_una(), room.result().client.rcv_nxt());
}

// A listener that waits so long for data, up to where the third segment (3) is on its way.
Story deferring(std::int64_t seconds) {
    Story story;
    story.lab(true)
        .call(Role::Server, "setsockopt",
              {{"fd", std::int64_t{3}}, {"option", "TCP_DEFER_ACCEPT"}, {"value", seconds}})
        .listen()
        .client("S", 0)
        .fact(SegmentDelivered{1})
        .server("SA", 0, 1)
        .fact(SegmentDelivered{2})
        .client("A", 1, 1);
    return story;
}

// Linux: tcp_check_req().
TEST(Connection, WithTcpDeferAcceptTheThirdSegmentAloneOpensNothing) {
    Story story = deferring(5);
    story.fact(SegmentDelivered{3});
    EXPECT_EQ(story.result().server.state(), State::SynRcvd);
    EXPECT_EQ(story.result().client.state(), State::Established);
    Story data = story;
    data.client("PA", 1, 1, 5).fact(SegmentDelivered{4});
    EXPECT_EQ(data.states(Role::Server), "CLOSED LISTEN SYN_RCVD ESTABLISHED");
    EXPECT_EQ(data.result().server.octets_received(), 5U);
    Story fin = story;
    fin.client("FA", 1, 1).fact(SegmentDelivered{4});
    EXPECT_EQ(fin.result().server.state(), State::CloseWait);
    Story reset = story;
    reset.client("R", 1).fact(SegmentDelivered{4});
    EXPECT_EQ(reset.result().server.state(), State::Listen);
    Story another = story;
    another.client("A", 1, 1).fact(SegmentDelivered{4});
    EXPECT_EQ(another.result().server.state(), State::SynRcvd) << "another such ACK";
    // The last timeout: the SYN,ACK is sent again, and the ACK of that counts.
    story.wait(std::chrono::seconds(7)).server("SA", 0, 1).fact(SegmentDelivered{4});
    story.client("A", 1, 1).fact(SegmentDelivered{5});
    EXPECT_EQ(story.result().server.state(), State::Established);
}

TEST(Connection, TcpDeferAcceptCanBeOffOrOver) {
    EXPECT_EQ(deferring(0).fact(SegmentDelivered{3}).result().server.state(), State::Established);
    // The third segment was long on its way: one timeout of one, one of two.
    for (const auto& [seconds, state] :
         {std::pair{1, State::Established}, std::pair{2, State::SynRcvd}}) {
        Story late = deferring(seconds);
        late.wait(std::chrono::seconds(1)).server("SA", 0, 1).fact(SegmentDelivered{3});
        EXPECT_EQ(late.result().server.state(), state);
    }
    // The answer to the SYN that came again is no timeout.
    Story again = deferring(1);
    again.client("S", 0).fact(SegmentDelivered{4}).server("SA", 0, 1).fact(SegmentDelivered{3});
    EXPECT_EQ(again.result().server.state(), State::SynRcvd);
}

// The ACK that was dropped leaves its timestamp (RFC 7323): what was sent before it is too old.
TEST(Connection, AnAckThatTcpDeferAcceptDropsLeavesItsTimestamp) {
    for (const auto& [sent, state] :
         {std::pair{99U, State::SynRcvd}, std::pair{200U, State::Established}}) {
        Story story;
        story.lab(true).listen();
        story.call(Role::Server, "setsockopt",
                   {{"fd", std::int64_t{3}}, {"option", "TCP_DEFER_ACCEPT"}, {"value", 5}});
        story.clock(90).client("S", 0).fact(SegmentDelivered{1});
        story.clock(7, 90).server("SA", 0, 1).fact(SegmentDelivered{2});
        story.clock(100, 7).client("A", 1, 1).fact(SegmentDelivered{3});
        story.clock(sent, 7).client("PA", 1, 1, 5).fact(SegmentDelivered{4});
        EXPECT_EQ(story.result().server.state(), state) << sent;
    }
}

TEST(Connection, WhatAnotherConnectionsSocketIsGivenDoesNotReachThisOne) {
    Story story;
    story.lab(true).listen().client("S", 0).fact(SegmentDelivered{1, 2});
    EXPECT_TRUE(story.result().in_flight.empty());
    EXPECT_EQ(story.result().server.state(), State::Listen);
}

TEST(Connection, OnlyTheAckOfItsCookieOpensAListener) {
    for (const auto& [seq, ack] : {std::pair{1U, 2U}, std::pair{2U, 1U}}) {
        Story story;
        story.lab(true).listen().fact(ListenerSampled{0, 0, 1}).client("S", 0);
        story.fact(SegmentDelivered{1}).server("SA", 0, 1).client("A", seq, ack);
        story.fact(SegmentDelivered{3});
        EXPECT_EQ(story.result().server.state(), State::Listen);
    }
    // With room again the SYN, sent anew, is kept as always.
    Story story;
    story.lab(true).listen().fact(ListenerSampled{0, 0, 1}).client("S", 0);
    story.fact(SegmentDelivered{1}).server("SA", 0, 1).fact(ListenerSampled{0, 0, 0});
    story.client("S", 0).fact(SegmentDelivered{3});
    EXPECT_EQ(story.result().server.state(), State::SynRcvd);
    EXPECT_FALSE(story.result().server.awaits_cookie());
}

TEST(Connection, TimeWaitEndsWhenTheKernelSaysSoAfterAMinute) {
    for (const auto& [seconds, state] :
         {std::pair{1, State::TimeWait}, std::pair{61, State::Closed}}) {
        Story story;
        story.lab().handshake().four_way_close();
        ASSERT_EQ(story.result().client.state(), State::TimeWait);
        Trace trace = story.trace();
        SocketSampled gone;
        gone.endpoint = Role::Client;
        gone.state = State::Closed;
        trace.append(
            {trace.events().back().time + std::chrono::seconds(seconds), ConnectionIndex{0}, gone});
        const Timeline timeline(trace, ConnectionIndex{0});
        const Endpoint& client = timeline.at(timeline.size()).client;
        EXPECT_EQ(client.state(), state) << seconds;
        EXPECT_EQ(timeline.effects(timeline.size() - 1).disagreement, state == State::TimeWait);
    }
}

// Linux: a later SYN between the same ports ends it, or a connect() from them.
TEST(Connection, TimeWaitEndsEarlyWhereThePortsAreReused) {
    for (const bool reused : {false, true}) {
        Story story;
        story.lab().handshake().four_way_close();
        SocketSampled gone;
        gone.endpoint = Role::Client;
        gone.state = State::Closed;
        gone.reused = reused;
        story.fact(gone);
        EXPECT_EQ(story.result().client.state(), reused ? State::Closed : State::TimeWait);
    }
}

TEST(Connection, AnInjectedRstMovesItsReceiverOnly) {
    Story story;
    story.lab(true)
        .listen()
        .client("S", 0)
        .fact(SegmentDelivered{1})
        .server("SA", 0, 1)
        .fact(SegmentDelivered{2});
    Segment rst;
    rst.id = 3;
    rst.from = Role::Server;
    rst.flags = Flags(Flags::kRst);
    rst.seq = SeqNum(5001);
    story.fact(SegmentInjected{rst}).fact(SegmentDelivered{3});
    EXPECT_EQ(story.result().client.state(), State::Closed);
    EXPECT_EQ(story.result().server.state(), State::SynRcvd);
}

TEST(Connection, ACallIsOpenUntilItReturns) {
    Story story;
    story.lab().fact(CallEntered{1, Role::Server, "accept", {{"fd", std::int64_t{3}}}});
    ASSERT_EQ(story.result().open_calls.size(), 1U);
    EXPECT_EQ(story.result().open_calls[0].call.call, "accept");
    story.fact(CallReturned{1, Role::Server, "accept", 4, ""});
    EXPECT_TRUE(story.result().open_calls.empty());
}

// A call that gives a new descriptor, or any other result.
void call(Story& story, CallId id, Role role, const char* name, std::vector<CallArgument> arguments,
          std::int64_t result) {
    story.fact(CallEntered{id, role, name, std::move(arguments)});
    story.fact(CallReturned{id, role, name, result, ""});
}

TEST(Connection, OnlyTheLastCloseOfASocketEndsIt) {
    Story story;
    story.lab().listen().handshake();
    const std::vector<CallArgument> original = {{"fd", std::int64_t{4}}};
    const std::vector<CallArgument> copy = {{"fd", std::int64_t{0}}};  // as Story::call returns it
    story.call(Role::Client, "dup", original).call(Role::Client, "close", original);
    EXPECT_EQ(story.result().client.state(), State::Established);
    story.call(Role::Client, "close", copy);
    EXPECT_EQ(story.result().client.state(), State::FinWait1);
}

TEST(Connection, TwoDescriptorsOfTheServerAreNotTheClients) {
    Story story;
    story.lab().listen().handshake();
    const std::vector<CallArgument> four = {{"fd", std::int64_t{4}}};
    story.call(Role::Server, "dup", four).call(Role::Client, "close", four);
    EXPECT_EQ(story.result().client.state(), State::FinWait1);
}

TEST(Connection, ShutdownCountsNoReferences) {
    Story story;
    story.lab().listen().handshake();
    const std::vector<CallArgument> original = {{"fd", std::int64_t{4}}};
    story.call(Role::Client, "dup", original);
    story.call(Role::Client, "shutdown", {{"fd", std::int64_t{0}}, {"how", "SHUT_WR"}});
    EXPECT_EQ(story.result().client.state(), State::FinWait1);
}

TEST(Connection, AListenerIsClosedByItsLastDescriptor) {
    Story story;
    story.lab().listen();
    call(story, 8, Role::Server, "dup", {{"fd", std::int64_t{3}}}, 7);
    call(story, 9, Role::Server, "close", {{"fd", std::int64_t{3}}}, 0);
    EXPECT_EQ(story.result().server.state(), State::Listen);
    EXPECT_EQ(story.result().listener_fd, Descriptor{7});
    story.fact(ListenerSampled{0, 10, 1});
    EXPECT_TRUE(story.result().listener);
    call(story, 10, Role::Server, "close", {{"fd", std::int64_t{7}}}, 0);
    EXPECT_EQ(story.result().server.state(), State::Closed);
    EXPECT_EQ(story.result().listener_fd, std::nullopt);
    EXPECT_FALSE(story.result().listener) << "its queues are gone with it";
}

// The calls of a child of the server.
void in_child(Story& story, CallId id, const char* name, std::vector<CallArgument> arguments) {
    story.fact(CallEntered{id, Role::Server, name, std::move(arguments), 4711});
    CallReturned returned{id, Role::Server, name, 0, ""};
    returned.process = 4711;
    story.fact(std::move(returned));
}

// Both processes have the connection: whoever closes last sends the FIN.
TEST(Connection, TheLastProcessToCloseEndsIt) {
    for (const Process first : {0U, 4711U}) {
        Story story;
        story.lab().listen().handshake();
        call(story, 8, Role::Server, "accept", {{"fd", std::int64_t{3}}}, 5);
        call(story, 9, Role::Server, "fork", {}, 4711);
        const std::vector<CallArgument> five = {{"fd", std::int64_t{5}}};
        story.call(Role::Server, "close", five, first);
        EXPECT_EQ(story.result().server.state(), State::Established);
        story.call(Role::Server, "close", five, 4711U - first);
        EXPECT_EQ(story.result().server.state(), State::FinWait1);
    }
}

TEST(Connection, AChildThatEndsHasClosedItsDescriptors) {
    Story story;
    story.lab();
    call(story, 7, Role::Server, "socket", {{"domain", "AF_INET"}, {"type", "SOCK_STREAM"}}, 3);
    story.listen();
    call(story, 8, Role::Server, "fork", {}, 4711);
    call(story, 9, Role::Server, "close", {{"fd", std::int64_t{3}}}, 0);
    EXPECT_EQ(story.result().server.state(), State::Listen) << "the child has the listener";
    EXPECT_EQ(story.result().listener_fd, (Descriptor{3, 4711}));
    in_child(story, 10, "exit", {{"status", std::int64_t{0}}});
    EXPECT_EQ(story.result().server.state(), State::Closed);
    EXPECT_EQ(story.result().listener_fd, std::nullopt);
}

// A descriptor's number tells nothing of what it was before.
TEST(Connection, ANewSocketIsNoCopyOfAnOldOne) {
    Story story;
    story.lab().listen();
    call(story, 8, Role::Server, "dup", {{"fd", std::int64_t{3}}}, 7);
    call(story, 9, Role::Server, "socket", {{"domain", "AF_INET"}, {"type", "SOCK_STREAM"}}, 7);
    call(story, 10, Role::Server, "close", {{"fd", std::int64_t{3}}}, 0);
    EXPECT_EQ(story.result().server.state(), State::Closed);
}

TEST(Connection, WhatIsNoTcpSocketHasNoState) {
    for (const auto& [domain, type] :
         {std::pair{"AF_UNIX", "SOCK_STREAM"}, std::pair{"AF_INET", "SOCK_DGRAM"}}) {
        Story story;
        story.lab();
        call(story, 1, Role::Server, "socket", {{"domain", domain}, {"type", type}}, 5);
        call(story, 2, Role::Server, "listen", {{"fd", std::int64_t{5}}}, 0);
        call(story, 6, Role::Server, "accept", {{"fd", std::int64_t{5}}}, 6);
        call(story, 7, Role::Server, "listen", {{"fd", std::int64_t{6}}}, 0);
        EXPECT_EQ(story.result().server.state(), State::Closed) << domain;
        call(story, 3, Role::Server, "close", {{"fd", std::int64_t{5}}}, 0);
        call(story, 4, Role::Server, "socket", {{"domain", "AF_INET"}, {"type", "SOCK_STREAM"}}, 5);
        call(story, 5, Role::Server, "listen", {{"fd", std::int64_t{5}}}, 0);
        EXPECT_EQ(story.result().server.state(), State::Listen) << domain;
    }
}

TEST(Connection, ARunWithoutTcpHasNoStates) {
    Story story;
    Scenario scenario;
    scenario.lab = true;
    scenario.tcp = false;
    story.fact(scenario);
    EXPECT_EQ(story.result().client.state(), State::Unknown);
    EXPECT_EQ(story.result().server.state(), State::Unknown);
}

TEST(Connection, FactsAboutWhatIsNotThereAreHarmless) {
    Story story;
    story.fact(SegmentDelivered{9})
        .fact(SegmentDropped{9})
        .fact(SegmentHeld{9})
        .fact(SegmentDuplicated{9, 10});
    story.fact(CallReturned{9, Role::Server, "listen", 0, ""});
    EXPECT_TRUE(story.result().in_flight.empty());
    EXPECT_EQ(story.result().server.state(), State::Unknown);
}

TEST(Connection, LostSegmentsAreCarried) {
    Story story;
    story.fact(SegmentsLost{7});
    EXPECT_EQ(story.result().segments_lost, 7U);
}

}  // namespace
}  // namespace tcpstep::model
