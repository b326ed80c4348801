#include "model/flow_table.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace tcpstep::model {
namespace {

const SocketAddress kLow = *parse_socket_address("10.0.0.1:8000");
const SocketAddress kHigh = *parse_socket_address("10.0.0.2:43512");

Flags flags_of(const std::string& letters) {
    std::uint16_t bits = 0;
    for (const char letter : letters) {
        if (letter == 'S') bits |= Flags::kSyn;
        if (letter == 'A') bits |= Flags::kAck;
        if (letter == 'F') bits |= Flags::kFin;
        if (letter == 'R') bits |= Flags::kRst;
    }
    return Flags(bits);
}

/// One segment, and what is expected of it.
struct Step {
    char from;  // 'h' the high end, 'l' the low one
    std::string flags;
    std::uint32_t seq;
    std::uint32_t ack;
    unsigned generation;
    char client;            // of that connection, as known then
    std::string note = {};  // "?" a SYN in doubt, "back" the SYN in doubt was taken back
};

struct Case {
    const char* name;
    std::vector<Step> steps;
};

// h opens from 100, l answers from 500, then from 200 and 600. All near the end of the circle too.
const std::vector<Case> kCases = {
    {"the sender of the first SYN is the client",
     {{'l', "S", 100, 0, 1, 'l'}, {'h', "SA", 500, 101, 1, 'l'}, {'l', "A", 101, 501, 1, 'l'}}},
    {"the receiver of a SYN,ACK is the client", {{'h', "SA", 500, 101, 1, 'l'}}},
    {"a SYN captured late belongs to what it opened",
     {{'h', "SA", 500, 101, 1, 'l'},
      {'l', "S", 100, 0, 1, 'l'},
      {'l', "A", 101, 501, 1, 'l'},
      {'h', "SA", 500, 101, 1, 'l'}}},
    {"the first SYN captured tells where the roles were guessed",
     {{'l', "A", 101, 501, 1, 'h'}, {'l', "S", 100, 0, 1, 'l'}, {'h', "SA", 500, 101, 1, 'l'}}},
    {"a SYN,ACK tells where the roles were guessed",
     {{'l', "A", 101, 501, 1, 'h'}, {'h', "SA", 500, 101, 1, 'l'}}},
    {"a SYN sent again is the same connection",
     {{'h', "S", 100, 0, 1, 'h'},
      {'h', "S", 100, 0, 1, 'h'},
      {'l', "SA", 500, 101, 1, 'h'},
      {'h', "S", 100, 0, 1, 'h'},
      {'h', "FA", 101, 501, 1, 'h'},
      {'l', "FA", 501, 102, 1, 'h'},
      {'h', "S", 100, 0, 1, 'h'}}},
    {"a new SYN after both FINs",
     {{'h', "S", 100, 0, 1, 'h'},
      {'l', "SA", 500, 101, 1, 'h'},
      {'h', "FA", 101, 501, 1, 'h'},
      {'l', "FA", 501, 102, 1, 'h'},
      {'h', "A", 102, 502, 1, 'h'},
      {'h', "S", 200, 0, 2, 'h'},
      {'l', "SA", 600, 201, 2, 'h'},
      {'h', "A", 201, 601, 2, 'h'}}},
    {"from the other end",
     {{'h', "S", 100, 0, 1, 'h'},
      {'l', "SA", 500, 101, 1, 'h'},
      {'h', "FA", 101, 501, 1, 'h'},
      {'l', "FA", 501, 102, 1, 'h'},
      {'l', "S", 600, 0, 2, 'l'},
      {'h', "SA", 200, 601, 2, 'l'}}},
    {"a smaller sequence number is as new",
     {{'h', "S", 100, 0, 1, 'h'}, {'l', "RA", 0, 101, 1, 'h'}, {'h', "S", 50, 0, 2, 'h'}}},
    {"a new SYN after a refusal, and another",
     {{'h', "S", 100, 0, 1, 'h'},
      {'l', "RA", 0, 101, 1, 'h'},
      {'h', "S", 200, 0, 2, 'h'},
      {'l', "RA", 0, 201, 2, 'h'},
      {'h', "S", 300, 0, 3, 'h'}}},
    {"a duplicate of the SYN before is no new connection",
     {{'h', "S", 100, 0, 1, 'h'},
      {'l', "RA", 0, 101, 1, 'h'},
      {'h', "S", 200, 0, 2, 'h'},
      {'h', "S", 100, 0, 2, 'h'},
      {'l', "SA", 600, 201, 2, 'h'},
      {'h', "S", 100, 0, 2, 'h'},
      {'l', "R", 601, 0, 2, 'h'},
      {'h', "S", 100, 0, 2, 'h'}}},
    {"a new SYN after one that was never answered",
     {{'h', "S", 100, 0, 1, 'h'}, {'h', "S", 100, 0, 1, 'h'}, {'h', "S", 200, 0, 2, 'h'}}},
    {"while the connection lives, a new SYN is in doubt",
     {{'h', "S", 100, 0, 1, 'h'},
      {'l', "SA", 500, 101, 1, 'h'},
      {'h', "A", 101, 501, 1, 'h'},
      {'h', "S", 200, 0, 1, 'h', "?"},
      {'l', "A", 501, 101, 1, 'h'},
      {'h', "A", 101, 501, 1, 'h'}}},
    {"with one FIN it lives",
     {{'h', "S", 100, 0, 1, 'h'},
      {'l', "SA", 500, 101, 1, 'h'},
      {'h', "FA", 101, 501, 1, 'h'},
      {'h', "S", 200, 0, 1, 'h', "?"}}},
    {"a SYN,ACK acknowledges the SYN in doubt",
     {{'h', "S", 100, 0, 1, 'h'},
      {'l', "SA", 500, 101, 1, 'h'},
      {'h', "A", 101, 501, 1, 'h'},
      {'h', "S", 200, 0, 1, 'h', "?"},
      {'l', "SA", 600, 201, 2, 'h', "back"},
      {'h', "S", 200, 0, 2, 'h'},
      {'h', "A", 201, 601, 2, 'h'}}},
    {"a SYN,ACK that acknowledges the old SYN does not",
     {{'h', "S", 100, 0, 1, 'h'},
      {'l', "SA", 500, 101, 1, 'h'},
      {'h', "A", 101, 501, 1, 'h'},
      {'h', "S", 200, 0, 1, 'h', "?"},
      {'l', "SA", 500, 101, 1, 'h'}}},
    // RFC 9293 3.5.1, figure 9: the old connection is found to be half open.
    {"a RST, and the SYN in doubt again",
     {{'h', "S", 100, 0, 1, 'h'},
      {'l', "SA", 500, 101, 1, 'h'},
      {'h', "A", 101, 501, 1, 'h'},
      {'h', "S", 200, 0, 1, 'h', "?"},
      {'l', "A", 501, 101, 1, 'h'},
      {'h', "R", 101, 0, 1, 'h'},
      {'h', "S", 200, 0, 2, 'h', "back"},
      {'l', "SA", 600, 201, 2, 'h'}}},
    {"a SYN into a connection whose beginning is unknown",
     {{'h', "A", 7000, 9000, 1, 'h'},
      {'h', "S", 200, 0, 1, 'h', "?"},
      {'l', "SA", 600, 201, 2, 'h', "back"}}},
    {"a SYN into it from the other end, which was acknowledged but not seen",
     {{'h', "A", 7000, 9000, 1, 'h'}, {'l', "S", 200, 0, 1, 'h', "?"}}},
    {"after the end of a connection whose beginning is unknown",
     {{'l', "R", 7000, 0, 1, 'h'}, {'l', "S", 200, 0, 2, 'l'}}},
    {"SYNs that cross: the lower address is the client",
     {{'h', "S", 100, 0, 1, 'h'},
      {'l', "S", 500, 0, 1, 'l'},
      {'h', "SA", 100, 501, 1, 'l'},
      {'l', "SA", 500, 101, 1, 'l'}}},
    {"SYNs that cross, the lower address first",
     {{'l', "S", 500, 0, 1, 'l'}, {'h', "S", 100, 0, 1, 'l'}}},
    {"after SYNs that crossed",
     {{'h', "S", 100, 0, 1, 'h'},
      {'l', "S", 500, 0, 1, 'l'},
      {'h', "R", 101, 0, 1, 'l'},
      {'h', "S", 200, 0, 2, 'h'}}},
    {"SYN and FIN in one, SYN and RST in one: no SYN without ACK",
     {{'h', "SR", 100, 0, 1, 'l'}, {'h', "SR", 300, 0, 1, 'l'}}},
};

class FlowTableOf : public ::testing::TestWithParam<std::uint32_t> {};

TEST_P(FlowTableOf, PlacesEverySegment) {
    for (const Case& told : kCases) {
        FlowTable flows;
        std::size_t number = 0;
        for (const Step& step : told.steps) {
            SCOPED_TRACE(std::string(told.name) + ", segment " + std::to_string(++number));
            const SocketAddress& source = step.from == 'h' ? kHigh : kLow;
            const SocketAddress& destination = step.from == 'h' ? kLow : kHigh;
            const auto placed = flows.place(source, destination,
                                            {SeqNum(GetParam() + step.seq),
                                             SeqNum(GetParam() + step.ack), flags_of(step.flags)});
            const ConnectionId id = flows.id(placed.connection);
            EXPECT_EQ(id.generation, step.generation);
            EXPECT_EQ(id.client, step.client == 'h' ? kHigh : kLow);
            EXPECT_EQ(id.server, step.client == 'h' ? kLow : kHigh);
            EXPECT_EQ(placed.from, step.from == step.client ? Role::Client : Role::Server);
            EXPECT_EQ(placed.side, step.from == 'h' ? Side::High : Side::Low);
            EXPECT_EQ(placed.syn_in_doubt, step.note == "?");
            EXPECT_EQ(placed.syn_taken_back, step.note == "back");
            EXPECT_EQ(placed.connection, step.generation - 1);
            EXPECT_EQ(flows.size(), step.generation);
        }
    }
}

// The first SYN of the stories (100) is at the end of the circle, its successor, and a bit before.
INSTANTIATE_TEST_SUITE_P(InitialSequenceNumbers, FlowTableOf,
                         ::testing::Values(0U, 0xffffffffU - 100U, 0xfffffffeU - 100U,
                                           0xffffffdeU - 100U, 0xffffffffU - 200U));

TEST(FlowTable, GuessesByThePortsInTheMiddleUntilASynTells) {
    FlowTable flows;
    const auto placed = flows.place(kLow, kHigh, {SeqNum(101), SeqNum(501), flags_of("A")});
    EXPECT_EQ(placed.from, Role::Server);
    EXPECT_TRUE(flows.roles_guessed(placed.connection));
    flows.place(kLow, kHigh, {SeqNum(100), SeqNum(), flags_of("S")});
    EXPECT_FALSE(flows.roles_guessed(placed.connection));
    EXPECT_EQ(flows.role(placed.connection, Side::Low), Role::Client);
}

TEST(FlowTable, AConnectionToItselfHasOnlyTheClientsSegments) {
    FlowTable flows;
    const auto give = [&](const char* flags, std::uint32_t seq, std::uint32_t ack) {
        return flows.place(kLow, kLow, {SeqNum(seq), SeqNum(ack), flags_of(flags)});
    };
    EXPECT_TRUE(give("S", 0xffffffffU, 0).began);
    for (const auto& placed : {give("SA", 0xffffffffU, 0), give("A", 0, 0), give("FA", 0, 0)}) {
        EXPECT_EQ(placed.connection, 0U);
        EXPECT_EQ(placed.from, Role::Client);
    }
    EXPECT_TRUE(flows.to_itself(0));
    EXPECT_EQ(flows.id(0).server, kLow);
    EXPECT_EQ(give("S", 7, 0).connection, 1U) << "its one FIN is that of both ends";
}

TEST(FlowTable, AKnownServerIsTheServerWhoeverOpens) {
    FlowTable flows(kHigh);
    EXPECT_EQ(flows.place(kHigh, kLow, {SeqNum(1), SeqNum(), flags_of("S")}).from, Role::Server);
    EXPECT_EQ(flows.place(kLow, kHigh, {SeqNum(5), SeqNum(), flags_of("S")}).from, Role::Client);
    EXPECT_EQ(flows.id(0).server, kHigh);
    FlowTable crossed(kLow);
    crossed.place(kHigh, kLow, {SeqNum(1), SeqNum(), flags_of("S")});
    EXPECT_EQ(crossed.place(kLow, kHigh, {SeqNum(5), SeqNum(), flags_of("S")}).from, Role::Server);
    FlowTable other(kLow);
    EXPECT_EQ(other.place(kLow, kHigh, {SeqNum(1), SeqNum(2), flags_of("A")}).from, Role::Server);
    EXPECT_FALSE(other.roles_guessed(0));
}

TEST(FlowTable, TellsManyPairsApart) {
    FlowTable flows;
    const SocketAddress server = *parse_socket_address("[fe80::1]:80");
    std::vector<SocketAddress> clients;
    for (std::uint32_t n = 0; n < 3000; ++n) {
        // Alike in all but some octets: the first, the last of four, the last, the port, the
        // version.
        SocketAddress client{{}, static_cast<std::uint16_t>(n / 1000)};
        client.ip.v6 = n % 2 == 0;
        client.ip.bytes[n % 4 < 2 ? 0 : 3] = static_cast<std::uint8_t>(n);
        client.ip.bytes[client.ip.v6 ? 15 : 1] = static_cast<std::uint8_t>(n >> 8U);
        clients.push_back(client);
    }
    for (const auto& client : clients) {
        ASSERT_TRUE(flows.place(client, server, {SeqNum(), SeqNum(), flags_of("A")}).began);
    }
    for (std::uint32_t n = 0; n < clients.size(); ++n) {
        ASSERT_EQ(flows.find(server, clients[n]), n);
        ASSERT_EQ(flows.find(clients[n], server), n);
        ASSERT_EQ(flows.place(server, clients[n], {SeqNum(), SeqNum(), flags_of("A")}).connection,
                  n);
    }
    EXPECT_FALSE(flows.find(clients[0], clients[1]));
    EXPECT_LE(flows.bytes(), clients.size() * 160U);
}

// Who asks early may be overtaken by a segment that comes before its own.
TEST(FlowTable, AHintIsNotTrustedOnceTheNextGenerationHasBegun) {
    FlowTable flows;
    flows.place(kHigh, kLow, {SeqNum(100), SeqNum(), flags_of("S")});
    flows.place(kLow, kHigh, {SeqNum(), SeqNum(101), flags_of("RA")});
    FlowTable::Hint hint;
    flows.fetch(kLow, kHigh, hint);
    flows.expect(hint);
    EXPECT_EQ(hint.likely, 0U);
    EXPECT_TRUE(flows.place(kHigh, kLow, {SeqNum(200), SeqNum(), flags_of("S")}).began);
    EXPECT_EQ(flows.place(hint, kLow, kHigh, {SeqNum(500), SeqNum(201), flags_of("SA")}).connection,
              1U);
}

TEST(FlowTable, ASynInDoubtOpensAnotherForWhoKnowsThatItsSenderDoesNotGoOn) {
    FlowTable flows;
    flows.place(kHigh, kLow, {SeqNum(100), SeqNum(), flags_of("S")});
    flows.place(kLow, kHigh, {SeqNum(500), SeqNum(101), flags_of("SA")});
    EXPECT_TRUE(flows.place(kHigh, kLow, {SeqNum(200), SeqNum(), flags_of("S")}).syn_in_doubt);
    const auto placed = flows.begin_doubted(0);
    EXPECT_TRUE(placed.began && placed.syn_taken_back);
    EXPECT_EQ(placed.before, 0U);
    EXPECT_EQ(flows.id(placed.connection).client, kHigh);
    EXPECT_EQ(flows.id(placed.connection).generation, 2U);
    EXPECT_EQ(flows.find(kLow, kHigh), placed.connection);
}

TEST(AddressHash, DependsOnTheSecretAndNotOnTheOrder) {
    const AddressHash one(1);
    const AddressHash other(2);
    EXPECT_EQ(one.of_pair(kLow, kHigh), one.of_pair(kHigh, kLow));
    EXPECT_NE(one.of_pair(kLow, kHigh), other.of_pair(kLow, kHigh));
    EXPECT_NE(one.of_pair(kLow, kLow), one.of_pair(kHigh, kHigh));
}

}  // namespace
}  // namespace tcpstep::model
