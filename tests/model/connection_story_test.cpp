#include "model/connection_story.hpp"

#include <array>
#include <ostream>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "model/machine.hpp"

namespace tcpstep::model {

// For GoogleTest.
std::ostream& operator<<(std::ostream& out, const ConnectionStory& story) {
    return out << "began " << static_cast<int>(story.began) << ", ended "
               << static_cast<int>(story.ended) << ", by "
               << (story.by ? name(*story.by) : "neither");
}

namespace {

constexpr Role kClient = Role::Client;
constexpr Role kServer = Role::Server;

struct Move {
    Role endpoint;
    On on;
};

// The changes that these moves make of two closed ends, each an edge of the machine.
std::vector<TrackedChange> changes_of(const std::vector<Move>& moves) {
    std::array<State, 2> states = {State::Closed, State::Closed};
    std::array<Opened, 2> opened = {Opened::Actively, Opened::Actively};
    std::vector<TrackedChange> changes;
    for (const Move& move : moves) {
        const auto end = static_cast<std::size_t>(move.endpoint);
        if (move.on == On::PassiveOpen) opened[end] = Opened::Passively;
        const Transition* edge = find_transition(states[end], move.on, opened[end]);
        EXPECT_NE(edge, nullptr) << name(states[end]) << " " << name(move.on);
        if (edge == nullptr) break;
        TrackedChange change;
        change.endpoint = move.endpoint;
        change.from = edge->from;
        change.to = edge->to;
        change.edge_index = static_cast<std::uint8_t>(edge - kMachine.data());
        changes.push_back(change);
        states[end] = edge->to;
    }
    return changes;
}

using Moves = std::vector<Move>;

Moves operator+(Moves head, const Moves& tail) {
    head.insert(head.end(), tail.begin(), tail.end());
    return head;
}

Moves syn() {
    return {{kServer, On::PassiveOpen}, {kClient, On::ActiveOpen}};
}

Moves syn_ack() {
    return syn() + Moves{{kServer, On::RcvSyn}};
}

Moves handshake() {
    return syn_ack() + Moves{{kClient, On::RcvSynAck}, {kServer, On::RcvAckOfSyn}};
}

// Up to the FIN of the second.
Moves close_from(Role first) {
    const Role second = peer(first);
    return {
        {first, On::Close}, {second, On::RcvFin}, {first, On::RcvAckOfFin}, {second, On::Close}};
}

Moves closed_from(Role first) {
    return close_from(first) + Moves{{first, On::RcvFin}, {peer(first), On::RcvAckOfFin}};
}

struct Case {
    const char* name;
    Moves moves;
    ConnectionStory expected;
};

TEST(ConnectionStory, TellsHowAConnectionBeganAndEnded) {
    using B = Beginning;
    using E = Ending;
    const Moves open_both = {{kClient, On::ActiveOpen},  {kServer, On::ActiveOpen},
                             {kClient, On::RcvSyn},      {kServer, On::RcvSyn},
                             {kClient, On::RcvAckOfSyn}, {kServer, On::RcvAckOfSyn}};
    const Moves close_both = {
        {kClient, On::Close}, {kServer, On::Close}, {kServer, On::RcvFin}, {kClient, On::RcvFin}};
    const Case cases[] = {
        {"nothing", {}, {B::BeforeCapture, E::NotKnown, {}}},
        {"no answer", syn(), {B::Attempt, E::NoAnswer, {}}},
        {"gave up", syn() + Moves{{kClient, On::UserTimeout}}, {B::Attempt, E::NoAnswer, {}}},
        {"connect() ended", syn() + Moves{{kClient, On::Abort}}, {B::Attempt, E::NoAnswer, {}}},
        {"refused",
         {{kClient, On::ActiveOpen}, {kClient, On::RcvRst}},
         {B::Attempt, E::Refused, kServer}},
        {"half open", syn_ack(), {B::Attempt, E::Unfinished, {}}},
        {"SYN scan", syn_ack() + Moves{{kServer, On::RcvRst}}, {B::Attempt, E::Reset, kClient}},
        {"open", handshake(), {B::Handshake, E::Open, {}}},
        {"the client only",
         syn_ack() + Moves{{kClient, On::RcvSynAck}},
         {B::Handshake, E::Open, {}}},
        {"both at once", open_both, {B::SimultaneousOpen, E::Open, {}}},
        {"half-closed",
         handshake() + Moves{{kServer, On::Close}, {kClient, On::RcvFin}},
         {B::Handshake, E::HalfClosed, kServer}},
        {"FIN not arrived",
         handshake() + Moves{{kClient, On::Close}},
         {B::Handshake, E::HalfClosed, kClient}},
        {"last ACKs", handshake() + close_from(kClient), {B::Handshake, E::Closing, kClient}},
        {"the last ACK",
         handshake() + close_from(kClient) + Moves{{kClient, On::RcvFin}},
         {B::Handshake, E::Closing, kClient}},
        {"SYNs crossed, one was lost",
         {{kClient, On::ActiveOpen}, {kServer, On::ActiveOpen}, {kClient, On::RcvSyn}},
         {B::Attempt, E::Unfinished, {}}},
        {"client first", handshake() + closed_from(kClient), {B::Handshake, E::Closed, kClient}},
        {"server first", handshake() + closed_from(kServer), {B::Handshake, E::Closed, kServer}},
        {"TIME_WAIT over",
         handshake() + closed_from(kServer) + Moves{{kServer, On::TimeWaitEnds}},
         {B::Handshake, E::Closed, kServer}},
        {"RST into TIME_WAIT",
         handshake() + closed_from(kServer) + Moves{{kServer, On::RcvRst}},
         {B::Handshake, E::Closed, kServer}},
        {"CLOSING", handshake() + close_both, {B::Handshake, E::Closing, {}}},
        {"closed both at once",
         handshake() + close_both + Moves{{kClient, On::RcvAckOfFin}, {kServer, On::RcvAckOfFin}},
         {B::Handshake, E::Closed, {}}},
        {"abort",
         handshake() + Moves{{kClient, On::Abort}, {kServer, On::RcvRst}},
         {B::Handshake, E::Reset, kClient}},
        {"the RST was lost",
         handshake() + Moves{{kServer, On::Abort}},
         {B::Handshake, E::Reset, kServer}},
        {"the RST alone tells",
         handshake() + Moves{{kClient, On::RcvRst}},
         {B::Handshake, E::Reset, kServer}},
        {"reset after the close",
         handshake() + close_from(kClient) + Moves{{kServer, On::RcvRst}},
         {B::Handshake, E::Reset, kClient}},
        {"LAST_ACK gives up",
         handshake() + close_from(kClient) + Moves{{kServer, On::UserTimeout}},
         {B::Handshake, E::TimedOut, kServer}},
    };
    for (const Case& one : cases) {
        EXPECT_EQ(story_of(changes_of(one.moves), false), one.expected) << one.name;
    }
}

TEST(ConnectionStory, DataInTheSynIsFastOpenOnceThereIsAConnection) {
    EXPECT_EQ(story_of(changes_of(handshake()), true).began, Beginning::FastOpen);
    EXPECT_EQ(story_of(changes_of(syn_ack()), true).began, Beginning::Attempt);
    EXPECT_EQ(story_of({}, true).began, Beginning::BeforeCapture);
}

// Proved by a later segment: no edge was seen to be taken.
TEST(ConnectionStory, WhatBeganBeforeTheCaptureIsToldFromTheStatesAlone) {
    const auto proved = [](Role role, State state) {
        TrackedChange change;
        change.endpoint = role;
        change.to = state;
        return change;
    };
    const TrackedChange open[] = {proved(kClient, State::Established)};
    EXPECT_EQ(story_of(open, false),
              (ConnectionStory{Beginning::BeforeCapture, Ending::Open, std::nullopt}));
    const TrackedChange half[] = {proved(kServer, State::FinWait2),
                                  proved(kClient, State::CloseWait)};
    EXPECT_EQ(story_of(half, false),
              (ConnectionStory{Beginning::BeforeCapture, Ending::HalfClosed, kServer}));
    const TrackedChange first_end[] = {proved(kServer, State::FinWait2)};
    EXPECT_EQ(story_of(first_end, false).ended, Ending::HalfClosed);
    const TrackedChange one_end[] = {proved(kClient, State::LastAck)};
    EXPECT_EQ(story_of(one_end, false),
              (ConnectionStory{Beginning::BeforeCapture, Ending::Closing, kServer}));
    const TrackedChange over[] = {proved(kServer, State::TimeWait), proved(kClient, State::Closed)};
    EXPECT_EQ(story_of(over, false).began, Beginning::BeforeCapture);
}

}  // namespace
}  // namespace tcpstep::model
