#include "model/observation.hpp"

#include <chrono>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/model/wire_headers.hpp"

namespace tcpstep::model {
namespace {

const SocketAddress kLow = *parse_socket_address("10.0.0.1:8000");
const SocketAddress kHigh = *parse_socket_address("10.0.0.2:43512");

// The names that the stories use for the flags.
constexpr std::uint16_t kS = Flags::kSyn, kA = Flags::kAck, kF = Flags::kFin, kR = Flags::kRst,
                        kSA = kS | kA, kFA = kF | kA, kRA = kR | kA;

/// Observes a made capture, all sequence numbers counted from one that is given.
class Observed : public ::testing::TestWithParam<std::uint32_t> {
  public:
    Observation observation;

    SegmentId take(const SocketAddress& source, const SocketAddress& destination,
                   std::uint16_t flags, std::uint32_t seq, std::uint32_t ack,
                   std::uint32_t length = 0) {
        SegmentSummary summary;
        summary.time = Time(std::chrono::milliseconds(++time_));
        summary.flags = Flags(flags);
        summary.seq = SeqNum(GetParam() + seq);
        if (summary.flags.ack()) summary.ack = SeqNum(GetParam() + ack);
        summary.length = length;
        summary.has_timestamps = true;
        summary.timestamp = static_cast<std::uint32_t>(time_);
        std::vector<std::uint8_t> headers;
        testing::write_headers(headers, source, destination, summary);
        return observation.take(source, destination, summary, headers);
    }
    SegmentId high(std::uint16_t flags, std::uint32_t seq, std::uint32_t ack = 0,
                   std::uint32_t length = 0) {
        return take(kHigh, kLow, flags, seq, ack, length);
    }
    SegmentId low(std::uint16_t flags, std::uint32_t seq, std::uint32_t ack = 0,
                  std::uint32_t length = 0) {
        return take(kLow, kHigh, flags, seq, ack, length);
    }

    /// A whole connection that the high end opens and closes.
    void whole(std::uint32_t isn) {
        high(kS, isn);
        low(kSA, 500, isn + 1);
        high(kA, isn + 1, 501);
        high(kA, isn + 1, 501, 10);
        low(kA, 501, isn + 11);
        high(kFA, isn + 11, 501);
        low(kFA, 501, isn + 12);
        high(kA, isn + 12, 502);
    }

    /// "SYN_SENT ESTABLISHED": the states that an end went through.
    std::string states(ConnectionIndex index, Role role) const {
        std::string text;
        for (const TrackedChange& change : observation.changes(index)) {
            if (change.endpoint != role) continue;
            text += (text.empty() ? "" : " ") + std::string(name(change.to));
        }
        return text;
    }
    std::string id(ConnectionIndex index) const {
        return to_string(observation.connection(index).id);
    }

  private:
    std::int64_t time_ = 0;
};

INSTANTIATE_TEST_SUITE_P(InitialSequenceNumbers, Observed,
                         ::testing::Values(0U, 0xffffffffU - 100U, 0xfffffffeU - 100U,
                                           0xffffffdeU - 100U));

TEST_P(Observed, TellsAConnection) {
    whole(100);
    observation.finish();
    ASSERT_EQ(observation.connections(), 1U);
    const ObservedConnection connection = observation.connection(0);
    EXPECT_EQ(to_string(connection.id), "10.0.0.2:43512-10.0.0.1:8000");
    EXPECT_FALSE(connection.roles_guessed);
    EXPECT_EQ(connection.segments, 8U);
    EXPECT_EQ(connection.first, 1U);
    EXPECT_EQ(connection.last, 8U);
    EXPECT_EQ(states(0, Role::Client),
              "CLOSED SYN_SENT ESTABLISHED FIN_WAIT_1 FIN_WAIT_2 TIME_WAIT");
    EXPECT_EQ(observation.state(0, Role::Client), State::TimeWait);
    EXPECT_EQ(observation.state(0, Role::Server), State::Closed);
}

TEST_P(Observed, TellsItsSegments) {
    whole(100);
    observation.finish();
    EXPECT_EQ(observation.segments(), 8U);
    const Event event = observation.event(4);
    EXPECT_EQ(event.time, Time(std::chrono::milliseconds(4)));
    EXPECT_EQ(event.connection, 0U);
    const Segment& segment = std::get<SegmentSent>(event.fact).segment;
    EXPECT_EQ(segment.id, 4U);
    EXPECT_EQ(segment.from, Role::Client);
    EXPECT_EQ(segment.seq, SeqNum(GetParam() + 101));
    EXPECT_EQ(segment.ack, SeqNum(GetParam() + 501));
    EXPECT_EQ(segment.length, 10U);
    EXPECT_EQ(to_line(segment.options), "nop,nop,TS val 4 ecr 0");
    EXPECT_EQ(segment.headers.size(), 52U);
    // What the tracker was told is what the segment says.
    EXPECT_EQ(observation.summary(4), summary_of(segment, event.time));
    EXPECT_EQ(observation.segment(5).from, Role::Server);
}

TEST_P(Observed, KeepsConnectionsApart) {
    const SocketAddress other = *parse_socket_address("10.0.0.3:43512");
    high(kS, 100);
    take(other, kLow, kS, 100, 0);
    low(kSA, 500, 101);
    take(kLow, other, kRA, 0, 101);
    high(kA, 101, 501);
    observation.finish();
    ASSERT_EQ(observation.connections(), 2U);
    EXPECT_EQ(id(1), "10.0.0.3:43512-10.0.0.1:8000");
    EXPECT_EQ(observation.connection(0).last, 5U);
    EXPECT_EQ(observation.connection(1).segments, 2U);
    EXPECT_EQ(observation.connection_of(2), 1U);
    EXPECT_EQ(observation.state(0, Role::Server), State::Established);
    EXPECT_EQ(observation.state(1, Role::Client), State::Closed);
}

TEST_P(Observed, TellsTheSameAddressesAgainAsTheNextGeneration) {
    whole(100);
    whole(300);
    observation.finish();
    ASSERT_EQ(observation.connections(), 2U);
    EXPECT_EQ(id(1), "10.0.0.2:43512-10.0.0.1:8000#2");
    EXPECT_EQ(observation.connection(1).first, 9U);
    EXPECT_EQ(observation.connection(0).last, 8U);
    EXPECT_EQ(observation.state(0, Role::Server), State::Closed);
    EXPECT_EQ(observation.state(1, Role::Client), State::TimeWait);
}

TEST_P(Observed, NamesTheLowerAddressTheClientWhenSynsCross) {
    high(kS, 100);
    low(kS, 500);
    observation.catch_up();
    EXPECT_EQ(id(0), "10.0.0.1:8000-10.0.0.2:43512");
    high(kSA, 100, 501);
    low(kSA, 500, 101);
    high(kA, 101, 501, 10);
    observation.finish();
    EXPECT_EQ(observation.connections(), 1U);
    EXPECT_EQ(observation.summary(1).from, Role::Server);
    EXPECT_EQ(observation.segment(2).from, Role::Client);
    // The tracker was told the first SYN before it was known who is the client.
    for (const TrackedChange& change : observation.changes(0)) {
        if (change.to != State::SynSent) continue;
        EXPECT_EQ(change.after, change.endpoint == Role::Server ? 1U : 2U);
    }
    EXPECT_NE(states(0, Role::Client).find("SYN_SENT SYN_RCVD"), std::string::npos);
    EXPECT_NE(states(0, Role::Server).find("SYN_SENT SYN_RCVD"), std::string::npos);
}

TEST_P(Observed, TakesASynInDoubtBackIntoWhatItOpened) {
    high(kS, 100);
    low(kSA, 500, 101);
    high(kA, 101, 501);
    high(kS, 200);  // 4: the high end has forgotten the connection
    low(kA, 501, 101);
    high(kS, 200);  // 6: sent again, before
    high(kR, 101);  // the RST is sent, and
    observation.catch_up();
    EXPECT_EQ(observation.connection_of(4), 0U);
    high(kS, 200);  // 8: again
    low(kSA, 700, 201);
    high(kA, 201, 701);
    observation.finish();
    ASSERT_EQ(observation.connections(), 2U);
    for (SegmentId id = 1; id <= 10; ++id) {
        EXPECT_EQ(observation.connection_of(id), id == 4 || id == 6 || id >= 8 ? 1U : 0U) << id;
    }
    EXPECT_EQ(observation.connection(0).segments, 5U);
    EXPECT_EQ(observation.connection(0).last, 7U);
    EXPECT_EQ(observation.connection(1).segments, 5U);
    EXPECT_EQ(observation.connection(1).first, 4U);
    EXPECT_EQ(observation.connection(1).last, 10U);
    EXPECT_EQ(states(1, Role::Client), "CLOSED SYN_SENT ESTABLISHED");
    for (const TrackedChange& change : observation.changes(1)) EXPECT_GE(change.after, 4U);
}

TEST_P(Observed, TakesItBackForASynAckToo) {
    high(kS, 100);
    low(kSA, 500, 101);
    high(kA, 101, 501);
    high(kS, 150);  // 4: another one in doubt
    high(kS, 200);  // 5
    low(kSA, 700, 201);
    high(kA, 201, 701);
    observation.finish();
    ASSERT_EQ(observation.connections(), 2U);
    EXPECT_EQ(observation.connection(0).segments, 4U);
    EXPECT_EQ(observation.connection(0).last, 4U);
    EXPECT_EQ(observation.connection(1).first, 5U);
    EXPECT_EQ(observation.connection_of(4), 0U);
    EXPECT_EQ(observation.state(1, Role::Server), State::Established);
}

// Its sender was closed by then: it answers the other end's challenge ACK with a RST.
TEST_P(Observed, ASynInDoubtThatNothingAnsweredOpensAnotherInTheEnd) {
    high(kS, 100);
    low(kSA, 500, 101);
    high(kA, 101, 501);
    high(kFA, 101, 501);
    low(kA, 501, 102);
    high(kS, 200);  // 6
    low(kA, 501, 102);
    high(kR, 102);
    observation.catch_up();
    EXPECT_EQ(observation.connections(), 1U);
    observation.finish();
    ASSERT_EQ(observation.connections(), 2U);
    EXPECT_EQ(observation.connection_of(6), 1U);
    EXPECT_EQ(observation.connection(0).segments, 7U);
    EXPECT_EQ(observation.connection(1).began, observation.time(6));
    EXPECT_EQ(observation.connection(1).ended, observation.time(6));
    EXPECT_EQ(states(1, Role::Client), "CLOSED SYN_SENT");
    EXPECT_EQ(states(0, Role::Client), "CLOSED SYN_SENT ESTABLISHED FIN_WAIT_1 FIN_WAIT_2 CLOSED");
}

TEST_P(Observed, ASynInDoubtWhoseSenderGoesOnOpensNothing) {
    high(kS, 100);
    low(kSA, 500, 101);
    high(kA, 101, 501);
    high(kS, 200);  // 4: somebody else's, say
    low(kA, 501, 101);
    high(kA, 101, 501, 10);
    low(kA, 501, 111);
    observation.finish();
    EXPECT_EQ(observation.connections(), 1U);
    EXPECT_EQ(observation.connection_of(4), 0U);
    EXPECT_EQ(observation.state(0, Role::Client), State::Established);
}

// Between handshake and close, a tracker is only told what the segments say of their sender.
TEST_P(Observed, TellsTheCloseBehindMuchData) {
    high(kS, 100);
    low(kSA, 500, 101);
    high(kA, 101, 501);
    for (std::uint32_t n = 0; n < 100; ++n) {
        high(kA, 101 + n * 10, 501, 10);
        low(kA, 501, 111 + n * 10);
    }
    high(kFA, 1101, 501);
    low(kA, 501, 1102);
    low(kFA, 501, 1102);
    high(kA, 1102, 502);
    observation.finish();
    EXPECT_EQ(states(0, Role::Client),
              "CLOSED SYN_SENT ESTABLISHED FIN_WAIT_1 FIN_WAIT_2 TIME_WAIT");
    EXPECT_EQ(states(0, Role::Server), "LISTEN SYN_RCVD ESTABLISHED CLOSE_WAIT LAST_ACK CLOSED");
    EXPECT_EQ(observation.connection(0).segments, 207U);
    EXPECT_EQ(observation.connection(0).ended, observation.time(207));
    const auto changes = observation.changes(0);
    EXPECT_EQ(changes.back().after, 207U);
}

TEST_P(Observed, TellsAConnectionToItself) {
    take(kLow, kLow, kS, 100, 0);
    take(kLow, kLow, kSA, 100, 101);
    take(kLow, kLow, kA, 101, 101);
    observation.finish();
    EXPECT_EQ(observation.connections(), 1U);
    EXPECT_EQ(observation.segment(2).from, Role::Client);
    EXPECT_EQ(observation.segment(2).headers.size(), 52U);
    EXPECT_EQ(states(0, Role::Client).substr(0, 24), "CLOSED SYN_SENT SYN_RCVD");
    EXPECT_EQ(states(0, Role::Server), "") << "both ends are one socket";
}

TEST_P(Observed, MayBeAskedBeforeItsEnd) {
    high(kS, 100);
    low(kSA, 500, 101);
    EXPECT_EQ(observation.segments(), 2U);
    observation.catch_up();
    EXPECT_EQ(observation.segments(), 2U);
    EXPECT_EQ(observation.connection(0).segments, 2U);
    EXPECT_FALSE(observation.changes(0).empty());
}

TEST_P(Observed, TakesLongHeadersInTheirTurn) {
    high(kS, 100);
    SegmentSummary summary;
    summary.flags = Flags(kSA);
    summary.seq = SeqNum(GetParam() + 500);
    summary.ack = SeqNum(GetParam() + 101);
    const std::vector<std::uint8_t> headers(1000, 0x45);  // of anything
    EXPECT_EQ(observation.take(kLow, kHigh, summary, headers), 2U);
    EXPECT_EQ(high(kA, 101, 501), 3U);
    observation.finish();
    EXPECT_EQ(id(0), "10.0.0.2:43512-10.0.0.1:8000");
    EXPECT_EQ(observation.segment(2).headers, headers);
    EXPECT_EQ(observation.segment(3).from, Role::Client);
}

TEST_P(Observed, KeepsNoTrackerOfAConnectionThatAnotherFollowed) {
    constexpr std::uint32_t kGenerations = 4000;
    for (std::uint32_t n = 0; n < kGenerations; ++n) {
        high(kS, 100 + n * 1000);
        low(kRA, 0, 101 + n * 1000);
    }
    observation.catch_up();
    ASSERT_EQ(observation.connections(), kGenerations);
    EXPECT_LT(observation.bytes() / kGenerations, sizeof(tracking::Tracker) + 2 * 50U);
}

// The bar: 64 octets a stored segment and 1 KiB a connection.
TEST_P(Observed, TakesFewOctets) {
    constexpr std::uint32_t kConnections = 20000;
    for (std::uint32_t n = 0; n < kConnections; ++n) {
        const SocketAddress client{kHigh.ip, static_cast<std::uint16_t>(n)};
        take(client, kLow, kS, 100, 0);
        take(kLow, client, kSA, 500, 101);
        take(client, kLow, kA, 101, 501);
        take(client, kLow, kFA, 101, 501);
        take(kLow, client, kFA, 501, 102);
    }
    observation.catch_up();
    const std::size_t segments = std::size_t{50} * observation.segments();
    EXPECT_LE((observation.bytes() - segments) / kConnections, 900U) << "open";
    observation.finish();
    EXPECT_LE((observation.bytes() - segments) / kConnections, 500U) << "finished";
}

}  // namespace
}  // namespace tcpstep::model
