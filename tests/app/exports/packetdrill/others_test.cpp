#include "app/exports/packetdrill/others.hpp"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace tcpstep::exports::packetdrill {
namespace {

using namespace model;

constexpr Role C = Role::Client;
constexpr Role S = Role::Server;
using Calls = std::set<CallId>;

/// A lab of several connections to one server, without the gate.
class Lab {
  public:
    Lab() {
        Scenario scenario;
        scenario.lab = true;
        add(scenario);
    }

    /// A call that returns at once; gives its number.
    CallId call(Role role, const std::string& name, std::int64_t fd, std::int64_t result,
                std::optional<ConnectionIndex> of = {}, Process process = 0) {
        const CallId id = ++calls_;
        add(CallEntered{id, role, name, {{"fd", fd}}, process}, of);
        CallReturned returned{id, role, name, result, {}};
        returned.process = process;
        add(returned, of);
        return id;
    }
    /// Its handshake, as far as the client's ACK.
    ConnectionIndex opens() {
        const ConnectionIndex one = next();
        send(C, Flags::kSyn, 100, 0, one);
        send(S, Flags::kSyn | Flags::kAck, 900, 101, one);
        send(C, Flags::kAck, 101, 901, one);
        return one;
    }
    /// Its client is not there any more.
    ConnectionIndex is_reset() {
        const ConnectionIndex one = next();
        send(C, Flags::kSyn, 100, 0, one);
        send(S, Flags::kSyn | Flags::kAck, 900, 101, one);
        send(C, Flags::kRst, 101, 0, one);
        return one;
    }

    Trace trace;

  private:
    ConnectionIndex next() {
        ConnectionId id;
        id.client.port = static_cast<std::uint16_t>(40001 + trace.connections().size());
        id.server.port = 80;
        return trace.intern(id);
    }
    void send(Role from, std::uint16_t flags, std::uint32_t seq, std::uint32_t ack,
              ConnectionIndex of) {
        Segment segment;
        segment.id = ++segments_;
        segment.from = from;
        segment.flags = Flags(flags);
        segment.seq = SeqNum(seq);
        segment.ack = SeqNum(ack);
        add(SegmentSent{segment}, of);
    }
    void add(Fact fact, std::optional<ConnectionIndex> of = {}) {
        trace.append({now_ += std::chrono::milliseconds(1), of, std::move(fact)});
    }

    Time now_{std::chrono::seconds(1'700'000'000)};
    CallId calls_ = 0;
    SegmentId segments_ = 0;
};

TEST(PacketdrillOthers, AcceptGivesWhatBecameEstablishedInItsOrder) {
    Lab lab;
    lab.call(S, "socket", -1, 3);
    lab.call(S, "listen", 3, 0);
    const auto old = lab.is_reset();
    const auto first = lab.opens();
    const auto second = lab.opens();
    const CallId one = lab.call(S, "accept", 3, 4);
    const CallId two = lab.call(S, "accept", 3, 5);
    EXPECT_EQ(calls_of_others(lab.trace, S, old), (Calls{one, two}));
    EXPECT_EQ(calls_of_others(lab.trace, S, first), (Calls{two}));
    EXPECT_EQ(calls_of_others(lab.trace, S, second), (Calls{one}));
}

TEST(PacketdrillOthers, AListenersQueueEndsWithIt) {
    Lab lab;
    lab.call(S, "socket", -1, 3);
    lab.call(S, "listen", 3, 0);
    const auto lost = lab.opens();
    lab.call(S, "close", 3, 0);
    lab.call(S, "socket", -1, 3);
    lab.call(S, "listen", 3, 0);
    const auto taken = lab.opens();
    const CallId accepts = lab.call(S, "accept", 3, 4);
    EXPECT_EQ(calls_of_others(lab.trace, S, lost), (Calls{accepts}));
    EXPECT_EQ(calls_of_others(lab.trace, S, taken), (Calls{}));
}

TEST(PacketdrillOthers, WhatIsDoneWithADescriptorTellsWhoseItIs) {
    Lab lab;
    lab.call(S, "socket", -1, 3);
    lab.call(S, "listen", 3, 0);
    const auto first = lab.opens();
    const auto second = lab.opens();
    // Two children accept(), and what they noted stands in another order.
    lab.call(S, "fork", -1, 100);
    const CallId late = lab.call(S, "accept", 3, 4);
    const CallId soon = lab.call(S, "accept", 3, 4, {}, 100);
    lab.call(S, "dup", 4, 9);
    lab.call(S, "recv", 9, 1, second);
    EXPECT_EQ(calls_of_others(lab.trace, S, first), (Calls{late}));
    EXPECT_EQ(calls_of_others(lab.trace, S, second), (Calls{soon}));
}

TEST(PacketdrillOthers, ASocketIsOfTheConnectionsThatItMakes) {
    Lab lab;
    const CallId one = lab.call(C, "socket", -1, 3);
    const CallId two = lab.call(C, "socket", -1, 4);
    const CallId unused = lab.call(C, "socket", -1, 5);
    const auto first = lab.opens();
    lab.call(C, "connect", 3, 0, first);
    const auto second = lab.opens();
    lab.call(C, "connect", 4, 0, second);
    lab.call(C, "close", 3, 0, first);
    const CallId again = lab.call(C, "socket", -1, 3);
    lab.call(C, "connect", 3, 0, second);
    EXPECT_EQ(calls_of_others(lab.trace, C, first), (Calls{two, again}));
    EXPECT_EQ(calls_of_others(lab.trace, C, second), (Calls{one}));
    EXPECT_FALSE(calls_of_others(lab.trace, C, first).contains(unused)) << "nothing tells";
}

TEST(PacketdrillOthers, OfOneConnectionThereAreNone) {
    Lab lab;
    lab.call(S, "socket", -1, 3);
    lab.call(S, "listen", 3, 0);
    const auto only = lab.is_reset();
    lab.call(S, "accept", 3, 4);
    EXPECT_EQ(calls_of_others(lab.trace, S, only), (Calls{}));
}

}  // namespace
}  // namespace tcpstep::exports::packetdrill
