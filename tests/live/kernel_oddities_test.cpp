// What Linux does where a textbook is silent, or says otherwise: the model follows the kernel.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <variant>

#include <gtest/gtest.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>

#include "app/lesson/parse.hpp"
#include "tests/live/performance.hpp"

namespace tcpstep::lab {
namespace {

using model::Role;
using testing::Performance;
using testing::SteppedRun;

// A held lesson: what it says beside its names and its address.
lesson::Lesson lesson_of(const std::string& rest) {
    auto lesson = lesson::parse_lesson(R"({"id":"x","order":900,"title":{"en":"x"},
        "summary":{"en":"x"},"segments":"held_only","server_address":"127.0.0.1:8000",)" +
                                           rest + "}",
                                       "x");
    EXPECT_TRUE(lesson) << lesson.error().line();
    return *lesson;
}

// The server accepts a connection `c` and then does `server`; the client has connected `s`, then
// does `client`.
lesson::Lesson connected(const std::string& server, const std::string& client) {
    return lesson_of(R"("server":[{"call":"socket","as":"l"},{"call":"bind","on":"l"},
        {"call":"listen","on":"l","backlog":10},{"call":"accept","on":"l","as":"c"},)" +
                     server + R"(],"client":[{"call":"socket","as":"s"},
        {"call":"connect","on":"s","after":[{"actor":"server","step":"accept","has":"entered"}]},)" +
                     client + R"(],"ends_with":{"client":"CLOSED","server":"CLOSED"})");
}

constexpr const char* kShutdownByClient =
    R"({"call":"shutdown","on":"s","how":"SHUT_WR",
        "after":[{"actor":"server","step":"accept","has":"returned"}]})";
constexpr const char* kShutdownByServer =
    R"({"call":"shutdown","on":"c","how":"SHUT_WR",
        "after":[{"actor":"client","step":"shutdown","has":"returned"}]})";

// setsockopt(SO_LINGER, 0 s), then close(), in that state.
std::string abort_in(const std::string& fd, const std::string& end, const std::string& state) {
    return R"({"call":"setsockopt","on":")" + fd +
           R"(","option":"SO_LINGER","value":0,"after":[{"endpoint":")" + end + R"(","state":")" +
           state + R"("}]},{"call":"close","on":")" + fd + R"("})";
}

// The flags of what that end sent from its close() on: "RST; ".
std::string sent_since_close(const Performance& run, Role end) {
    bool closed = false;
    std::string text;
    for (const model::Event& event : run.trace.events()) {
        const auto* call = std::get_if<model::CallEntered>(&event.fact);
        closed = closed || (call != nullptr && call->endpoint == end && call->call == "close");
        const auto* sent = std::get_if<model::SegmentSent>(&event.fact);
        const bool own = sent != nullptr && sent->segment.from == end && sent->copy_of == 0;
        if (closed && own) text += to_label(sent->segment.flags) + "; ";
    }
    return text;
}

void expect_end(const Performance& run, Role end, const std::string& states,
                const std::string& sent) {
    EXPECT_EQ(run.status, LabRun::Status::Finished) << run.story();
    EXPECT_EQ(run.disagreements(), "") << run.story();
    EXPECT_EQ(run.states(end), states) << run.story();
    EXPECT_EQ(sent_since_close(run, end), sent) << run.story();
}

// The abort sends nothing, for the FIN has been sent. The RST without ACK comes later: it answers
// what the peer sends to a socket that is gone.
TEST(Abort, InClosingSendsNothing) {
    const Performance run(connected(
        kShutdownByServer, kShutdownByClient + ("," + abort_in("s", "client", "CLOSING"))));
    expect_end(run, Role::Client, "CLOSED SYN_SENT ESTABLISHED FIN_WAIT_1 CLOSING CLOSED", "RST; ");
}

TEST(Abort, InLastAckSendsNothing) {
    const Performance run(connected(R"({"call":"shutdown","on":"c","how":"SHUT_WR",
                      "after":[{"endpoint":"server","state":"CLOSE_WAIT"}]},)" +
                                        abort_in("c", "server", "LAST_ACK"),
                                    kShutdownByClient));
    EXPECT_EQ(run.disagreements(), "") << run.story();
    EXPECT_EQ(run.states(Role::Server),
              "CLOSED LISTEN SYN_RCVD ESTABLISHED CLOSE_WAIT LAST_ACK CLOSED")
        << run.story();
    EXPECT_EQ(sent_since_close(run, Role::Server), "RST; ") << run.story();
}

// close() with unread data sends a RST in every state.
TEST(Abort, InClosingWithUnreadDataSendsARst) {
    const Performance run(
        connected(R"({"call":"send","on":"c","data":"hello"},)" + std::string(kShutdownByServer),
                  kShutdownByClient + std::string(R"(,{"call":"close","on":"s",
            "after":[{"endpoint":"client","state":"CLOSING"}]})")));
    EXPECT_EQ(run.disagreements(), "") << run.story();
    EXPECT_EQ(run.states(Role::Client), "CLOSED SYN_SENT ESTABLISHED FIN_WAIT_1 CLOSING CLOSED")
        << run.story();
    EXPECT_TRUE(sent_since_close(run, Role::Client).starts_with("RST, ACK; ")) << run.story();
}

// With backlog 0 one request waits in the SYN queue, and no second finds room: it is answered with
// a cookie. Its third segment meets a full accept queue, and the server has nothing of a connection
// that its client takes for open.
TEST(SynCookie, TheClientIsEstablishedAndTheServerHoldsNothing) {
    const std::string listens = R"("after":[{"actor":"server","step":"listen","has":"returned"}])";
    const Performance run(lesson_of(
        R"("server":[{"call":"socket","as":"l"},{"call":"bind","on":"l"},
           {"call":"listen","on":"l","backlog":0}],
           "client":[{"call":"socket","as":"a"},{"call":"connect","on":"a",)" +
        listens + R"(}],"second_client":[{"call":"socket","label":"s2","as":"b"},
           {"call":"connect","label":"c2","on":"b",)" +
        listens + R"(}],"ends_with":{"client":"ESTABLISHED"})"));
    ASSERT_EQ(run.status, LabRun::Status::Finished) << run.story();
    EXPECT_EQ(run.disagreements(), "") << run.story();
    // Both connect at once: whose SYN arrives first has the request.
    const auto& events = run.trace.events();
    const auto arrived = std::find_if(events.begin(), events.end(), [](const model::Event& event) {
        return std::holds_alternative<model::SegmentDelivered>(event.fact);
    });
    ASSERT_NE(arrived, events.end()) << run.story();
    const unsigned first = *arrived->connection;
    const unsigned second = 1 - first;
    EXPECT_EQ(run.states(Role::Server, first), "CLOSED LISTEN SYN_RCVD ESTABLISHED") << run.story();
    EXPECT_EQ(run.states(Role::Server, second), "CLOSED LISTEN") << run.story();
    EXPECT_EQ(run.kernel_states(Role::Server, second), "LISTEN") << run.story();
    EXPECT_EQ(run.kernel_states(Role::Client, second), "SYN_SENT ESTABLISHED") << run.story();
}

// An old SYN is still on its way when the same port connects anew: the kernel has one socket
// between these addresses, and it is the new connection's.
TEST(OldSyn, TheKernelsSocketIsTheNewConnections) {
    const Performance run(lesson_of(
        R"("server":[{"call":"socket","as":"l"},{"call":"bind","on":"l"},
           {"call":"listen","on":"l","backlog":10},{"call":"accept","on":"l","as":"c"}],
           "client":[{"call":"socket","as":"a"},
           {"call":"bind","on":"a","address":"127.0.0.1:40000"},
           {"call":"setsockopt","on":"a","option":"TCP_USER_TIMEOUT","value":1200},
           {"call":"connect","on":"a","fails_with":"ETIMEDOUT",
            "after":[{"actor":"server","step":"accept","has":"entered"}]},
           {"call":"close","on":"a"},{"call":"socket","label":"s2","as":"b"},
           {"call":"bind","label":"b2","on":"b","address":"127.0.0.1:40000"},
           {"call":"connect","label":"c2","on":"b"}],
           "wire":[{"segment":{"from":"client","flags":["SYN"],"nth":1},"do":"drop",
            "after":[{"endpoint":"server","state":"ESTABLISHED","connection":2}]}],
           "ends_with":{"client":"ESTABLISHED","server":"ESTABLISHED"})"));
    ASSERT_EQ(run.status, LabRun::Status::Finished) << run.story();
    EXPECT_EQ(run.disagreements(), "") << run.story();
    EXPECT_EQ(run.kernel_states(Role::Client, 0), "SYN_SENT CLOSED") << run.story();
    EXPECT_EQ(run.kernel_states(Role::Client, 1), "SYN_SENT ESTABLISHED") << run.story();
    EXPECT_EQ(run.kernel_states(Role::Server, 0), "LISTEN") << run.story();
}

// The lab's thread that is blocked in connect(); 0 if none is.
pid_t thread_in_connect(pid_t lab) {
    const std::string tasks = "/proc/" + std::to_string(lab) + "/task";
    for (const auto& task : std::filesystem::directory_iterator(tasks)) {
        std::ifstream file(task.path() / "syscall");
        long number = -1;
        if (file >> number && number == SYS_connect) return std::stoi(task.path().filename());
    }
    return 0;
}

// A socket in SYN_SENT is in the lab's network.
bool has_syn_sent(pid_t lab) {
    std::ifstream file("/proc/" + std::to_string(lab) + "/net/tcp");
    for (std::string line; std::getline(file, line);) {
        if (line.find(" 02 ") != std::string::npos) return true;
    }
    return false;
}

void let_pass(std::chrono::milliseconds time) {
    const timespec wait{time.count() / 1000, time.count() % 1000 * 1'000'000};
    nanosleep(&wait, nullptr);
}

// A connect() that gives up leaves the kernel no socket some time before its return can be told,
// as long as its thread gets no processor. Here that takes very long: the thread is stopped.
TEST(KernelSampler, WaitsForACallThatHasEndedAndIsNotToldOfYet) {
    SteppedRun run(lesson_of(
        R"("client":[{"call":"socket","as":"a"},
           {"call":"setsockopt","on":"a","option":"TCP_USER_TIMEOUT","value":1200},
           {"call":"connect","on":"a","fails_with":"ETIMEDOUT"}],
           "server":[{"call":"socket","as":"l"},{"call":"bind","on":"l"},
           {"call":"listen","on":"l","backlog":1}],"ends_with":{"client":"CLOSED"})"));
    ASSERT_TRUE(run.settle()) << run.text();
    const pid_t lab = run.lab().pid();
    const pid_t thread = thread_in_connect(lab);
    ASSERT_NE(thread, 0) << run.text();
    if (ptrace(PTRACE_SEIZE, thread, nullptr, nullptr) != 0) {
        GTEST_SKIP() << "threads cannot be stopped here: ptrace is not allowed";
    }
    ASSERT_EQ(ptrace(PTRACE_INTERRUPT, thread, nullptr, nullptr), 0);
    int how = 0;
    ASSERT_EQ(waitpid(thread, &how, __WALL), thread);
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (has_syn_sent(lab) && std::chrono::steady_clock::now() < deadline) {
        let_pass(std::chrono::milliseconds(20));
    }
    EXPECT_FALSE(has_syn_sent(lab));
    // The lab asks the kernel four times a second.
    let_pass(std::chrono::milliseconds(1000));
    ASSERT_EQ(ptrace(PTRACE_DETACH, thread, nullptr, nullptr), 0);
    while (run.call(Role::Client, "connect") == "blocked" && run.wait()) {
    }
    run.settle();
    EXPECT_EQ(run.call(Role::Client, "connect"), "ETIMEDOUT") << run.text();
    EXPECT_EQ(run.disagreements(), "") << run.text();
    EXPECT_EQ(run.kernel_states(Role::Client), "SYN_SENT CLOSED") << run.text();
}

}  // namespace
}  // namespace tcpstep::lab
