#include "model/endpoint.hpp"

#include <gtest/gtest.h>

#include "model/timeline.hpp"
#include "tests/model/story.hpp"

namespace tcpstep::model {
namespace {

using testing::Story;

// Every story again where the circle closes.
class Tracker : public ::testing::TestWithParam<std::uint32_t> {
  public:
    Story story{GetParam(), GetParam() + 7};
};
INSTANTIATE_TEST_SUITE_P(AtIsn, Tracker,
                         ::testing::Values(1000U, 0xffffffffU, 0xfffffffeU, 0U - 34U));

#define EXPECT_STATES(client_states, server_states)       \
    EXPECT_EQ(story.states(Role::Client), client_states); \
    EXPECT_EQ(story.states(Role::Server), server_states)

TEST_P(Tracker, HandshakeAndFourWayClose) {
    story.lab().listen().handshake().four_way_close();
    EXPECT_STATES("CLOSED SYN_SENT ESTABLISHED FIN_WAIT_1 FIN_WAIT_2 TIME_WAIT",
                  "CLOSED LISTEN SYN_RCVD ESTABLISHED CLOSE_WAIT LAST_ACK CLOSED");
}

TEST_P(Tracker, FinAndAckInOneSegmentStillPassFinWait2) {
    story.lab().listen().handshake().client("FA", 1, 1).server("FA", 1, 2).client("A", 2, 2);
    EXPECT_STATES("CLOSED SYN_SENT ESTABLISHED FIN_WAIT_1 FIN_WAIT_2 TIME_WAIT",
                  "CLOSED LISTEN SYN_RCVD ESTABLISHED CLOSE_WAIT LAST_ACK CLOSED");
}

TEST_P(Tracker, CrossingFinsPassClosing) {
    story.lab(true).listen();
    story.client("S", 0).fact(SegmentDelivered{1}).server("SA", 0, 1).fact(SegmentDelivered{2});
    story.client("A", 1, 1).fact(SegmentDelivered{3});
    story.client("FA", 1, 1).server("FA", 1, 1).fact(SegmentDelivered{4}).fact(SegmentDelivered{5});
    story.server("A", 2, 2).client("A", 2, 2).fact(SegmentDelivered{6}).fact(SegmentDelivered{7});
    EXPECT_STATES("CLOSED SYN_SENT ESTABLISHED FIN_WAIT_1 CLOSING TIME_WAIT",
                  "CLOSED LISTEN SYN_RCVD ESTABLISHED FIN_WAIT_1 CLOSING TIME_WAIT");
}

TEST_P(Tracker, RefusedConnection) {
    story.lab().client("S", 0).server("RA", 0, 1);
    EXPECT_STATES("CLOSED SYN_SENT CLOSED", "CLOSED");
}

TEST_P(Tracker, ARstThatDoesNotAcknowledgeTheSynIsIgnored) {
    story.lab().client("S", 0).server("RA", 0, 2).server("R", 0);
    EXPECT_STATES("CLOSED SYN_SENT", "CLOSED");
}

TEST_P(Tracker, SynAckWithAWrongAckIsNotTaken) {
    story.lab().listen().client("S", 0).server("SA", 0, 2);
    EXPECT_EQ(story.states(Role::Client), "CLOSED SYN_SENT");
}

TEST_P(Tracker, ARstMustCarryExactlyRcvNxt) {
    story.lab().listen().handshake().client("R", 2);
    EXPECT_EQ(story.result().server.state(), State::Established);
    story.client("R", 1);
    EXPECT_EQ(story.result().server.state(), State::Closed);
}

TEST_P(Tracker, ARstInSynRcvdReturnsTheListener) {
    story.lab().listen().client("S", 0).server("SA", 0, 1).client("R", 1);
    EXPECT_EQ(story.states(Role::Server), "CLOSED LISTEN SYN_RCVD LISTEN");
}

TEST_P(Tracker, AnAbortEndsBothEndsAtOnce) {
    story.lab().listen().handshake().client("RA", 1, 1);
    EXPECT_STATES("CLOSED SYN_SENT ESTABLISHED CLOSED",
                  "CLOSED LISTEN SYN_RCVD ESTABLISHED CLOSED");
}

TEST_P(Tracker, AFinAheadOfItsDataWaitsForIt) {
    story.lab().listen().handshake().client("FA", 6, 1);
    EXPECT_EQ(story.result().server.state(), State::Established);
    story.client("PA", 1, 1, 5);
    EXPECT_EQ(story.result().server.state(), State::CloseWait);
    EXPECT_EQ(story.result().client.state(), State::FinWait1);
}

TEST_P(Tracker, SimultaneousOpen) {
    story.lab(true)
        .client("S", 0)
        .server("S", 0)
        .fact(SegmentDelivered{1})
        .fact(SegmentDelivered{2});
    story.server("SA", 0, 1).client("SA", 0, 1).fact(SegmentDelivered{3}).fact(SegmentDelivered{4});
    EXPECT_STATES("CLOSED SYN_SENT SYN_RCVD ESTABLISHED", "CLOSED SYN_SENT SYN_RCVD ESTABLISHED");
}

TEST_P(Tracker, RetransmissionsNameWhatTheyRepeatAndMoveNothing) {
    story.lab(true).listen().client("S", 0).client("S", 0);
    const Trace& trace = story.trace();
    Connection connection;
    Effects last;
    for (const Event& event : trace.events()) last = apply(connection, event);
    EXPECT_EQ(last.retransmission_of, 1U);
    EXPECT_TRUE(last.changes.empty());
}

// Its acknowledgment was captured, and lost on the rest of its way.
TEST_P(Tracker, WhatWasAcknowledgedCanBeSentAgain) {
    story.listen().handshake().client("PA", 1, 1, 10).server("A", 1, 11).client("PA", 11, 1, 10);
    story.server("A", 1, 21).client("FA", 21, 1).server("FA", 1, 22).client("A", 22, 2);
    const Connection& now = story.result();
    const auto again = [&](const Endpoint& end, std::uint8_t flags, SeqNum base, std::uint32_t seq,
                           std::uint32_t length) {
        Segment segment;
        segment.flags = Flags(flags);
        segment.seq = base + seq;
        segment.length = length;
        return end.retransmission_of(segment);
    };
    const SeqNum client(GetParam());
    const auto flags = static_cast<std::uint8_t>(Flags::kPsh | Flags::kAck);
    EXPECT_EQ(again(now.client, flags, client, 1, 10), 4U);
    EXPECT_EQ(again(now.client, flags, client, 11, 10), 6U);
    EXPECT_EQ(again(now.client, Flags::kFin | Flags::kAck, client, 21, 0), 8U);
    EXPECT_EQ(again(now.server, Flags::kFin | Flags::kAck, *now.server.iss(), 1, 0), 9U);
    EXPECT_EQ(again(now.client, flags, client, 20, 1), 0U) << "a keep-alive";
}

TEST_P(Tracker, OfWhatWasAcknowledgedTheNewestTenAreKnown) {
    story.lab().listen().handshake();
    for (std::uint32_t i = 0; i < 20; ++i)
        story.client("PA", 1 + 10 * i, 1, 10).server("A", 1, 11 + 10 * i);
    const Endpoint client = story.result().client;
    Segment segment;
    segment.flags = Flags(Flags::kPsh | Flags::kAck);
    segment.length = 10;
    segment.seq = SeqNum(GetParam()) + 101;
    EXPECT_NE(client.retransmission_of(segment), 0U);
    segment.seq = SeqNum(GetParam()) + 91;
    EXPECT_EQ(client.retransmission_of(segment), 0U);
}

TEST_P(Tracker, ARetransmissionIsFoundAmongManyUnacknowledged) {
    story.lab().listen().handshake();
    for (std::uint32_t i = 0; i < 5000; ++i) story.client("PA", 1 + 10 * i, 1, 10);
    const Endpoint client = story.result().client;
    const auto again = [&](std::uint32_t seq) {
        Segment segment;
        segment.flags = Flags(Flags::kPsh | Flags::kAck);
        segment.seq = SeqNum(GetParam()) + seq;
        segment.length = 10;
        return client.retransmission_of(segment);
    };
    EXPECT_EQ(again(1), 4U) << "the first after the handshake";
    EXPECT_EQ(again(16), 5U) << "in the middle of the second";
    EXPECT_EQ(again(1 + 10 * 4999), 5003U) << "the last";
    EXPECT_EQ(again(1 + 10 * 5000), 0U) << "a new one";
    EXPECT_EQ(again(1 + 10 * 2500), 0U) << "of very many the middle is forgotten";
}

TEST_P(Tracker, SequenceVariables) {
    story.lab().listen().handshake().client("PA", 1, 1, 5).server("A", 1, 6);
    const Connection connection = story.result();
    const SeqNum isn(GetParam());
    EXPECT_EQ(connection.client.iss(), isn);
    EXPECT_EQ(connection.client.snd_una(), isn + 6);
    EXPECT_EQ(connection.client.snd_nxt(), isn + 6);
    EXPECT_EQ(connection.server.irs(), isn);
    EXPECT_EQ(connection.server.rcv_nxt(), isn + 6);
}

TEST_P(Tracker, WhatBeganBeforeTheCaptureIsUnknown) {
    story.client("A", 100, 200).server("A", 200, 100);
    EXPECT_EQ(story.result().client.state(), State::Unknown);
    EXPECT_EQ(story.result().server.state(), State::Unknown);
    EXPECT_EQ(story.result().client.iss(), std::nullopt);
}

TEST_P(Tracker, ACaptureWithoutCallsProvesTheServerByItsAnswer) {
    story.handshake();
    EXPECT_STATES("CLOSED SYN_SENT ESTABLISHED", "LISTEN SYN_RCVD ESTABLISHED");
}

TEST_P(Tracker, ClosingTheListenerEndsListenOnly) {
    story.lab().listen().close_listener();
    EXPECT_EQ(story.states(Role::Server), "CLOSED LISTEN CLOSED");
}

TEST_P(Tracker, ClosingTheListenerLeavesTheConnection) {
    story.lab().listen().handshake().close_listener();
    EXPECT_EQ(story.result().server.state(), State::Established);
}

TEST_P(Tracker, ATimeoutEndsSynSent) {
    story.lab().client("S", 0);
    story.fact(CallEntered{9, Role::Client, "connect", {}});
    story.fact(CallReturned{9, Role::Client, "connect", -1, "ETIMEDOUT"});
    EXPECT_EQ(story.states(Role::Client), "CLOSED SYN_SENT CLOSED");
}

TEST_P(Tracker, ARstThatRejectsAnAckLeavesSynRcvd) {
    story.lab(true)
        .listen()
        .client("S", 0)
        .fact(SegmentDelivered{1})
        .server("SA", 0, 1)
        .server("R", 9);
    EXPECT_EQ(story.result().server.state(), State::SynRcvd);
    story.server("RA", 1, 1);
    EXPECT_EQ(story.result().server.state(), State::Listen) << "an abort frees the request";
}

TEST_P(Tracker, ARstThatAnswersAStraySegmentDoesNotEndLastAck) {
    story.lab().listen().handshake().client("FA", 1, 1).server("FA", 1, 2).server("R", 2);
    EXPECT_EQ(story.result().server.state(), State::LastAck);
    story.server("RA", 0, 2);
    EXPECT_EQ(story.result().server.state(), State::LastAck) << "one that refuses a SYN";
}

// Linux: with unread data the abort sends its RST there, too.
TEST_P(Tracker, TheRstOfAnAbortEndsLastAck) {
    story.lab().listen().handshake().client("FA", 1, 1).server("FA", 1, 2).server("RA", 2, 2);
    EXPECT_EQ(story.result().server.state(), State::Closed);
}

TEST_P(Tracker, TheRstOfAnAbortEndsClosing) {
    story.lab(true).listen();
    for (const char* flags : {"S", "SA", "A"}) {
        const bool from_client = std::string(flags) != "SA";
        const SegmentId id = story.next_id();
        story.send(from_client ? Role::Client : Role::Server, flags, flags[0] == 'A' ? 1 : 0, 1);
        story.fact(SegmentDelivered{id});
    }
    story.client("FA", 1, 1).server("FA", 1, 1).fact(SegmentDelivered{4});
    EXPECT_EQ(story.result().server.state(), State::Closing);
    story.server("R", 2);
    EXPECT_EQ(story.result().server.state(), State::Closing);
    story.server("RA", 2, 2);
    EXPECT_EQ(story.result().server.state(), State::Closed);
}

const std::vector<CallArgument> kDescriptor = {{"fd", std::int64_t{5}}};

// SO_LINGER of 0 seconds, then close(): the kernel sends nothing, and only the call tells.
TEST_P(Tracker, AnAbortInLastAckIsToldByItsCallAlone) {
    for (const std::int64_t seconds : {0, 1}) {
        Story one(GetParam(), GetParam());
        one.lab().listen().handshake().client("FA", 1, 1).server("FA", 1, 2);
        one.call(Role::Server, "setsockopt",
                 {{"fd", std::int64_t{5}}, {"option", "SO_LINGER"}, {"value", seconds}});
        one.call(Role::Server, "close", kDescriptor);
        EXPECT_EQ(one.result().server.state(), seconds == 0 ? State::Closed : State::LastAck);
    }
}

// There the RST tells, which may be captured a moment after the call has returned.
TEST_P(Tracker, AnAbortWhileOpenIsToldByItsRst) {
    story.lab().listen().handshake();
    story.call(Role::Client, "setsockopt",
               {{"fd", std::int64_t{5}}, {"option", "SO_LINGER"}, {"value", std::int64_t{0}}});
    story.call(Role::Client, "close", kDescriptor);
    EXPECT_EQ(story.result().client.state(), State::Established);
    story.client("RA", 1, 1);
    EXPECT_STATES("CLOSED SYN_SENT ESTABLISHED CLOSED",
                  "CLOSED LISTEN SYN_RCVD ESTABLISHED CLOSED");
}

TEST_P(Tracker, AListenerTakesNoSynAck) {
    story.lab().listen().client("SA", 0, 1);
    EXPECT_EQ(story.result().server.state(), State::Listen);
}

TEST_P(Tracker, AnOldDuplicatesAckIsNotTaken) {
    story.lab()
        .listen()
        .client("S", 0)
        .server("SA", 0, 1)
        .client("PA", static_cast<std::uint32_t>(-10), 1, 5);
    EXPECT_EQ(story.result().server.state(), State::SynRcvd);
}

TEST_P(Tracker, AnAckOfWhatWasNotSentIsNotTaken) {
    story.lab().listen().client("S", 0).server("SA", 0, 1).client("A", 1, 50);
    EXPECT_EQ(story.result().server.state(), State::SynRcvd);
}

TEST_P(Tracker, ASegmentWithoutAckIsNotTaken) {
    story.lab().listen().handshake().client("F", 1);
    EXPECT_EQ(story.result().server.state(), State::Established);
}

TEST_P(Tracker, ARstJustBeforeTheFinCountsOnceTheFinHasArrived) {
    story.lab().listen().handshake().client("FA", 1, 1);
    EXPECT_EQ(story.result().server.state(), State::CloseWait);
    story.client("R", 1);
    EXPECT_EQ(story.result().server.state(), State::Closed);
}

TEST_P(Tracker, ASynAckMayCarryDataAndFin) {
    story.lab().listen().client("S", 0).server("SFA", 0, 1, 5);
    EXPECT_EQ(story.result().client.state(), State::CloseWait);
    EXPECT_EQ(story.result().client.rcv_nxt(), SeqNum(GetParam() + 7) + 7);
}

TEST_P(Tracker, BackInListenNothingIsLeftOfTheConnection) {
    story.lab().listen().client("S", 0).server("SA", 0, 1).client("R", 1);
    EXPECT_EQ(story.result().server.iss(), std::nullopt);
    EXPECT_EQ(story.result().server.irs(), std::nullopt);
    story.client("S", 100).server("SA", 100, 101).client("A", 101, 101);
    EXPECT_EQ(story.result().server.state(), State::Established);
}

TEST_P(Tracker, InTheMiddleAnEndsOwnAckTellsWhatItExpects) {
    story.client("A", 100, 200);
    EXPECT_EQ(story.result().client.rcv_nxt(), SeqNum(GetParam() + 7) + 200);
    EXPECT_EQ(story.result().client.irs(), std::nullopt);
}

// RFC 7323 5.3.
TEST_P(Tracker, ASegmentWithATimestampFromBeforeIsAnOldDuplicate) {
    struct Case {
        std::uint32_t timestamp;
        State state;
    };
    for (const Case& c : {Case{198, State::Established}, Case{199, State::CloseWait},
                          Case{200, State::CloseWait}, Case{4294967295U, State::Established}}) {
        story = Story(GetParam(), GetParam() + 7);
        story.lab().listen().clock(100).handshake().clock(200).client("PA", 1, 1, 5);
        story.clock(c.timestamp).client("FA", 6, 1);
        EXPECT_EQ(story.result().server.state(), c.state) << c.timestamp;
    }
}

TEST_P(Tracker, ARstIsNotJudgedByItsTimestamp) {
    story.lab().listen().clock(100).handshake().clock(200).client("PA", 1, 1, 5);
    story.clock(150).client("R", 6);
    EXPECT_EQ(story.result().server.state(), State::Closed);
}

TEST_P(Tracker, OnlyWhatComesInOrderMovesTheTimestampForward) {
    story.lab().listen().clock(100).handshake().server("A", 1, 1);
    story.clock(300).client("PA", 6, 1, 5);  // ahead of what is expected
    story.clock(200).client("PA", 1, 1, 5).client("FA", 11, 1);
    EXPECT_EQ(story.result().server.state(), State::CloseWait);
}

// RFC 9293 3.10.4: the FIN may wait behind data that may not be sent yet.
TEST_P(Tracker, TheSynAckOfASimultaneousOpenIsNoRetransmission) {
    story.lab(true).client("S", 0).server("S", 0).fact(SegmentDelivered{1});
    story.fact(SegmentDelivered{2}).server("SA", 0, 1).server("SA", 0, 1);
    const Timeline timeline(story.trace(), ConnectionIndex{0});
    EXPECT_EQ(timeline.effects(timeline.size() - 2).retransmission_of, 0U);
    EXPECT_EQ(timeline.effects(timeline.size() - 1).retransmission_of, 3U);
}

TEST_P(Tracker, TheCloseCallMovesTheStateBeforeTheFinIsSent) {
    story.lab().listen().handshake().call(Role::Client, "shutdown", {{"how", "SHUT_WR"}});
    EXPECT_EQ(story.result().client.state(), State::FinWait1);
    story.client("FA", 1, 1).server("A", 1, 2);
    EXPECT_EQ(story.result().client.state(), State::FinWait2);
    story.call(Role::Server, "close");
    EXPECT_EQ(story.result().server.state(), State::LastAck);
    EXPECT_EQ(story.states(Role::Client), "CLOSED SYN_SENT ESTABLISHED FIN_WAIT_1 FIN_WAIT_2");
}

TEST_P(Tracker, ACallThatClosesNothingMovesNothing) {
    story.lab().listen().handshake().call(Role::Client, "shutdown", {{"how", "SHUT_RD"}});
    EXPECT_EQ(story.result().client.state(), State::Established);
    story.close_listener();
    EXPECT_EQ(story.result().server.state(), State::Established) << "another descriptor";
}

TEST_P(Tracker, AFailedListenIsNone) {
    story.lab().fact(CallEntered{9, Role::Server, "listen", {{"fd", std::int64_t{3}}}});
    story.fact(CallReturned{9, Role::Server, "listen", -1, "EADDRINUSE"});
    EXPECT_EQ(story.states(Role::Server), "CLOSED");
}

TEST_P(Tracker, ClosingAnotherDescriptorLeavesTheListener) {
    story.lab().listen().fact(CallEntered{9, Role::Server, "close", {{"fd", std::int64_t{4}}}});
    story.fact(CallReturned{9, Role::Server, "close", 0, ""});
    EXPECT_EQ(story.result().server.state(), State::Listen);
}

TEST_P(Tracker, AgreementWithTheKernel) {
    story.lab().listen().handshake();
    SocketSampled sample;
    sample.endpoint = Role::Client;
    EXPECT_EQ(story.result().client.agreement(), Agreement::NotSampled);
    sample.state = State::Established;
    story.fact(sample);
    EXPECT_EQ(story.result().client.agreement(), Agreement::Agrees);
    story.client("FA", 1, 1);
    EXPECT_EQ(story.result().client.agreement(), Agreement::Stale);
    sample.state = State::Closing;
    story.fact(sample);
    EXPECT_EQ(story.result().client.agreement(), Agreement::Differs);
    EXPECT_EQ(story.result().client.state(), State::FinWait1)
        << "a sample never changes the inferred state";
}

}  // namespace
}  // namespace tcpstep::model
