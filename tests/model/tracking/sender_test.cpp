#include "model/tracking/sender.hpp"

#include <gtest/gtest.h>

#include "tests/model/tracking/two_ends.hpp"

namespace tcpstep::model::tracking {
namespace {

SegmentSummary clocked(SegmentSummary segment, std::uint32_t clock) {
    segment.has_timestamps = true;
    segment.timestamp = clock;
    return segment;
}

SegmentSummary numbered(SegmentSummary segment, std::uint16_t number) {
    segment.ip_id = number;
    return segment;
}

// After the handshake of a client, whose clock and packet numbers are as given.
struct Client {
    TwoEnds ends;
    Sender sender;

    Client() {
        ends.own("S", 0).other("SA", 0, 1).own("A", 1, 1);
        sender = ends.sender();
    }
    void send(const SegmentSummary& segment) { sender.note(segment, ends.view().other); }
};

TEST(Sender, KnowsWhatItsSegmentsTell) {
    TwoEnds ends;
    ends.own("S", 0).other("SA", 0, 1).own("A", 1, 1).own("PA", 1, 1, 100).own("FA", 101, 1);
    const Sender& own = ends.sender();
    EXPECT_EQ(own.iss, SeqNum(TwoEnds::kOwnIsn));
    EXPECT_EQ(own.next, SeqNum(TwoEnds::kOwnIsn) + 102);
    EXPECT_EQ(own.told, SeqNum(TwoEnds::kOtherIsn) + 1);
    EXPECT_EQ(own.fin, SeqNum(TwoEnds::kOwnIsn) + 101);
    EXPECT_TRUE(own.fin_sent);
    EXPECT_FALSE(own.syn_acked);
    EXPECT_TRUE(own.acknowledges_fin(own.fin + 1));
    EXPECT_FALSE(own.acknowledges_fin(own.fin));
    EXPECT_EQ(own.occupying, own.last);
}

TEST(Sender, ASegmentSentAgainMovesNothingOn) {
    Client client;
    client.send(client.ends.of_own("PA", 1, 1, 100));
    const Sender before = client.sender;
    const SegmentSummary again = client.ends.of_own("PA", 1, 1, 100);
    EXPECT_TRUE(before.tells_nothing_new(again));
    client.send(again);
    EXPECT_EQ(client.sender.next, before.next);
    EXPECT_EQ(client.sender.again_after, again.time - before.occupying_time);
    EXPECT_EQ(client.sender.occupying, again.id);
}

TEST(Sender, AnAcknowledgmentNumberThatGoesBackIsOfAnOldSegment) {
    Client client;
    EXPECT_TRUE(client.sender.is_old(client.ends.of_own("A", 1, 0)));
    EXPECT_FALSE(client.sender.is_old(client.ends.of_own("A", 1, 1)));
    EXPECT_FALSE(client.sender.is_old(client.ends.of_own("R", 1)));
}

// RFC 7323 3.2
TEST(Sender, AClockThatRunsBackwardsIsOfAnOldSegment) {
    Client client;
    client.send(clocked(client.ends.of_own("A", 1, 1), 0x80000000U));
    EXPECT_TRUE(client.sender.is_old(clocked(client.ends.of_own("A", 1, 1), 0x7fffffffU)));
    EXPECT_FALSE(client.sender.is_old(clocked(client.ends.of_own("A", 1, 1), 0x80000000U)));
    EXPECT_TRUE(client.sender.may_be_copy(clocked(client.ends.of_own("A", 1, 1), 0x80000000U)));
    EXPECT_FALSE(client.sender.may_be_copy(clocked(client.ends.of_own("A", 1, 1), 0x80000001U)));
}

TEST(Sender, WhoCountsItsPacketsSendsNoneWithAnEarlierNumber) {
    Client client;
    client.send(numbered(client.ends.of_own("A", 1, 1), 65534));
    EXPECT_FALSE(client.sender.is_old(numbered(client.ends.of_own("A", 1, 1), 65534)));
    client.send(numbered(client.ends.of_own("A", 1, 1), 65535));
    client.send(numbered(client.ends.of_own("A", 1, 1), 2));
    EXPECT_TRUE(client.sender.is_old(numbered(client.ends.of_own("A", 1, 1), 65535)));
    EXPECT_FALSE(client.sender.is_old(numbered(client.ends.of_own("A", 1, 1), 3)));
    // Linux: 0 is that of who has no socket.
    EXPECT_FALSE(client.sender.is_old(client.ends.of_own("A", 1, 1)));
}

TEST(Sender, ASynIsNotSentAgainOnceItWasAnswered) {
    TwoEnds ends;
    ends.own("S", 0);
    EXPECT_FALSE(ends.sender().is_old(ends.of_own("S", 0)));
    ends.other("SA", 0, 1).own("A", 1, 1);
    EXPECT_TRUE(ends.sender().is_old(ends.of_own("S", 0)));
}

TEST(Sender, AFinWithTheSameClockIsTheNetworksCopy) {
    Client client;
    client.send(clocked(client.ends.of_own("FA", 1, 1), 100));
    EXPECT_TRUE(client.sender.is_old(clocked(client.ends.of_own("FA", 1, 1), 100)));
    EXPECT_FALSE(client.sender.is_old(clocked(client.ends.of_own("FA", 1, 1), 350)));
}

}  // namespace
}  // namespace tcpstep::model::tracking
