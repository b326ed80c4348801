// TCP_DEFER_ACCEPT: the kernel takes no ACK without data for the end of a handshake, for a while.
#include <string>

#include <gtest/gtest.h>

#include "app/lesson/parse.hpp"
#include "tests/live/performance.hpp"

namespace tcpstep::lab {
namespace {

using model::Role;
using testing::SteppedRun;

// A listener that waits so many seconds for data; a client that connects and then does `client`.
lesson::Lesson deferring(int seconds, const std::string& client) {
    auto lesson = lesson::parse_lesson(
        R"({"id":"x","order":900,"title":{"en":"x"},"summary":{"en":"x"},"segments":"held_only",
        "server_address":"127.0.0.1:8000","server":[{"call":"socket","as":"l"},
        {"call":"bind","on":"l"},{"call":"setsockopt","on":"l","option":"TCP_DEFER_ACCEPT","value":)" +
            std::to_string(seconds) +
            R"(},{"call":"listen","on":"l","backlog":5},{"call":"accept","on":"l","as":"c"}],
        "client":[{"call":"socket","as":"s"},
        {"call":"connect","on":"s","after":[{"actor":"server","step":"accept","has":"entered"}]})" +
            client + R"(],"ends_with":{"client":"CLOSED","server":"CLOSED"}})",
        "x");
    EXPECT_TRUE(lesson) << lesson.error().line();
    return *lesson;
}

constexpr const char* kSends = R"(,{"call":"send","on":"s","data":"hello"})";

class Deferred : public SteppedRun {
  public:
    explicit Deferred(int seconds, const std::string& client = "")
        : SteppedRun(deferring(seconds, client)) {
        settle();
        EXPECT_EQ(states_now(), "SYN_SENT LISTEN") << text();
    }

    // SYN,ACKs that the server has sent, absorbed ones included.
    int answers() const {
        int count = 0;
        for (const model::Event& event : trace.events()) {
            const auto* sent = std::get_if<model::SegmentSent>(&event.fact);
            if (sent != nullptr && sent->segment.flags.answers_syn()) ++count;
        }
        return count;
    }
    void await_answers(int count) {
        while (answers() < count && wait()) {
        }
        settle();
        ASSERT_EQ(answers(), count) << text();
    }
};

TEST(DeferAccept, TheThirdSegmentAloneOpensNothing) {
    Deferred run(30, kSends);
    run.deliver();
    run.deliver();
    EXPECT_EQ(run.states_now(), "ESTABLISHED SYN_RCVD") << run.text();
    run.deliver();
    EXPECT_EQ(run.states_now(), "ESTABLISHED SYN_RCVD") << run.text();
    EXPECT_EQ(run.call(Role::Server, "accept"), "blocked") << run.text();
    run.deliver();
    EXPECT_EQ(run.states_now(), "ESTABLISHED ESTABLISHED") << run.text();
    EXPECT_NE(run.call(Role::Server, "accept"), "blocked") << run.text();
    EXPECT_EQ(run.disagreements(), "") << run.text();
}

TEST(DeferAccept, AFinIsMoreThanAnAck) {
    Deferred run(30, R"(,{"call":"shutdown","on":"s","how":"SHUT_WR"})");
    run.deliver();
    run.deliver();
    run.deliver();
    EXPECT_EQ(run.states_now(), "FIN_WAIT_1 SYN_RCVD") << run.text();
    run.deliver();
    EXPECT_EQ(run.states_now(), "FIN_WAIT_1 CLOSE_WAIT") << run.text();
    EXPECT_EQ(run.disagreements(), "") << run.text();
}

// Once its time is over the kernel sends the SYN,ACK again; the ACK of that counts.
TEST(DeferAccept, GivesUpWaitingAfterItsTime) {
    Deferred run(1);
    run.deliver();
    run.deliver();
    run.deliver();
    EXPECT_EQ(run.states_now(), "ESTABLISHED SYN_RCVD") << run.text();
    run.await_answers(2);
    EXPECT_EQ(run.states_now(), "ESTABLISHED SYN_RCVD") << run.text();
    run.deliver();
    run.deliver();
    EXPECT_EQ(run.states_now(), "ESTABLISHED ESTABLISHED") << run.text();
    EXPECT_EQ(run.disagreements(), "") << run.text();
}

// The timeouts run from the SYN on, wherever the third segment is.
TEST(DeferAccept, AThirdSegmentThatWasLongOnItsWayCounts) {
    Deferred run(1);
    run.deliver();
    run.deliver();
    run.await_answers(2);
    run.deliver();
    EXPECT_EQ(run.states_now(), "ESTABLISHED ESTABLISHED") << run.text();
    EXPECT_EQ(run.disagreements(), "") << run.text();
}

TEST(DeferAccept, OneTimeoutOfTwoIsNotEnough) {
    Deferred run(3);
    run.deliver();
    run.deliver();
    run.await_answers(2);
    run.deliver();
    EXPECT_EQ(run.states_now(), "ESTABLISHED SYN_RCVD") << run.text();
    EXPECT_EQ(run.disagreements(), "") << run.text();
}

TEST(DeferAccept, TheAnswerToASecondSynIsNoTimeout) {
    Deferred run(1);
    run.command(Duplicate{run.next()});
    run.settle();
    run.deliver();
    run.deliver();
    EXPECT_EQ(run.states_now(), "SYN_SENT SYN_RCVD") << run.text();
    EXPECT_EQ(run.answers(), 2) << run.text();
    run.deliver();
    run.deliver();
    EXPECT_EQ(run.states_now(), "ESTABLISHED SYN_RCVD") << run.text();
    run.deliver();
    EXPECT_EQ(run.states_now(), "ESTABLISHED SYN_RCVD") << run.text();
    EXPECT_EQ(run.disagreements(), "") << run.text();
}

}  // namespace
}  // namespace tcpstep::lab
