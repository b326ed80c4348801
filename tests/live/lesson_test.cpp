// The lessons, run for real: sockets, captures and kernel states are those of this machine.
#include <string>

#include <gtest/gtest.h>
#include <signal.h>

#include "app/lab/lab_run.hpp"
#include "app/lesson/parse.hpp"
#include "model/timeline.hpp"
#include "tests/live/performance.hpp"

namespace tcpstep::lab {
namespace {

using model::Role;

using testing::over_ipv6;
using testing::Performance;
using testing::shipped;

const LabOptions kFree = [] {
    LabOptions options;
    options.gated = false;
    return options;
}();

class BothFamilies : public ::testing::TestWithParam<bool> {
  public:
    lesson::Lesson lesson(const std::string& id) const {
        return GetParam() ? over_ipv6(id) : shipped(id);
    }
};
INSTANTIATE_TEST_SUITE_P(Lesson, BothFamilies, ::testing::Values(false, true),
                         [](const auto& family) { return family.param ? "IPv6" : "IPv4"; });

TEST_P(BothFamilies, FourWayClosePassesTheTextbooksStates) {
    const Performance run(lesson("four-way-close"), kFree);
    ASSERT_EQ(run.status, LabRun::Status::Finished) << run.story();
    EXPECT_EQ(run.states(Role::Client),
              "CLOSED SYN_SENT ESTABLISHED FIN_WAIT_1 FIN_WAIT_2 TIME_WAIT")
        << run.story();
    EXPECT_EQ(run.states(Role::Server),
              "CLOSED LISTEN SYN_RCVD ESTABLISHED CLOSE_WAIT LAST_ACK CLOSED")
        << run.story();
    EXPECT_EQ(run.flags(), "SYN; SYN, ACK; ACK; PSH, ACK; ACK; FIN, ACK; ACK; FIN, ACK; ACK; ");
}

TEST_P(BothFamilies, HandshakeFreeEndsEstablished) {
    const Performance run(lesson("handshake-free"), kFree);
    ASSERT_EQ(run.status, LabRun::Status::Finished) << run.story();
    EXPECT_EQ(run.states(Role::Client), "CLOSED SYN_SENT ESTABLISHED") << run.story();
    EXPECT_EQ(run.states(Role::Server), "CLOSED LISTEN SYN_RCVD ESTABLISHED") << run.story();
    EXPECT_EQ(run.flags(), "SYN; SYN, ACK; ACK; ");
}

// Every sample that the kernel gave, compared with what the model inferred at that moment.
TEST_P(BothFamilies, TheInferredStatesAreTheKernels) {
    for (const char* id : {"handshake-free", "four-way-close"}) {
        const Performance run(lesson(id), kFree);
        ASSERT_EQ(run.status, LabRun::Status::Finished) << run.story();
        const model::Timeline timeline = run.timeline();
        std::string sampled[2];
        for (std::size_t i = 0; i < timeline.size(); ++i) {
            const auto* sample = std::get_if<model::SocketSampled>(&timeline.event(i).fact);
            if (sample == nullptr) continue;
            sampled[sample->endpoint == Role::Client ? 0 : 1] +=
                " " + std::string(name(sample->state));
            EXPECT_EQ(sample->state, timeline.at(i + 1).end(sample->endpoint).state())
                << "event " << i << "\n"
                << run.story();
        }
        // Where a run stands still the kernel must have been asked: in the pause and at the end.
        const bool close = std::string(id) == "four-way-close";
        EXPECT_TRUE(sampled[0].ends_with(close ? "FIN_WAIT_2 TIME_WAIT" : "ESTABLISHED"))
            << sampled[0] << run.story();
        EXPECT_TRUE(sampled[1].ends_with(close ? "CLOSE_WAIT CLOSED" : "ESTABLISHED"))
            << sampled[1] << run.story();
    }
}

TEST_P(BothFamilies, ASegmentCarriesItsHeadersAndOptions) {
    const Performance run(lesson("handshake-free"), kFree);
    ASSERT_EQ(run.status, LabRun::Status::Finished) << run.story();
    const model::Segment* syn = run.timeline().segment(1);
    ASSERT_NE(syn, nullptr);
    EXPECT_EQ(syn->headers.size(), (GetParam() ? 40U : 20U) + 40U);
    EXPECT_EQ(syn->headers[0] >> 4, GetParam() ? 6 : 4);
    EXPECT_NE(to_line(syn->options).find("mss "), std::string::npos);
    EXPECT_NE(to_line(syn->options).find("wscale "), std::string::npos);
}

TEST(LiveLesson, CallsAndSegmentsShareOneClock) {
    const Performance run(shipped("handshake-free"), kFree);
    ASSERT_EQ(run.status, LabRun::Status::Finished) << run.story();
    std::optional<model::Time> entered, returned, first, last;
    for (const model::Event& event : run.trace.events()) {
        if (const auto* call = std::get_if<model::CallEntered>(&event.fact);
            call && call->call == "connect")
            entered = event.time;
        if (const auto* call = std::get_if<model::CallReturned>(&event.fact);
            call && call->call == "connect")
            returned = event.time;
        if (!std::holds_alternative<model::SegmentSent>(event.fact)) continue;
        if (!first) first = event.time;
        last = event.time;
    }
    ASSERT_TRUE(entered && returned && first && last) << run.story();
    EXPECT_LT(*entered, *first) << run.story();
    // LESSONS: on a free-running loopback all three segments have passed before connect() returns.
    EXPECT_LT(*last, *returned) << run.story();
}

TEST(LiveLesson, ACallThatFailsUnexpectedlyEndsTheRunAndKeepsTheTrace) {
    auto lesson = lesson::parse_lesson(
        R"({"id":"x","order":1,"title":{"en":"x"},"summary":{"en":"x"},"segments":"free",
        "server_address":"127.0.0.1:8000","client":[{"call":"socket","as":"s"},{"call":"connect","on":"s"}],
        "ends_with":{"client":"ESTABLISHED"}})",
        "x");
    const Performance run(*lesson, kFree);
    EXPECT_EQ(run.status, LabRun::Status::Failed);
    EXPECT_EQ(run.error.kind, ErrorKind::DoesNotHold);
    EXPECT_NE(run.error.what.find("ECONNREFUSED"), std::string::npos) << run.error.line();
    EXPECT_EQ(run.flags(), "SYN; RST, ACK; ") << run.story();
    EXPECT_EQ(run.states(Role::Client), "CLOSED SYN_SENT CLOSED") << run.story();
}

TEST(LiveLesson, AFailureThatIsMeantIsNone) {
    auto lesson = lesson::parse_lesson(
        R"({"id":"x","order":1,"title":{"en":"x"},"summary":{"en":"x"},"segments":"free",
        "server_address":"127.0.0.1:8000",
        "client":[{"call":"socket","as":"s"},{"call":"connect","on":"s","fails_with":"ECONNREFUSED"}],
        "ends_with":{"client":"CLOSED"}})",
        "x");
    const Performance run(*lesson, kFree);
    EXPECT_EQ(run.status, LabRun::Status::Finished) << run.story();
}

TEST(LiveLesson, DataIsCountedAndTheServerReadsTheEnd) {
    auto lesson = lesson::parse_lesson(
        R"({"id":"x","order":1,"title":{"en":"x"},"summary":{"en":"x"},"segments":"free",
        "server_address":"127.0.0.1:8000",
        "server":[{"call":"socket","as":"l"},{"call":"bind","on":"l"},{"call":"listen","on":"l","backlog":1},
                  {"call":"accept","on":"l","as":"c"},{"call":"recv","on":"c","size":100},
                  {"call":"recv","label":"end","on":"c","size":100},{"call":"close","on":"c"}],
        "client":[{"call":"socket","as":"s"},
                  {"call":"connect","on":"s","after":[{"actor":"server","step":"listen","has":"returned"}]},
                  {"call":"send","on":"s","data":"hello"},
                  {"call":"shutdown","on":"s","how":"SHUT_WR","after":[{"actor":"server","step":"recv","has":"returned"}]}],
        "ends_with":{"client":"TIME_WAIT","server":"CLOSED"}})",
        "x");
    const Performance run(*lesson, kFree);
    ASSERT_EQ(run.status, LabRun::Status::Finished) << run.story();
    std::vector<std::int64_t> received;
    for (const model::Event& event : run.trace.events()) {
        if (const auto* call = std::get_if<model::CallReturned>(&event.fact);
            call && call->call == "recv")
            received.push_back(call->result);
    }
    EXPECT_EQ(received, (std::vector<std::int64_t>{5, 0}));
}

std::vector<model::CallReturned> returned(const model::Trace& trace, const std::string& call) {
    std::vector<model::CallReturned> found;
    for (const model::Event& event : trace.events()) {
        const auto* one = std::get_if<model::CallReturned>(&event.fact);
        if (one != nullptr && one->call == call) found.push_back(*one);
    }
    return found;
}

template <class Fact>
std::vector<Fact> all(const model::Trace& trace) {
    std::vector<Fact> found;
    for (const model::Event& event : trace.events()) {
        if (const auto* one = std::get_if<Fact>(&event.fact)) found.push_back(*one);
    }
    return found;
}

TEST(LiveLesson, UdpHasBoundariesAndNoConnection) {
    const Performance run(shipped("udp"), kFree);
    ASSERT_EQ(run.status, LabRun::Status::Finished) << run.story();
    EXPECT_TRUE(run.trace.connections().empty());
    EXPECT_EQ(run.states(Role::Client) + run.states(Role::Server), "") << run.story();
    std::string sent;
    for (const auto& one : all<model::DatagramSent>(run.trace)) {
        sent += std::string(name(one.from)) + " " + std::to_string(one.length) + "; ";
    }
    EXPECT_EQ(sent, "client 5; client 6; client 22; server 8; client 7; ") << run.story();
    std::vector<std::string> received;
    for (const auto& one : returned(run.trace, "recvfrom")) received.push_back(one.value);
    EXPECT_EQ(received, (std::vector<std::string>{"first", "second", "longer t", "all read"}));
    EXPECT_EQ(returned(run.trace, "recvfrom")[2].datagram_length, 22U);
    EXPECT_EQ(returned(run.trace, "recv")[0].error, "ECONNREFUSED");
    const auto errors = all<model::IcmpErrorSent>(run.trace);
    ASSERT_EQ(errors.size(), 1U) << run.story();
    EXPECT_EQ(errors[0].from, Role::Server);
    EXPECT_EQ(errors[0].type, 3);
    EXPECT_EQ(errors[0].code, 3);
    EXPECT_EQ(to_string(errors[0].destination), "127.0.0.1:8000");
}

TEST(LiveLesson, OverUnixSocketsNothingIsOnTheWire) {
    const Performance run(shipped("unix-socket"), kFree);
    ASSERT_EQ(run.status, LabRun::Status::Finished) << run.story();
    ASSERT_EQ(run.trace.connections().size(), 1U);
    std::vector<std::string> received;
    for (const auto& one : returned(run.trace, "recv")) {
        if (!one.value.empty()) received.push_back(one.value);
    }
    std::vector<std::string> twelve_over_each;
    for (int i = 0; i < 2 * 12; ++i) {
        twelve_over_each.push_back("question");
        twelve_over_each.push_back("answer");
    }
    EXPECT_EQ(received, twelve_over_each);
    // The exchange over AF_UNIX is over before the first segment.
    std::optional<model::Time> first, unix_closed;
    for (const model::Event& event : run.trace.events()) {
        if (std::holds_alternative<model::SegmentSent>(event.fact) && !first) first = event.time;
        const auto* one = std::get_if<model::CallReturned>(&event.fact);
        if (one != nullptr && one->call == "close" && !unix_closed) unix_closed = event.time;
    }
    ASSERT_TRUE(first && unix_closed) << run.story();
    EXPECT_LT(*unix_closed, *first) << run.story();
    EXPECT_EQ(run.states(Role::Server),
              "CLOSED LISTEN SYN_RCVD ESTABLISHED CLOSE_WAIT LAST_ACK CLOSED")
        << "listen() on a UNIX socket moves no TCP state";
}

TEST(LiveLesson, AKilledLabIsSaidAndItsTraceKept) {
    LabOptions options;
    options.gated = false;
    auto run = LabRun::start(shipped("four-way-close"), options);
    ASSERT_TRUE(run) << run.error().line();
    model::Trace trace;
    auto status = LabRun::Status::Running;
    bool killed = false;
    while (status == LabRun::Status::Running) {
        status = run->wait(trace);
        // The server's pause of 200 ms: the lab is in the middle of the close.
        if (!killed && !trace.connections().empty()) {
            killed = true;
            kill(run->pid(), SIGKILL);
        }
    }
    EXPECT_EQ(status, LabRun::Status::Failed);
    EXPECT_NE(run->error().what.find("killed by signal 9"), std::string::npos)
        << run->error().line();
    EXPECT_FALSE(trace.events().empty());
}

TEST(LiveLesson, AProgramThatIsNotThereIsSaid) {
    LabOptions options;
    options.program = "/nonexistent/tcpstep";
    const auto run = LabRun::start(shipped("handshake-free"), options);
    ASSERT_FALSE(run);
    EXPECT_EQ(run.error().kind, ErrorKind::MachineForbids);
}

TEST(LiveLesson, ALabIsGoneWhenItsRunIs) {
    int pid = 0;
    {
        const LabOptions options;
        auto run = LabRun::start(shipped("four-way-close"), options);
        ASSERT_TRUE(run);
        pid = run->pid();
        EXPECT_EQ(kill(pid, 0), 0);
    }
    EXPECT_NE(kill(pid, 0), 0);
}

}  // namespace
}  // namespace tcpstep::lab
