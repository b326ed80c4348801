#include "app/watch/flows.hpp"

#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/app/watch/made_segment.hpp"

namespace tcpstep::watch {
namespace {

using model::Role;
using model::State;
using namespace tcpstep::testing;

const std::string kClient = "127.0.0.1:40000", kServer = "127.0.0.1:8000";

void close(Flows& flows, Slot slot) {
    flows[slot].states.shown(Role::Client, State::Closed);
    flows[slot].states.shown(Role::Server, State::Closed);
    flows.sort(slot);
}

std::string port(unsigned number) {
    return fmt::format("127.0.0.1:{}", number);
}

TEST(Flows, SegmentsOfBothDirectionsAreOfOneConnection) {
    Flows flows;
    const auto syn = flows.place(segment(kClient, kServer, kSyn, 100), kBegin);
    const auto answer = flows.place(segment(kServer, kClient, kSyn | kAck, 500, 101), kBegin);
    ASSERT_TRUE(syn && answer);
    EXPECT_TRUE(syn->began);
    EXPECT_FALSE(answer->began);
    EXPECT_EQ(syn->slot, answer->slot);
    EXPECT_EQ(to_string(flows[syn->slot].id), "127.0.0.1:40000-127.0.0.1:8000");
    EXPECT_EQ(flows[syn->slot].base(Role::Server), model::SeqNum(500));
}

TEST(Flows, NumbersOfAConnectionThatWasThereBeforeAreCountedFromWhatIsSeenFirst) {
    Flows flows;
    const auto data = flows.place(segment(kServer, kClient, kPsh | kAck, 5000, 900), kBegin);
    ASSERT_TRUE(data);
    const Flow& flow = flows[data->slot];
    EXPECT_EQ(flow.base(flow.id.client.port == 8000 ? Role::Client : Role::Server),
              model::SeqNum(4999));
    EXPECT_EQ(flow.base(flow.id.client.port == 8000 ? Role::Server : Role::Client),
              model::SeqNum(899))
        << "what is acknowledged tells where the other end is";
    flows.place(segment(kClient, kServer, kAck, 950, 5010), kBegin);
    EXPECT_EQ(flow.base(flow.id.client.port == 8000 ? Role::Server : Role::Client),
              model::SeqNum(899))
        << "it stays";
}

TEST(Flows, ASocketThatConnectsToItselfIsCountedFromItsOneSyn) {
    Flows flows;
    const auto syn = flows.place(segment(kClient, kClient, kSyn, 700), kBegin);
    ASSERT_TRUE(syn);
    flows.place(segment(kClient, kClient, kSyn | kAck, 700, 701), kBegin);
    for (const Role role : {Role::Client, Role::Server})
        EXPECT_EQ(flows[syn->slot].base(role), model::SeqNum(700));
}

TEST(Flows, AResetTellsNothingOfTheOtherEndsNumbers) {
    Flows flows;
    const auto reset = flows.place(segment(kServer, kClient, kRst | kAck, 0, 77), kBegin);
    if (!reset) return;
    for (const Role role : {Role::Client, Role::Server})
        EXPECT_EQ(flows[reset->slot].base(role), model::SeqNum(0));
}

TEST(Flows, AnotherConnectionBetweenTheSameEndsHasTheNextNumber) {
    Flows flows;
    const auto first = flows.place(segment(kClient, kServer, kSyn, 100), kBegin);
    flows.place(segment(kServer, kClient, kRst | kAck, 0, 101), kBegin);
    const auto second = flows.place(segment(kClient, kServer, kSyn, 900), kBegin);
    ASSERT_TRUE(second && second->began);
    EXPECT_EQ(second->superseded, first->slot);
    EXPECT_TRUE(flows[first->slot].superseded);
    EXPECT_EQ(flows[second->slot].id.generation, 2U);
}

TEST(Flows, ANameIsNeverUsedTwiceThoughConnectionsAreForgotten) {
    Limits limits;
    limits.names = 3;
    Flows flows(limits);
    std::set<std::string> names;
    // Ten pairs come round and round; only three of them are remembered by name.
    for (std::uint32_t round = 0; round < 50; ++round) {
        const std::string client = port(40000 + round % 10);
        const auto placed = flows.place(segment(client, kServer, kSyn, round * 100000), kBegin);
        ASSERT_TRUE(placed && placed->began);
        EXPECT_TRUE(names.insert(to_string(flows[placed->slot].id)).second) << round;
        close(flows, placed->slot);
        flows.forget(placed->slot);
    }
    EXPECT_EQ(flows.size(), 0U);
}

TEST(Flows, WhatIsOverGoesFirstThenWhatWaitsThenWhatIsSilentForHours) {
    Flows flows;
    const auto open = flows.place(segment(port(1), kServer, kSyn, 1), kBegin)->slot;
    const auto waits = flows.place(segment(port(2), kServer, kSyn, 1), kBegin)->slot;
    const auto over = flows.place(segment(port(3), kServer, kSyn, 1), kBegin)->slot;
    flows[waits].states.shown(Role::Client, State::TimeWait);
    flows.sort(waits);
    close(flows, over);
    EXPECT_EQ(flows.expired(kBegin + 5s), std::nullopt);
    EXPECT_EQ(flows.expired(kBegin + 6s), over);
    flows.forget(over);
    EXPECT_EQ(flows.expired(kBegin + 70s), std::nullopt);
    EXPECT_EQ(flows.expired(kBegin + 76s), waits);
    flows.forget(waits);
    EXPECT_EQ(flows.expired(kBegin + 3h), std::nullopt);
    EXPECT_EQ(flows.expired(kBegin + 3h + 1s), open);
}

TEST(Flows, ThereAreNeverMoreThanTheLimitHoweverManySynsCome) {
    Limits limits;
    limits.flows = 100;
    Flows flows(limits);
    for (unsigned i = 0; i < 5000; ++i) {
        flows.place(segment(port(1024 + i), kServer, kSyn, 1), kBegin);
        while (const auto slot = flows.expired(kBegin)) flows.forget(*slot);
        ASSERT_LE(flows.size(), 100U);
    }
    EXPECT_TRUE(flows.has(0));
}

TEST(Flows, APortThatConnectsForDaysKeepsNoHistory) {
    Flows flows;
    for (std::uint32_t i = 1; i <= 3000; ++i) {
        const auto placed = flows.place(segment(kClient, kServer, kSyn, i * 1000), kBegin);
        ASSERT_TRUE(placed && placed->began) << i;
        ASSERT_EQ(flows[placed->slot].id.generation, i);
        flows.place(segment(kServer, kClient, kRst | kAck, 0, i * 1000 + 1), kBegin);
        close(flows, placed->slot);
        if (placed->superseded) flows.forget(*placed->superseded);
    }
    EXPECT_LE(flows.size(), 2U);
}

TEST(Flows, AConnectionIsWatchedWhereItWasSeenFirst) {
    Flows flows;
    auto syn = segment(kClient, kServer, kSyn, 100);
    syn.interface = 3;
    ASSERT_TRUE(flows.place(syn, kBegin));
    syn.interface = 4;  // the same, behind a bridge
    EXPECT_FALSE(flows.place(syn, kBegin));
    EXPECT_EQ(flows.size(), 1U);
}

}  // namespace
}  // namespace tcpstep::watch
