#include "model/connection_table.hpp"

#include <gtest/gtest.h>

namespace tcpstep::model {
namespace {

class Table : public ::testing::Test {
  public:
    Trace trace;
    ConnectionTable table{trace};
    SocketAddress high = *parse_socket_address("127.0.0.1:43512");
    SocketAddress low = *parse_socket_address("127.0.0.1:8000");

    ConnectionTable::Placed place(const SocketAddress& from, std::uint16_t flags,
                                  std::uint32_t seq = 0, std::uint32_t ack = 0) {
        Segment segment;
        segment.flags = Flags(flags);
        segment.seq = SeqNum(seq);
        segment.ack = SeqNum(ack);
        return table.place(from, from == high ? low : high, segment);
    }
    std::string id(const ConnectionTable::Placed& placed) const {
        return to_string(trace.connections()[placed.connection]);
    }
};

TEST_F(Table, TheSenderOfTheFirstSynIsTheClientWhateverItsPort) {
    const auto placed = place(low, Flags::kSyn);
    EXPECT_EQ(placed.from, Role::Client);
    EXPECT_EQ(id(placed), "127.0.0.1:8000-127.0.0.1:43512");
    EXPECT_EQ(place(high, Flags::kSyn | Flags::kAck).from, Role::Server);
}

TEST_F(Table, TheSenderOfASynAckIsTheServer) {
    EXPECT_EQ(place(high, Flags::kSyn | Flags::kAck).from, Role::Server);
}

TEST_F(Table, InTheMiddleTheHigherPortIsTakenForTheClient) {
    EXPECT_EQ(place(low, Flags::kAck).from, Role::Server);
    EXPECT_EQ(place(high, Flags::kAck).from, Role::Client);
}

TEST_F(Table, AKnownServerIsTheServerThoughItSendsTheFirstSyn) {
    table = ConnectionTable(trace, low);
    EXPECT_EQ(place(low, Flags::kSyn).from, Role::Server);
    const auto crossing = place(high, Flags::kSyn);
    EXPECT_EQ(crossing.from, Role::Client);
    EXPECT_EQ(id(crossing), "127.0.0.1:43512-127.0.0.1:8000");
}

TEST_F(Table, ARepeatedSynIsNoNewConnection) {
    place(high, Flags::kSyn, 7);
    place(low, Flags::kRst | Flags::kAck);
    EXPECT_EQ(id(place(high, Flags::kSyn, 7)), "127.0.0.1:43512-127.0.0.1:8000");
    EXPECT_EQ(id(place(high, Flags::kSyn, 8)), "127.0.0.1:43512-127.0.0.1:8000#2");
}

TEST_F(Table, ANewSynAfterBothFinsOpensTheNextGeneration) {
    place(high, Flags::kSyn, 7);
    place(low, Flags::kSyn | Flags::kAck, 0, 8);
    place(high, Flags::kFin | Flags::kAck);
    EXPECT_EQ(place(high, Flags::kSyn, 8).connection, 0U) << "the server has not closed";
    place(low, Flags::kFin | Flags::kAck);
    EXPECT_EQ(place(high, Flags::kSyn, 8).connection, 1U);
    EXPECT_EQ(place(low, Flags::kSyn | Flags::kAck).connection, 1U);
}

TEST_F(Table, FindsTheNewestOfThePair) {
    EXPECT_FALSE(table.find(high, low));
    place(high, Flags::kSyn, 7);
    EXPECT_EQ(table.find(low, high), 0U);
    place(low, Flags::kRst | Flags::kAck);
    place(high, Flags::kSyn, 8);
    EXPECT_EQ(table.find(low, high), 1U);
    EXPECT_EQ(table.find(high, low), 1U);
    EXPECT_FALSE(table.find(high, high));
}

TEST_F(Table, TheAnswersToAnOlderSynAreOfItsConnection) {
    constexpr std::uint16_t kSynAck = Flags::kSyn | Flags::kAck;
    place(high, Flags::kSyn, 7);
    ASSERT_EQ(place(high, Flags::kSyn, 70).connection, 1U) << "the first was never answered";
    EXPECT_EQ(place(low, kSynAck, 20, 8).connection, 0U);
    EXPECT_EQ(place(low, Flags::kAck, 21, 8).connection, 0U);
    EXPECT_EQ(place(high, Flags::kRst, 8).connection, 0U) << "rejects that answer";
    EXPECT_EQ(place(high, Flags::kSyn, 70).connection, 1U) << "it has not been reset";
    EXPECT_EQ(place(low, kSynAck, 30, 71).connection, 1U);
    EXPECT_EQ(place(high, Flags::kAck, 71, 31).connection, 1U);
    EXPECT_EQ(place(high, Flags::kRst, 71).connection, 1U);
    ASSERT_EQ(place(high, Flags::kSyn, 700).connection, 2U);
    EXPECT_EQ(place(low, kSynAck, 40, 8).connection, 0U);
    EXPECT_EQ(place(low, kSynAck, 40, 71).connection, 1U);
    EXPECT_EQ(place(low, kSynAck, 40, 701).connection, 2U);
}

// Only who knows the sender's socket can tell: the wire looks the same.
TEST_F(Table, ASynInDoubtOpensTheNextConnectionIfItsSenderSaysSo) {
    place(high, Flags::kSyn, 7);
    place(low, Flags::kSyn | Flags::kAck, 20, 8);
    const auto doubted = place(high, Flags::kSyn, 70);
    EXPECT_EQ(doubted.connection, 0U);
    ASSERT_TRUE(doubted.syn_in_doubt);
    const auto begun = table.begin_doubted(doubted.connection);
    EXPECT_EQ(begun.connection, 1U);
    EXPECT_EQ(begun.from, Role::Client);
    EXPECT_EQ(id(begun), "127.0.0.1:43512-127.0.0.1:8000#2");
    EXPECT_EQ(place(high, Flags::kSyn, 70).connection, 1U);
    EXPECT_EQ(place(low, Flags::kAck, 21, 8).connection, 0U) << "the old request defends itself";
    EXPECT_EQ(place(high, Flags::kRst, 8).connection, 0U);
    EXPECT_EQ(place(low, Flags::kSyn | Flags::kAck, 30, 71).connection, 1U);
}

TEST_F(Table, WhatIsInTheTraceStays) {
    const auto first = place(high, Flags::kSyn, 7);
    const auto crossing = place(low, Flags::kSyn, 9);
    EXPECT_EQ(crossing.connection, first.connection);
    EXPECT_EQ(crossing.from, Role::Server) << "though in a simultaneous open it is the client";
    EXPECT_EQ(place(high, Flags::kSyn | Flags::kAck, 7).from, Role::Client);
}

TEST_F(Table, MayShareItsTrace) {
    trace.intern(*parse_connection_id("127.0.0.1:1-127.0.0.1:2"));
    EXPECT_EQ(place(high, Flags::kSyn, 7).connection, 1U);
    EXPECT_EQ(table.find(high, low), 1U);
}

}  // namespace
}  // namespace tcpstep::model
