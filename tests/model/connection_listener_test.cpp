#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "model/connection.hpp"
#include "model/timeline.hpp"
#include "tests/model/story.hpp"

namespace tcpstep::model {
namespace {

using testing::Story;

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

}  // namespace
}  // namespace tcpstep::model
