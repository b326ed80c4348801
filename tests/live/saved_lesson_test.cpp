// What was done by hand is saved as a lesson, and the lesson does it again: the same calls in the
// same order with the same results, the same segments, the same end.
#include <gtest/gtest.h>

#include "tests/live/hand_run.hpp"

namespace tcpstep::lab {
namespace {

using model::Role;
using testing::calls_of;
using testing::HandRun;
using testing::Performance;
using testing::Story;

constexpr auto kConnected = {"server socket", "server bind",   "server listen 10",
                             "server accept", "client socket", "client connect"};

std::string segments(const Story& story) {
    std::string text;
    for (model::ConnectionIndex i = 0; i < story.trace.connections().size(); ++i)
        text += story.flags(i) + "| ";
    return text;
}

// What the kernel delays has happened, too.
void rest(HandRun& lab, const std::string& states) {
    while (lab.run.states_now() != states && lab.run.wait()) {
        lab.run.settle();
        lab.deliver_all();
    }
}

void expect_again(const HandRun& lab) {
    const lesson::Lesson lesson = lab.saved();
    const Performance again(lesson);
    const std::string both =
        lab.file().text + "\nby hand:\n" + lab.run.text() + "\nagain:\n" + again.text();
    EXPECT_EQ(again.status, LabRun::Status::Finished) << again.error.line() << "\n" << both;
    EXPECT_EQ(calls_of(again), calls_of(lab.run)) << both;
    EXPECT_EQ(segments(again), segments(lab.run)) << both;
    EXPECT_EQ(again.disagreements(), "") << both;
    EXPECT_TRUE(lab.file().remarks.empty()) << lab.file().remarks.front().en << both;
}

// And nothing has gone further.
void expect_same_end(const HandRun& lab) {
    expect_again(lab);
    const Performance again(lab.saved());
    for (model::ConnectionIndex i = 0; i < lab.run.trace.connections().size(); ++i) {
        for (const Role role : {Role::Client, Role::Server})
            EXPECT_EQ(again.states(role, i), lab.run.Story::states(role, i))
                << lab.file().text << again.text();
    }
}

TEST(SavedLesson, TheFourWayClose) {
    HandRun lab;
    lab.type_all(kConnected);
    lab.deliver_all();
    lab.type_all({"client close"});
    lab.deliver_all();
    lab.type_all({"server recv", "server close"});
    lab.deliver_all();
    EXPECT_EQ(lab.run.states_now(), "TIME_WAIT CLOSED") << lab.run.text();
    expect_again(lab);
}

TEST(SavedLesson, DataThatArrivedBeforeItWasRead) {
    HandRun lab;
    lab.type_all(kConnected);
    lab.deliver_all();
    lab.type_all({"client send one", "deliver", "client send two"});
    lab.deliver_all();
    lab.type_all({"server recv", "server close"});
    lab.deliver_all();
    rest(lab, "CLOSE_WAIT FIN_WAIT_2");
    EXPECT_EQ(lab.run.received(Role::Server), 6) << lab.run.text();
    const Performance again(lab.saved());
    EXPECT_EQ(again.received(Role::Server), 6) << lab.file().text << again.text();
    expect_again(lab);
}

TEST(SavedLesson, ALostSynAndACallThatStillBlocks) {
    HandRun lab;
    lab.type_all(kConnected);
    lab.type_all({"drop"});
    // The kernel sends it again after about a second.
    while (lab.run.next() == 0 && lab.run.wait()) lab.run.settle();
    lab.deliver_all();
    lab.type_all({"server recv"});
    expect_again(lab);
}

TEST(SavedLesson, TwoClientsAndARefusedOne) {
    HandRun lab;
    lab.type_all({"client socket", "client connect", "deliver", "deliver", "client close"});
    EXPECT_EQ(lab.run.call(Role::Client, "connect"), "ECONNREFUSED") << lab.run.text();
    lab.type_all({"server socket", "server setsockopt SO_REUSEADDR", "server bind",
                  "server listen 1", "client socket", "client connect", "client2 socket",
                  "client2 connect"});
    lab.deliver_all();
    lab.type_all({"server accept", "client2 send hello", "server accept"});
    lab.deliver_all();
    lab.type_all({"server recv"});
    expect_again(lab);
}

TEST(SavedLesson, SegmentsThatOvertookOthers) {
    HandRun lab;
    lab.type_all(kConnected);
    lab.deliver_all();
    lab.type_all({"client send one", "client send two", "back"});
    lab.deliver_all();
    lab.type_all({"server recv"});
    expect_again(lab);
}

TEST(SavedLesson, ARstTowardTheClientThatSentTheSyn) {
    HandRun lab;
    lab.type_all(kConnected);
    lab.type_all({"reset-back"});
    lab.deliver_all();
    EXPECT_EQ(lab.run.call(Role::Client, "connect"), "ECONNREFUSED") << lab.run.text();
    expect_again(lab);
}

TEST(SavedLesson, ARunThatWasLeftInTheMiddle) {
    HandRun lab;
    lab.type_all(kConnected);
    lab.type_all({"drop"});
    EXPECT_EQ(lab.run.states_now(), "SYN_SENT LISTEN") << lab.run.text();
    expect_same_end(lab);
}

TEST(SavedLesson, WhatIsStillHeldStaysHeld) {
    HandRun lab;
    lab.type_all(kConnected);
    lab.deliver_all();
    lab.type_all({"client send one", "client close"});
    EXPECT_EQ(lab.run.states_now(), "FIN_WAIT_1 ESTABLISHED") << lab.run.text();
    expect_same_end(lab);
    EXPECT_EQ(lab.saved().ends_when.empty(), false);
}

// Its sender's timer would make up for it.
TEST(SavedLesson, WhatWasLostLastIsNotSentAgain) {
    HandRun lab;
    lab.type_all(kConnected);
    lab.deliver_all();
    lab.type_all({"server close", "deliver", "drop"});
    EXPECT_EQ(lab.run.states_now(), "CLOSE_WAIT FIN_WAIT_1") << lab.run.text();
    expect_same_end(lab);
}

TEST(SavedLesson, DataThatWasLostAndTheSecondConnectionInTheMiddle) {
    HandRun lab;
    lab.type_all(kConnected);
    lab.deliver_all();
    lab.type_all({"client send one", "drop", "client2 socket", "client2 connect", "deliver"});
    expect_same_end(lab);
}

// What cannot be written is told, and the lesson is none that fails.
TEST(SavedLesson, WhatNoRuleSaysIsTold) {
    HandRun lab;
    lab.type_all(kConnected);
    lab.deliver_all();
    lab.type_all({"client send one", "duplicate", "drop", "deliver"});
    lab.deliver_all();
    lab.type_all({"server recv", "server close"});
    lab.deliver_all();
    const lesson::Lesson lesson = lab.saved();
    ASSERT_FALSE(lesson.differs.empty()) << lab.file().text;
    EXPECT_EQ(lesson.differs.front().en, lab.file().remarks.front().en);
    EXPECT_NE(lesson.differs.front().zh, "");
    const Performance again(lesson);
    EXPECT_EQ(again.status, LabRun::Status::Finished) << again.error.line() << again.text();
}

TEST(SavedLesson, WithoutAGate) {
    HandRun lab(false);
    lab.type_all(kConnected);
    lab.type_all(
        {"client send hello", "server recv", "client close", "server recv", "server close"});
    rest(lab, "TIME_WAIT CLOSED");
    expect_again(lab);
}

}  // namespace
}  // namespace tcpstep::lab
