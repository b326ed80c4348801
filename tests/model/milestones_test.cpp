#include "model/milestones.hpp"

#include <string>

#include <gtest/gtest.h>

namespace tcpstep::model {
namespace {

constexpr Role kClient = Role::Client;

Milestone at(SegmentId after, On on, Doubt doubt = Doubt::None) {
    return {after, after, kClient, on, State::Unknown, doubt};
}

std::string states(const Milestones& milestones) {
    std::string text;
    for (const TrackedChange& change : milestones.changes()) {
        text += std::string(text.empty() ? "" : " ") + std::string(name(change.to));
    }
    return text;
}

Milestones open_client() {
    Milestones milestones;
    milestones.add({1, 0, kClient, std::nullopt, State::Closed, Doubt::None});
    milestones.add(at(1, On::ActiveOpen));
    milestones.add(at(2, On::RcvSynAck));
    return milestones;
}

TEST(Milestones, TheMachineTellsWhatComesOfThem) {
    Milestones milestones = open_client();
    EXPECT_EQ(states(milestones), "CLOSED SYN_SENT ESTABLISHED");
    EXPECT_EQ(milestones.state(kClient), State::Established);
    EXPECT_EQ(milestones.state(Role::Server), State::Unknown);
    EXPECT_EQ(milestones.opened(kClient), Opened::Actively);
    EXPECT_EQ(milestones.changes()[2].edge(),
              find_transition(State::SynSent, On::RcvSynAck, Opened::Actively));
}

TEST(Milestones, WhatHappenedEarlierIsPutBeforeWhatFollows) {
    Milestones milestones = open_client();
    milestones.add(at(5, On::Close));
    milestones.add(at(9, On::RcvFin));
    EXPECT_EQ(states(milestones), "CLOSED SYN_SENT ESTABLISHED FIN_WAIT_1 CLOSING");
    milestones.add(at(7, On::RcvAckOfFin));
    EXPECT_EQ(states(milestones), "CLOSED SYN_SENT ESTABLISHED FIN_WAIT_1 FIN_WAIT_2 TIME_WAIT");
}

TEST(Milestones, WhatTheMachineDoesNotKnowMovesNothing) {
    Milestones milestones = open_client();
    milestones.add(at(3, On::RcvAckOfFin));
    EXPECT_EQ(milestones.state(kClient), State::Established);
    milestones.add(at(4, On::Close));
    EXPECT_EQ(milestones.state(kClient), State::FinWait1);
}

TEST(Milestones, OnlyWhatIsDoubtedIsTakenBack) {
    Milestones milestones = open_client();
    milestones.add(at(5, On::Close));
    milestones.take_back_doubted(kClient, On::Close);
    EXPECT_EQ(milestones.state(kClient), State::FinWait1);
    milestones.add(at(6, On::RcvAckOfFin, Doubt::NothingFollows));
    milestones.add(at(8, On::RcvFin));
    EXPECT_EQ(milestones.state(kClient), State::TimeWait);
    milestones.take_back_doubted(kClient, On::RcvAckOfFin);
    EXPECT_EQ(milestones.state(kClient), State::Closing);
}

TEST(Milestones, WhatIsProvedIsNoLongerTakenBack) {
    Milestones milestones = open_client();
    milestones.add(at(5, On::RcvRst, Doubt::NothingFollows));
    EXPECT_EQ(milestones.changes().back().doubt, Doubt::NothingFollows);
    milestones.prove(kClient, On::RcvRst);
    EXPECT_EQ(milestones.changes().back().doubt, Doubt::None);
    EXPECT_FALSE(milestones.take_back_last_doubted(kClient));
    EXPECT_EQ(milestones.state(kClient), State::Closed);
}

TEST(Milestones, TheLastDoubtedIsTakenBackOfThatEndAlone) {
    Milestones milestones = open_client();
    milestones.add(at(5, On::RcvRst, Doubt::NothingFollows));
    milestones.add({6, 0, Role::Server, std::nullopt, State::Closed, Doubt::NothingFollows});
    EXPECT_TRUE(milestones.take_back_last_doubted(kClient));
    EXPECT_EQ(milestones.state(kClient), State::Established);
    EXPECT_EQ(milestones.state(Role::Server), State::Closed);
    EXPECT_FALSE(milestones.take_back_last_doubted(kClient));
}

}  // namespace
}  // namespace tcpstep::model
