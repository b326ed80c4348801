// Which of a run's connections is shown while one follows it, and what is told of them all.
#include <chrono>
#include <string>
#include <vector>

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

/// A run that is over: something happened in one connection, in the other, and in the first again.
class Interleaved : public ::testing::Test {
  protected:
    Interleaved() {
        OneMore first(run, run.lab.trace.connections().at(0).client.port);
        OneMore second(run);
        second.hold_syn(50);
        first.add(SegmentDelivered{1});
        second.add(SegmentDelivered{50});
        run.session.open_recording(run.lab.trace, "recorded");
        press(GoEnd{});
    }
    void press(const Command& command) { run.press(command); }
    /// "1: 4" is the fourth step of the second connection.
    std::string place() const {
        const Session& s = run.session;
        return std::to_string(*s.timeline().connection()) + ": " +
               std::to_string(s.index().steps_before(s.position()));
    }
    std::vector<std::string> places(const Command& command, std::size_t times) {
        std::vector<std::string> found;
        for (std::size_t i = 0; i < times; ++i) {
            press(command);
            found.push_back(place());
        }
        return found;
    }
    HeldRun run;
};

TEST_F(Interleaved, StepsFollowTheRunFromOneToTheOther) {
    const std::string end = place();
    EXPECT_EQ(end.substr(0, 2), "1:");
    const std::vector<std::string> back = places(StepBack{}, 3);
    EXPECT_EQ(back[0].substr(0, 2), "0:");
    EXPECT_EQ(back[1].substr(0, 2), "1:");
    EXPECT_EQ(back[2].substr(0, 2), "0:");
    EXPECT_EQ(places(StepForward{}, 3), (std::vector{back[1], back[0], end}));
    press(StepForward{});
    EXPECT_EQ(place(), end) << "there are no more";
}

TEST_F(Interleaved, AStepIsCountedOverAllOfThem) {
    const std::string end = place();
    press(ShowStep{1000});
    EXPECT_EQ(place(), end);
    press(GoHome{});
    EXPECT_EQ(place(), "0: 0");
    std::size_t steps = 0;
    for (; place() != end && steps < 100; ++steps) press(StepForward{});
    ASSERT_LT(steps, 100U);
    std::vector<std::string> back = {place()};
    for (std::size_t i = steps - 1; i > 0; --i) back.push_back(places(StepBack{}, 1).front());
    for (std::size_t i = 0; i < back.size(); ++i) {
        press(ShowStep{steps - i});
        EXPECT_EQ(place(), back[i]) << steps - i;
    }
}

TEST_F(Interleaved, PlayingGoesThroughAllOfThem) {
    const std::string end = place();
    press(GoHome{});
    press(TogglePlay{});
    run.session.tick(Moment::clock::now() + std::chrono::hours(1));
    EXPECT_EQ(place(), end);
    EXPECT_FALSE(run.session.playback().playing());
}

TEST_F(Interleaved, WhoPicksOneStaysInIt) {
    press(SelectConnection{0});
    press(GoHome{});
    for (int i = 0; i < 30; ++i) {
        press(StepForward{});
        EXPECT_EQ(run.session.timeline().connection(), ConnectionIndex{0});
    }
    press(GoEnd{});
    EXPECT_EQ(run.session.timeline().connection(), ConnectionIndex{1}) << "the run's end again";
}

}  // namespace
}  // namespace tcpstep::session
