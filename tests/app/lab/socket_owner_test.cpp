#include "app/lab/socket_owner.hpp"

#include <gtest/gtest.h>

namespace tcpstep::lab {
namespace {

using model::ConnectionId;
using model::Role;
using model::State;

ConnectionId between(std::uint16_t client_port, std::uint32_t generation) {
    ConnectionId id;
    id.client.port = client_port;
    id.server.port = 8000;
    id.generation = generation;
    return id;
}

struct Case {
    std::vector<State> server;  // of each connection, all between the same addresses
    model::ConnectionIndex owner;
};

TEST(SocketOwner, TheServersSocketIsOfTheNewestConnectionWhoseSynReachedIt) {
    for (const Case& one :
         {Case{{State::SynRcvd}, 0}, Case{{State::Listen, State::Listen}, 1},
          Case{{State::SynRcvd, State::Listen}, 0}, Case{{State::TimeWait, State::Listen}, 0},
          Case{{State::Listen, State::SynRcvd}, 1}, Case{{State::Closed, State::Listen}, 1},
          Case{{State::TimeWait, State::Established}, 1}}) {
        std::vector<ConnectionId> connections;
        for (std::uint32_t i = 0; i < one.server.size(); ++i) {
            connections.push_back(between(40000, i + 1));
        }
        for (model::ConnectionIndex i = 0; i < connections.size(); ++i) {
            const auto state = [&](model::ConnectionIndex of) { return one.server[of]; };
            EXPECT_EQ(owns_socket(connections, i, Role::Server, state), i == one.owner);
            EXPECT_EQ(owns_socket(connections, i, Role::Client, state),
                      i + 1 == connections.size());
        }
    }
}

TEST(SocketOwner, ASegmentReachesTheSocketThatIsThere) {
    struct Arrival {
        std::vector<State> server;
        model::ConnectionIndex sent_in, reaches;
    };
    for (const Arrival& one :
         {Arrival{{State::Listen}, 0, 0}, Arrival{{State::Listen, State::Listen}, 0, 0},
          Arrival{{State::Listen, State::Listen}, 1, 1},
          Arrival{{State::Listen, State::SynRcvd}, 0, 1},
          Arrival{{State::SynRcvd, State::Listen}, 1, 0},
          Arrival{{State::SynRcvd, State::Listen}, 0, 0},
          Arrival{{State::Listen, State::TimeWait}, 0, 1},
          Arrival{{State::TimeWait, State::Listen}, 1, 1}}) {
        std::vector<ConnectionId> connections;
        for (std::uint32_t i = 0; i < one.server.size(); ++i) {
            connections.push_back(between(40000, i + 1));
        }
        const auto state = [&](model::ConnectionIndex of) { return one.server[of]; };
        EXPECT_EQ(receiving(connections, one.sent_in, Role::Server, state), one.reaches);
        EXPECT_EQ(receiving(connections, one.sent_in, Role::Client, state), connections.size() - 1);
    }
}

TEST(SocketOwner, OtherAddressesAreOtherSockets) {
    const std::vector<ConnectionId> connections = {between(40000, 1), between(40001, 1)};
    const auto state = [](model::ConnectionIndex) { return State::Established; };
    for (model::ConnectionIndex i = 0; i < 2; ++i) {
        EXPECT_TRUE(owns_socket(connections, i, Role::Client, state));
        EXPECT_TRUE(owns_socket(connections, i, Role::Server, state));
    }
}

}  // namespace
}  // namespace tcpstep::lab
