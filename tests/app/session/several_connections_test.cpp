// Which of a run's connections is shown while one follows it, and what is told of them all.
#include <gtest/gtest.h>

#include "tests/app/session/held_run.hpp"

namespace tcpstep::session {
namespace {

using namespace model;
using testing::HeldRun;
using testing::Orders;

constexpr Role C = Role::Client;
constexpr Role S = Role::Server;

/// Adds events of one more connection to a run that a RunBuilder began.
class OneMore {
  public:
    explicit OneMore(HeldRun& run, std::uint16_t port = 50000) : run_(run) {
        ConnectionId id = run.lab.trace.connections().at(0);
        id.client.port = port;
        index_ = run.lab.trace.intern(id);
    }
    void add(Fact fact) {
        run_.lab.trace.append({run_.lab.trace.events().back().time, index_, std::move(fact)});
    }
    void hold_syn(SegmentId id) {
        Segment syn;
        syn.id = id;
        syn.flags = Flags(Flags::kSyn);
        add(SegmentSent{syn, 0});
        add(SegmentHeld{id, 0});
    }

  private:
    HeldRun& run_;
    ConnectionIndex index_ = 0;
};

TEST(SeveralConnections, TheViewStaysWhereTheOldestIsHeld) {
    HeldRun run;
    OneMore second(run);
    second.hold_syn(50);
    run.hear();
    EXPECT_EQ(run.session.timeline().connection(), ConnectionIndex{0});
    run.press(StepForward{});
    EXPECT_EQ(run.told(), Orders{lab::Deliver{1}});
}

TEST(SeveralConnections, TheViewGoesWhereSomethingIsHeldOnceTheRunHasSettled) {
    HeldRun run;
    OneMore second(run);
    second.hold_syn(50);
    run.hear();
    run.lab.delivered(1);
    run.hear(false);  // the answer may be on its way
    EXPECT_EQ(run.session.timeline().connection(), ConnectionIndex{0});
    run.hear(true);
    EXPECT_EQ(run.session.timeline().connection(), ConnectionIndex{1});
    EXPECT_TRUE(run.session.at_now());
    EXPECT_TRUE(run.session.playback().following());
    run.press(StepForward{});
    EXPECT_EQ(run.told(), Orders{lab::Deliver{50}});
}

TEST(SeveralConnections, AChosenOneStaysWhileSomethingIsHeldInIt) {
    HeldRun run;
    OneMore second(run);
    second.hold_syn(50);
    run.hear();
    run.press(SelectConnection{1});
    run.press(GoEnd{});
    run.hear();
    EXPECT_EQ(run.session.timeline().connection(), ConnectionIndex{1});
}

TEST(SeveralConnections, AChosenOneIsLookedAtAsItIsNowUntilOneActsAgain) {
    HeldRun run;
    OneMore second(run);
    second.add(SocketSampled{C, State::SynSent, 0, 1, "", 0, 0, 0, 0});
    run.hear();
    run.press(SelectConnection{1});
    EXPECT_TRUE(run.session.at_now());
    run.hear();
    EXPECT_EQ(run.session.timeline().connection(), ConnectionIndex{1}) << "nothing is held in it";
    run.press(GoEnd{});
    run.hear();
    EXPECT_EQ(run.session.timeline().connection(), ConnectionIndex{0});
}

// As the lesson's script and the terminal step: Enter alone tells the lesson's story.
TEST(SeveralConnections, TheViewGoesToTheOldestThoughSomethingIsHeldWhereItIs) {
    HeldRun run;
    OneMore first(run, run.lab.trace.connections().at(0).client.port);
    OneMore second(run);
    second.hold_syn(50);
    run.lab.delivered(1);
    first.hold_syn(60);
    run.hear();
    EXPECT_EQ(run.session.timeline().connection(), ConnectionIndex{1});
    run.press(StepForward{});
    EXPECT_EQ(run.told(), Orders{lab::Deliver{50}});
}

TEST(SeveralConnections, TheLongestWaitingComesFirst) {
    HeldRun run;
    run.lab.delivered(1);
    OneMore second(run, 50000);
    OneMore third(run, 50001);
    second.hold_syn(50);
    second.add(SegmentDelivered{50});
    third.hold_syn(55);
    second.hold_syn(60);
    run.hear();
    EXPECT_EQ(run.session.timeline().connection(), ConnectionIndex{2});
}

TEST(SeveralConnections, TheViewGoesToANewOneThatBegins) {
    HeldRun run;
    run.lab.delivered(1);
    run.hear();
    OneMore second(run);
    second.hold_syn(50);
    second.add(SegmentDelivered{50});
    run.hear();
    EXPECT_EQ(run.session.timeline().connection(), ConnectionIndex{1});
}

TEST(SeveralConnections, WhoeverLooksBackIsLeftAlone) {
    HeldRun run;
    run.press(StepBack{});
    OneMore second(run);
    run.lab.delivered(1);
    second.hold_syn(50);
    run.hear();
    EXPECT_EQ(run.session.timeline().connection(), ConnectionIndex{0});
}

TEST(SeveralConnections, AStepWhereNothingIsHeldShowsTheOtherOneButDoesNotActUnseen) {
    HeldRun run;
    run.lab.delivered(1);
    OneMore second(run);
    second.hold_syn(50);
    run.hear(false);  // an actor pauses: the run has not settled
    ASSERT_EQ(run.session.timeline().connection(), ConnectionIndex{0});
    run.press(StepForward{});
    EXPECT_EQ(run.session.timeline().connection(), ConnectionIndex{1});
    EXPECT_EQ(run.toast(), "connection 2 of 2");
    EXPECT_EQ(run.told(), Orders{});
    run.press(StepForward{});
    EXPECT_EQ(run.told(), Orders{lab::Deliver{50}});
}

TEST(Disagreements, AreCountedInEveryConnectionOfARun) {
    HeldRun run;
    EXPECT_EQ(run.session.disagreements(), 0U);
    run.lab.sample(C, State::Established);  // the model says SYN_SENT
    OneMore second(run);
    second.hold_syn(50);
    second.add(SocketSampled{C, State::CloseWait, 0, 0, "", 0, 0, 0, 0});
    run.hear();
    EXPECT_EQ(run.session.disagreements(), 2U);
    run.press(PickLesson{"four-way-close"});
    EXPECT_EQ(run.session.disagreements(), 0U);
    Session recording;
    recording.open_recording(run.lab.trace, "run.qlog");
    EXPECT_EQ(recording.disagreements(), 2U);
}

}  // namespace
}  // namespace tcpstep::session
