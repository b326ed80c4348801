#include "app/view/call_value.hpp"

#include <gtest/gtest.h>

#include "app/view/call_list.hpp"
#include "app/view/event_sentence.hpp"
#include "app/view/terminal/text_ladder.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::view {
namespace {

using namespace model;
using tcpstep::testing::RunBuilder;

constexpr Role C = Role::Client;
constexpr Role S = Role::Server;

CallReturned returned(const char* call, std::int64_t result, std::string value) {
    CallReturned one{1, S, call, result, ""};
    one.value = std::move(value);
    return one;
}

// The call in a run of its own, as the last that happened.
struct OneCall {
    explicit OneCall(CallReturned what) {
        RunBuilder run;
        run.fact(CallEntered{what.id, what.endpoint, what.call, {{"fd", std::int64_t{5}}}});
        run.fact(std::move(what));
        trace = run.trace;
        timeline.emplace(trace);
        index.catch_up(*timeline);
    }
    std::string line() const {
        const CallList calls = call_list(*timeline, index, S, timeline->size(), 5);
        const CallLine& line = calls.lines.at(0);
        return line.call + " " + line.outcome + " " + line.value;
    }
    std::string sentence() const {
        return tell_event(*timeline, index, timeline->size() - 1, false).sentence;
    }
    Trace trace;
    std::optional<Timeline> timeline;
    TimelineIndex index;
};

const std::string kRow =
    "1: 0100007F:1F40 0100007F:A5C6 01 00000005:0000000C 01:00000014 00000003 0 0 24312 2 "
    "0000000000000000 20 4 30 10 -1 fd 7 9";

TEST(CallValue, WhatWasReceivedIsQuoted) {
    EXPECT_EQ(value_lines(returned("recv", 6, "say \"a\""), 20),
              std::vector<std::string>{R"("say \"a\"")"});
    EXPECT_EQ(value_lines(returned("recv", 6, "say \"a\""), 3),
              std::vector<std::string>{"\"say\"…"});
    EXPECT_TRUE(value_lines(returned("recv", 0, ""), 20).empty());
}

TEST(CallValue, AnAddressStandsAsItIs) {
    EXPECT_EQ(value_lines(returned("getsockname", 0, "127.0.0.1:8000"), 3),
              std::vector<std::string>{"127.0.0.1:8000"});
    EXPECT_EQ(value_lines(returned("getpeername", 0, "@a\x1b[2J"), 3),
              std::vector<std::string>{"@a\\x1b[2J"});
}

TEST(CallValue, ADatagramNamesItsSenderAndWhatIsGone) {
    CallReturned cut = returned("recvfrom", 4, "long");
    cut.address = "127.0.0.1:9000";
    cut.datagram_length = 11;
    EXPECT_EQ(result_text(cut), "= 4 of 11");
    EXPECT_EQ(value_lines(cut, 20), std::vector<std::string>{"\"long\" from 127.0.0.1:9000"});
    const OneCall run(cut);
    EXPECT_EQ(run.line(), "recvfrom() = 4 of 11 \"long\" from 127.0.0.1:9000");
    EXPECT_NE(run.sentence().find("The datagram had 11 octets: what did not fit"),
              std::string::npos)
        << run.sentence();
}

TEST(CallValue, ARowOfProcNetTcpIsTakenApart) {
    const auto lines = value_lines(returned("proc_net_tcp", 2, kRow + "\nno row\x01"), 20);
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0],
              "0100007F:1F40 = 127.0.0.1:8000 to 127.0.0.1:42438  st 01 ESTABLISHED  tx 5 rx 12  "
              "timer retransmit  inode 24312  fd 7 9");
    EXPECT_EQ(lines[1], "no row\\x01");
    const OneCall run(returned("proc_net_tcp", 1, kRow));
    EXPECT_EQ(run.line(), "/proc/net/tcp = 1 ") << "there is no room for a row";
    EXPECT_EQ(run.sentence(), "/proc/net/tcp has one row of this run.");
    const auto told = tell_event(*run.timeline, run.index, run.timeline->size() - 1, false);
    EXPECT_EQ(told.rows, std::vector<std::string>{lines[0]});
}

TEST(CallValue, StandsBelowItsCallInTheTerminal) {
    const OneCall run(returned("recv", 5, "hello"));
    const std::string ladder = terminal::text_ladder(*run.timeline);
    EXPECT_NE(ladder.find("| recv(5) = 5\n        server recv(): \"hello\"\n"), std::string::npos)
        << ladder;
}

// Nothing is said of SYN and FIN where the socket sends none.
TEST(CallValue, ACallOnAnotherSocketIsToldWithoutTcp) {
    RunBuilder run;
    run.fact(CallEntered{1, C, "socket", {{"domain", "AF_INET"}, {"type", "SOCK_DGRAM"}}});
    run.fact(CallReturned{1, C, "socket", 5, ""});
    CallId id = 2;
    for (const char* call : {"connect", "send", "recv", "close"}) {
        run.fact(CallEntered{id, C, call, {{"fd", std::int64_t{5}}}});
        run.fact(CallReturned{id++, C, call, 0, ""});
    }
    const Timeline timeline(run.trace);
    TimelineIndex index;
    index.catch_up(timeline);
    std::string told;
    for (std::size_t i = 3; i < timeline.size(); ++i) {
        told += tell_event(timeline, index, i, false).sentence + "\n";
    }
    for (const char* word : {"SYN", "FIN", "buffer"}) {
        EXPECT_EQ(told.find(word), std::string::npos) << told;
    }
    EXPECT_NE(told.find("only notes who the other end is"), std::string::npos) << told;
}

// Who closes is told, and who still has the socket; of the last close() nothing of the kind.
TEST(CallValue, AForkIsAReference) {
    RunBuilder run;
    CallId id = 1;
    const auto call = [&](const char* name, std::vector<CallArgument> arguments,
                          std::int64_t result, Process process) {
        run.fact(CallEntered{id, S, name, std::move(arguments), process});
        CallReturned back{id++, S, name, result, ""};
        back.process = process;
        run.fact(std::move(back));
    };
    call("socket", {{"domain", "AF_INET"}, {"type", "SOCK_STREAM"}}, 5, 0);
    call("fork", {}, 4711, 0);
    call("close", {{"fd", std::int64_t{5}}}, 0, 0);
    call("close", {{"fd", std::int64_t{5}}}, 0, 4711);
    call("exit", {{"status", std::int64_t{0}}}, 0, 4711);
    const Timeline timeline(run.trace);
    TimelineIndex index;
    index.catch_up(timeline);
    const auto told = [&](std::size_t before_last) {
        return tell_event(timeline, index, timeline.size() - 1 - before_last, false).sentence;
    };
    const auto has = [](const std::string& text, const char* words) {
        return text.find(words) != std::string::npos;
    };
    EXPECT_TRUE(has(told(6), "process id of the child")) << told(6);
    EXPECT_TRUE(has(told(4), "still has a descriptor, 5 of the server's child 4711")) << told(4);
    EXPECT_TRUE(has(told(3), "The server's child 4711 calls close(5).")) << told(3);
    EXPECT_FALSE(has(told(2), "still has a descriptor")) << told(2);
    EXPECT_EQ(told(0), "The server's child 4711 has ended, with status 0.");
    const CallList calls = call_list(timeline, index, S, timeline.size(), 1);
    EXPECT_EQ(calls.lines.at(0).call + " " + calls.lines.at(0).outcome,
              "[4711] exit(status 0) = ?");
    const std::string ladder = terminal::text_ladder(timeline);
    EXPECT_TRUE(has(ladder, "[4711]")) << ladder;
}

}  // namespace
}  // namespace tcpstep::view
