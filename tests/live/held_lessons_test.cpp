// The lessons that hold their segments, each by its own script: the run ends as the lesson says,
// and at no step does the model contradict the kernel.
#include <sstream>
#include <string>

#include <gtest/gtest.h>
#include <signal.h>

#include "app/lesson/parse.hpp"
#include "model/proc_net_tcp.hpp"
#include "tests/live/performance.hpp"

namespace tcpstep::lab {
namespace {

using model::Role;
using testing::Performance;
using testing::shipped;

struct Lesson {
    const char* id;
    model::ConnectionIndex connection;  // the one that is looked at
    const char* client;                 // its states, as the kernel told of them
    const char* server;
};

void PrintTo(const Lesson& lesson, std::ostream* out) {
    *out << lesson.id;
}

// Told whole by delivering alone.
const Lesson kDelivered[] = {
    Lesson{"handshake", 0, "SYN_SENT ESTABLISHED", "LISTEN SYN_RCVD ESTABLISHED"},
    Lesson{"no-accept", 0, "SYN_SENT ESTABLISHED", "LISTEN SYN_RCVD ESTABLISHED"},
    Lesson{"two-queues", 4, "SYN_SENT ESTABLISHED", "LISTEN SYN_RCVD ESTABLISHED"},
    Lesson{"passive-active-open", 0, "SYN_SENT ESTABLISHED", "LISTEN SYN_RCVD ESTABLISHED"},
    Lesson{"defer-accept", 0, "SYN_SENT ESTABLISHED", "LISTEN SYN_RCVD ESTABLISHED"},
    Lesson{"syn-cookie", 1, "SYN_SENT ESTABLISHED", "LISTEN"},
    Lesson{"refused", 0, "SYN_SENT CLOSED", "CLOSED"},
    Lesson{"data", 0, "SYN_SENT ESTABLISHED FIN_WAIT_1 FIN_WAIT_2 TIME_WAIT",
           "LISTEN SYN_RCVD ESTABLISHED CLOSE_WAIT LAST_ACK CLOSED"},
    Lesson{"half-close", 0, "SYN_SENT ESTABLISHED FIN_WAIT_1 FIN_WAIT_2 TIME_WAIT",
           "LISTEN SYN_RCVD ESTABLISHED CLOSE_WAIT LAST_ACK CLOSED"},
    Lesson{"four-way-close", 0, "SYN_SENT ESTABLISHED FIN_WAIT_1 FIN_WAIT_2 TIME_WAIT",
           "LISTEN SYN_RCVD ESTABLISHED CLOSE_WAIT LAST_ACK CLOSED"},
    Lesson{"close-refcount", 0, "SYN_SENT ESTABLISHED FIN_WAIT_1 FIN_WAIT_2 TIME_WAIT",
           "LISTEN SYN_RCVD ESTABLISHED CLOSE_WAIT LAST_ACK CLOSED"},
    Lesson{"close-refcount-fork", 0, "SYN_SENT ESTABLISHED CLOSE_WAIT LAST_ACK CLOSED",
           "LISTEN SYN_RCVD ESTABLISHED FIN_WAIT_1 FIN_WAIT_2 TIME_WAIT"},
    Lesson{"proc-net-tcp", 0, "SYN_SENT ESTABLISHED FIN_WAIT_1 FIN_WAIT_2 TIME_WAIT",
           "LISTEN SYN_RCVD ESTABLISHED CLOSE_WAIT LAST_ACK CLOSED"},
    Lesson{"simultaneous-close", 0, "SYN_SENT ESTABLISHED FIN_WAIT_1 CLOSING TIME_WAIT",
           "LISTEN SYN_RCVD FIN_WAIT_1 CLOSING TIME_WAIT"},
    Lesson{"simultaneous-open", 0, "SYN_SENT SYN_RCVD ESTABLISHED",
           "SYN_SENT SYN_RCVD ESTABLISHED"}};
// Told by a loss, which is the script's or the user's to bring about.
const Lesson kLossy[] = {Lesson{"connect-retries", 0, "SYN_SENT CLOSED", "LISTEN"},
                         Lesson{"time-wait", 0, "SYN_SENT ESTABLISHED CLOSE_WAIT LAST_ACK CLOSED",
                                "LISTEN SYN_RCVD FIN_WAIT_1 FIN_WAIT_2 TIME_WAIT"}};

std::string test_name(const ::testing::TestParamInfo<Lesson>& lesson) {
    std::string name = lesson.param.id;
    std::erase(name, '-');
    return name;
}

// The lesson rests in each of these states, so the kernel is asked there; through others it passes,
// and on a busy machine may be asked there, too: then what it says agrees with the model.
::testing::AssertionResult passes(const std::string& states, const std::string& rests) {
    std::istringstream seen(states);
    std::istringstream due(rests);
    std::string next;
    due >> next;
    for (std::string state; due && seen >> state;) {
        if (state == next) due >> next;
    }
    if (!due) return ::testing::AssertionSuccess();
    return ::testing::AssertionFailure() << states << ": no rest in " << next << " of " << rests;
}
#define EXPECT_PASSES(states, rests) EXPECT_TRUE(passes(states, rests))

// Claims that do not hold, or are shown by a sample from before what it is to show; "" if none.
std::string untimely_evidence(const model::Trace& trace) {
    std::string untimely;
    for (const model::Event& event : trace.events()) {
        const auto* claim = std::get_if<model::ClaimChecked>(&event.fact);
        if (claim == nullptr) continue;
        if (!claim->holds) untimely += claim->claim + " does not hold; ";
        for (std::size_t i = 1; i < claim->seen.size(); ++i) {
            if (claim->seen[i].event != "kernel:socket_sampled") continue;
            if (claim->seen[i].at_us > claim->seen[i - 1].at_us) continue;
            untimely += claim->claim + " is shown by a sample from before; ";
        }
    }
    return untimely;
}

class HeldLesson : public ::testing::TestWithParam<Lesson> {};
INSTANTIATE_TEST_SUITE_P(Held, HeldLesson, ::testing::ValuesIn(kDelivered), test_name);
INSTANTIATE_TEST_SUITE_P(HeldWithLoss, HeldLesson, ::testing::ValuesIn(kLossy), test_name);
class HeldLessonByHand : public ::testing::TestWithParam<Lesson> {};
INSTANTIATE_TEST_SUITE_P(Held, HeldLessonByHand, ::testing::ValuesIn(kDelivered), test_name);

TEST_P(HeldLesson, EndsAsItSaysAndAgreesWithTheKernelAtEveryStep) {
    const Performance run(shipped(GetParam().id));
    ASSERT_EQ(run.status, LabRun::Status::Finished) << run.story();
    EXPECT_EQ(run.disagreements(), "") << run.story();
    EXPECT_EQ(untimely_evidence(run.trace), "") << run.story();
    EXPECT_PASSES(run.kernel_states(Role::Client, GetParam().connection), GetParam().client)
        << run.story();
    EXPECT_PASSES(run.kernel_states(Role::Server, GetParam().connection), GetParam().server)
        << run.story();
}

// Who steps by hand and only ever delivers sees the lesson's story too: what its script holds until
// something else has happened lets the others go first.
TEST_P(HeldLessonByHand, TellsItsStoryToo) {
    testing::SteppedRun run(shipped(GetParam().id));
    run.deliver_all();
    ASSERT_EQ(run.status(), LabRun::Status::Finished) << run.text();
    EXPECT_EQ(run.disagreements(), "") << run.text();
    EXPECT_PASSES(run.kernel_states(Role::Client, GetParam().connection), GetParam().client)
        << run.text();
    EXPECT_PASSES(run.kernel_states(Role::Server, GetParam().connection), GetParam().server)
        << run.text();
}

// Between the two close() calls the connection is open and carries data.
TEST(HeldLessonInDetail, TheFirstCloseOfTwoSendsNothing) {
    const Performance run(shipped("close-refcount"));
    ASSERT_EQ(run.status, LabRun::Status::Finished) << run.story();
    std::string between;
    int closed = 0;
    for (const model::Event& event : run.trace.events()) {
        const auto* call = std::get_if<model::CallEntered>(&event.fact);
        if (call != nullptr && call->endpoint == Role::Client && call->call == "close") ++closed;
        const auto* sent = std::get_if<model::SegmentSent>(&event.fact);
        const bool own =
            sent != nullptr && sent->copy_of == 0;  // no copy that a busy machine caused
        if (own && closed == 1) between += to_label(sent->segment.flags) + "; ";
    }
    EXPECT_EQ(closed, 2);
    EXPECT_EQ(between, "PSH, ACK; ACK; ") << run.story();
    EXPECT_EQ(run.received(Role::Server), 10);
}

// The parent's close() is not the last: the kernel closes the child's descriptors when it ends.
TEST(HeldLessonInDetail, AChildIsAProcessOfItsOwn) {
    const Performance run(shipped("close-refcount-fork"));
    ASSERT_EQ(run.status, LabRun::Status::Finished) << run.story();
    std::string calls;
    std::int64_t child = 0;
    for (const model::Event& event : run.trace.events()) {
        if (const auto* forked = std::get_if<model::CallReturned>(&event.fact);
            forked != nullptr && forked->call == "fork")
            child = forked->result;
        const auto* call = std::get_if<model::CallEntered>(&event.fact);
        if (call == nullptr || call->process == 0) continue;
        EXPECT_EQ(call->endpoint, Role::Server);
        EXPECT_EQ(call->process, child);
        calls += call->call + " ";
    }
    EXPECT_GT(child, 1);
    EXPECT_EQ(calls, "send exit ");
    EXPECT_EQ(run.disagreements(), "");
    EXPECT_EQ(kill(static_cast<pid_t>(child), 0), -1) << "waitpid() has taken it away";
}

// Each state of the server's end is in a row that was read at that moment.
TEST(HeldLessonInDetail, TheRowsOfProcNetTcpAreTheModels) {
    const Performance run(shipped("proc-net-tcp"));
    ASSERT_EQ(run.status, LabRun::Status::Finished) << run.story();
    const model::Timeline timeline = run.timeline();
    std::string states;
    for (std::size_t i = 0; i < timeline.size(); ++i) {
        const auto* look = std::get_if<model::CallReturned>(&timeline.event(i).fact);
        if (look == nullptr || look->call != "proc_net_tcp") continue;
        std::istringstream rows(look->value);
        std::int64_t count = 0;
        for (std::string line; std::getline(rows, line); ++count) {
            const auto row = model::parse_proc_net_tcp(line);
            ASSERT_TRUE(row) << line;
            if (row->state == model::State::Listen) continue;
            const Role end = row->local.port == 8000 ? Role::Server : Role::Client;
            EXPECT_EQ(row->state, timeline.at(i).end(end).state()) << line << "\n" << run.story();
            if (end == Role::Server) states += std::string(name(row->state)) + " ";
        }
        EXPECT_EQ(look->result, count);
    }
    EXPECT_EQ(states, "SYN_RCVD ESTABLISHED ESTABLISHED ESTABLISHED CLOSE_WAIT LAST_ACK ");
}

// A lesson in which something waits for what cannot come any more ends with a line, not never.
TEST(HeldLessonWithAFault, StandsStillAndSaysSo) {
    const std::string start =
        R"({"id":"x","order":900,"title":{"en":"x"},"summary":{"en":"x"},"segments":"held",
        "server_address":"127.0.0.1:8000",
        "server":[{"call":"socket","as":"l"},{"call":"bind","on":"l"},{"call":"listen","on":"l","backlog":1},
          {"call":"accept","on":"l","as":"c"},{"call":"recv","on":"c","size":100}],
        "client":[{"call":"socket","as":"s"},
          {"call":"connect","on":"s","after":[{"actor":"server","step":"accept","has":"entered"}]}],
        )";
    auto lesson = lesson::parse_lesson(start + R"("ends_with":{"client":"ESTABLISHED"}})", "x");
    ASSERT_TRUE(lesson) << lesson.error().line();
    const Performance run(*lesson);
    EXPECT_EQ(run.status, LabRun::Status::Failed) << run.story();
    EXPECT_EQ(run.error.what, "lesson 'x' stands still: the server waits in its step recv");
}

// CLOSED stands for TIME_WAIT only where that was waited out: a reset closes without.
TEST(HeldLessonWithAFault, ThatNeverWasInTimeWaitDoesNotEndThere) {
    auto lesson = lesson::parse_lesson(
        R"({"id":"x","order":900,"title":{"en":"x"},"summary":{"en":"x"},"segments":"held",
        "server_address":"127.0.0.1:8000",
        "server":[{"call":"socket","as":"l"},{"call":"bind","on":"l"},{"call":"listen","on":"l","backlog":1},
          {"call":"accept","on":"l","as":"c"},{"call":"recv","on":"c","size":9,"fails_with":"ECONNRESET"}],
        "client":[{"call":"socket","as":"s"},
          {"call":"connect","on":"s","after":[{"actor":"server","step":"listen","has":"returned"}]},
          {"call":"setsockopt","on":"s","option":"SO_LINGER","value":0},{"call":"close","on":"s"}],
        "ends_with":{"client":"TIME_WAIT","server":"CLOSED"}})",
        "x");
    ASSERT_TRUE(lesson) << lesson.error().line();
    const Performance run(*lesson);
    EXPECT_EQ(run.status, LabRun::Status::Failed) << run.story();
    EXPECT_EQ(run.error.what, "lesson 'x': the client ended in CLOSED, not in TIME_WAIT");
}

TEST(HeldLessonWithAFault, ThatEndsElsewhereIsAstray) {
    auto lesson = lesson::parse_lesson(
        R"({"id":"x","order":900,"title":{"en":"x"},"summary":{"en":"x"},"segments":"held",
        "server_address":"127.0.0.1:8000",
        "client":[{"call":"socket","as":"s"},{"call":"connect","on":"s","fails_with":"ECONNREFUSED"}],
        "ends_with":{"client":"ESTABLISHED"}})",
        "x");
    ASSERT_TRUE(lesson);
    const Performance run(*lesson);
    EXPECT_EQ(run.status, LabRun::Status::Failed) << run.story();
    EXPECT_NE(run.error.what.find("the client ended in CLOSED, not in ESTABLISHED"),
              std::string::npos)
        << run.error.line();
}

}  // namespace
}  // namespace tcpstep::lab
