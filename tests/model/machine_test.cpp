#include "model/machine.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include <gtest/gtest.h>

namespace tcpstep::model {
namespace {

constexpr std::array kTriggers = {
    On::PassiveOpen, On::ActiveOpen, On::Close,       On::Abort,  On::RcvSyn,       On::RcvSynAck,
    On::RcvAckOfSyn, On::RcvFin,     On::RcvAckOfFin, On::RcvRst, On::TimeWaitEnds, On::UserTimeout,
};

struct Edge {
    State from;
    On on;
    State to;
    Sends sends;
};

// RFC 9293 Figure 5, written out once more by hand.
constexpr Edge kFigure5[] = {
    {State::Closed, On::PassiveOpen, State::Listen, Sends::Nothing},
    {State::Closed, On::ActiveOpen, State::SynSent, Sends::Syn},
    {State::Listen, On::Close, State::Closed, Sends::Nothing},
    {State::Listen, On::ActiveOpen, State::SynSent, Sends::Syn},
    {State::Listen, On::RcvSyn, State::SynRcvd, Sends::SynAck},
    {State::SynSent, On::Close, State::Closed, Sends::Nothing},
    {State::SynSent, On::RcvSyn, State::SynRcvd, Sends::SynAck},
    {State::SynSent, On::RcvSynAck, State::Established, Sends::Ack},
    {State::SynRcvd, On::RcvAckOfSyn, State::Established, Sends::Nothing},
    {State::SynRcvd, On::RcvRst, State::Listen, Sends::Nothing},
    {State::SynRcvd, On::Close, State::FinWait1, Sends::Fin},
    {State::Established, On::Close, State::FinWait1, Sends::Fin},
    {State::Established, On::RcvFin, State::CloseWait, Sends::Ack},
    {State::FinWait1, On::RcvAckOfFin, State::FinWait2, Sends::Nothing},
    {State::FinWait1, On::RcvFin, State::Closing, Sends::Ack},
    {State::FinWait2, On::RcvFin, State::TimeWait, Sends::Ack},
    {State::CloseWait, On::Close, State::LastAck, Sends::Fin},
    {State::Closing, On::RcvAckOfFin, State::TimeWait, Sends::Nothing},
    {State::LastAck, On::RcvAckOfFin, State::Closed, Sends::Nothing},
    {State::TimeWait, On::TimeWaitEnds, State::Closed, Sends::Nothing},
};

TEST(Machine, HasEveryEdgeOfFigure5AndDrawsNoOther) {
    for (const Edge& edge : kFigure5) {
        const Transition* found = find_transition(edge.from, edge.on, Opened::Passively);
        ASSERT_NE(found, nullptr) << name(edge.from) << " on " << name(edge.on);
        EXPECT_EQ(found->to, edge.to) << name(edge.from) << " on " << name(edge.on);
        EXPECT_EQ(found->sends, edge.sends) << name(edge.from) << " on " << name(edge.on);
        EXPECT_TRUE(found->in_figure) << name(edge.from) << " on " << name(edge.on);
    }
    const auto drawn =
        std::count_if(kMachine.begin(), kMachine.end(), [](const auto& e) { return e.in_figure; });
    EXPECT_EQ(static_cast<std::size_t>(drawn), std::size(kFigure5));
}

TEST(Machine, APairLeadsToOnePlaceForAnEndpointOpenedOneWay) {
    for (Opened opened : {Opened::Passively, Opened::Actively}) {
        std::set<std::pair<State, On>> seen;
        for (const Transition& edge : kMachine) {
            if (edge.only_if != Opened::Either && edge.only_if != opened) continue;
            EXPECT_TRUE(seen.emplace(edge.from, edge.on).second)
                << name(edge.from) << " on " << name(edge.on);
        }
    }
}

TEST(Machine, EveryEdgeNamesItsSectionAndGoesSomewhere) {
    for (const Transition& edge : kMachine) {
        EXPECT_TRUE(edge.rfc.starts_with("3.10.")) << edge.rfc;
        EXPECT_NE(edge.from, edge.to);
        EXPECT_NE(edge.from, State::Unknown);
        EXPECT_NE(edge.to, State::Unknown);
    }
}

// The pairs that move nothing. What is listed here must not be in the table, whatever else is.
TEST(Machine, PairsThatAreNotInTheTable) {
    struct Pair {
        State state;
        On on;
    };
    constexpr Pair kNot[] = {
        {State::Closed, On::RcvSyn},
        {State::Closed, On::RcvRst},
        {State::Closed, On::Close},
        {State::Listen, On::RcvRst},
        {State::Listen, On::RcvFin},
        {State::Listen, On::RcvAckOfFin},
        {State::SynSent, On::RcvFin},
        {State::SynSent, On::RcvAckOfFin},
        {State::SynRcvd, On::RcvFin},
        {State::Established, On::RcvSyn},
        {State::Established, On::RcvAckOfFin},
        {State::FinWait1, On::Close},
        {State::FinWait2, On::Close},
        {State::FinWait2, On::RcvAckOfFin},
        {State::CloseWait, On::RcvFin},
        {State::Closing, On::RcvFin},
        {State::LastAck, On::RcvFin},
        {State::LastAck, On::Close},
        {State::TimeWait, On::RcvFin},
        {State::TimeWait, On::Close},
        {State::TimeWait, On::Abort},
        {State::TimeWait, On::UserTimeout},
    };
    for (const Pair& pair : kNot) {
        EXPECT_EQ(find_transition(pair.state, pair.on, Opened::Actively), nullptr)
            << name(pair.state) << " on " << name(pair.on);
    }
    for (On on : kTriggers) EXPECT_EQ(find_transition(State::Unknown, on), nullptr);
}

TEST(Machine, ARstInSynRcvdReturnsAPassiveOpenerToListenAndEndsAnActiveOne) {
    EXPECT_EQ(find_transition(State::SynRcvd, On::RcvRst, Opened::Passively)->to, State::Listen);
    EXPECT_EQ(find_transition(State::SynRcvd, On::RcvRst, Opened::Actively)->to, State::Closed);
}

// RFC 9293 3.10.5, and Linux: the FIN has told the peer already. Where one is sent all the same
// (unread data, a FIN that still waits) the endpoint takes the edge by the RST it sees.
TEST(Machine, AnAbortSendsARstUnlessTheFinToldThePeer) {
    for (const Transition& edge : kMachine) {
        if (edge.on != On::Abort) continue;
        const bool silent = edge.from == State::SynSent || edge.from == State::Closing ||
                            edge.from == State::LastAck;
        EXPECT_EQ(edge.sends, silent ? Sends::Nothing : Sends::Rst) << name(edge.from);
    }
}

TEST(Machine, OnlyACookieTakesAListenerStraightToEstablished) {
    const Transition* edge = find_transition(State::Listen, On::RcvAckOfSyn);
    ASSERT_NE(edge, nullptr);
    EXPECT_EQ(edge->to, State::Established);
    EXPECT_FALSE(edge->in_figure);
}

TEST(State, NamesAreReadBack) {
    for (State state : kStates) EXPECT_EQ(state_named(name(state)), state);
    EXPECT_EQ(state_named("UNKNOWN"), State::Unknown);
    EXPECT_EQ(state_named("SYN-SENT"), std::nullopt);
}

}  // namespace
}  // namespace tcpstep::model
