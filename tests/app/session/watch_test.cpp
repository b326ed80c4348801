#include <gtest/gtest.h>

#include "app/session/session.hpp"
#include "tests/app/session/scripted_source.hpp"
#include "tests/model/many_connections.hpp"

namespace tcpstep::session {
namespace {

using namespace std::chrono_literals;
using testing::ManyConnections;
using testing::Script;
using testing::scripted;
using testing::ScriptedSource;

constexpr Moment kNow = Moment(1000s);

/// A session that watches; segments come when the test says so.
class WatchTest : public ::testing::Test {
  protected:
    WatchTest() { session.watch(std::make_unique<ScriptedSource>(script), "lo, port 80"); }
    void come(std::size_t events) {
        script->known = std::min(script->known + events, script->trace.events().size());
        session.poll();
        session.tick(kNow);
    }

    // Closed, 7 segments; refused, 2; open, 4.
    std::shared_ptr<Script> script = scripted(ManyConnections(3).trace);
    Session session;
};

TEST_F(WatchTest, IsARecordingThatGrowsAndIsFollowed) {
    EXPECT_TRUE(session.watching());
    EXPECT_EQ(session.label(), "lo, port 80");
    come(2);
    EXPECT_EQ(session.position(), 2U);
    come(3);
    EXPECT_EQ(session.position(), 5U);
    EXPECT_TRUE(session.at_now());
    EXPECT_EQ(session.at_gate(), AtGate::NoGate);
}

TEST_F(WatchTest, OneLooksAtThePastWhileItGoesOnAndEndReturns) {
    come(4);
    session.apply(StepBack{}, kNow);
    const std::size_t past = session.position();
    EXPECT_TRUE(session.looking_at_past());
    come(2);
    EXPECT_EQ(session.position(), past);
    session.apply(GoEnd{}, kNow);
    EXPECT_TRUE(session.at_now());
    come(1);
    EXPECT_TRUE(session.at_now());
}

TEST_F(WatchTest, OnceTheShownConnectionIsOverTheNewestIsShown) {
    come(7);
    EXPECT_EQ(session.timeline().connection(), 0U);
    come(2);
    EXPECT_EQ(session.timeline().connection(), 1U);
    EXPECT_TRUE(session.at_now());
}

TEST_F(WatchTest, WhatTheUserPickedStays) {
    come(9);
    session.apply(SelectConnection{0}, kNow);
    come(4);
    EXPECT_EQ(session.timeline().connection(), 0U);
    EXPECT_EQ(session.trace().connections().size(), 3U);
}

TEST_F(WatchTest, NothingOfItIsSavedByItself) {
    session::Setup setup;
    bool saved = false;
    setup.run_begins = [&](const lesson::Lesson&) { saved = true; };
    setup.run_grown = [&](const model::Trace&) { saved = true; };
    Session other(std::move(setup));
    other.watch(std::make_unique<ScriptedSource>(script), "lo");
    script->known = 5;
    other.poll();
    script->status = Source::Status::Finished;
    other.poll();
    EXPECT_FALSE(saved);
    EXPECT_FALSE(other.running());
    EXPECT_EQ(other.trace().events().size(), 5U) << "what was seen stays";
}

TEST_F(WatchTest, WhatTheSourceHasToSayIsANotice) {
    script->notice = "it is full";
    come(1);
    EXPECT_EQ(session.notice(), "it is full");
}

TEST_F(WatchTest, AnotherFileEndsIt) {
    session.open_recording(model::Trace(), "t.qlog");
    EXPECT_TRUE(script->gone);
    EXPECT_FALSE(session.watching());
}

}  // namespace
}  // namespace tcpstep::session
