#include "app/view/socket_owners.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "app/view/call_list.hpp"
#include "app/view/timeline_index.hpp"

namespace tcpstep::view {
namespace {

using namespace model;

constexpr Role C = Role::Client;

ConnectionId client_at(std::uint16_t port) {
    const IpAddress loopback = *parse_ip("127.0.0.1");
    return {{loopback, port}, {loopback, 8000}, 1};
}

// Two clients, one after the other, each with a socket of the same number.
class TwoClients {
  public:
    void call(const std::string& name, std::vector<CallArgument> arguments, std::int64_t result,
              std::optional<ConnectionIndex> of = {}) {
        append(CallEntered{++calls_, C, name, std::move(arguments)}, of);
        append(CallReturned{calls_, C, name, result, ""}, of);
    }
    void enter(const std::string& name, std::int64_t fd, std::optional<ConnectionIndex> of) {
        append(CallEntered{++calls_, C, name, {{"fd", fd}}}, of);
    }
    void client(std::uint16_t port, const std::string& address) {
        call("socket", {}, 7);
        call("bind", {{"fd", std::int64_t{7}}, {"address", address}}, 0);
        const ConnectionIndex connection = trace.intern(client_at(port));
        enter("connect", 7, connection);
    }

    Trace trace;

  private:
    void append(Fact fact, std::optional<ConnectionIndex> of) {
        Event event;
        event.time = Time(std::chrono::microseconds(++time_));
        event.connection = of;
        event.fact = std::move(fact);
        trace.append(std::move(event));
    }
    CallId calls_ = 0;
    int time_ = 0;
};

std::vector<std::string> calls_of(const Trace& trace, ConnectionIndex connection,
                                  std::size_t at_most = 10) {
    const Timeline timeline(trace, connection);
    TimelineIndex index;
    index.catch_up(timeline);
    std::vector<std::string> lines;
    for (const CallLine& line : call_list(timeline, index, C, timeline.size(), at_most).lines)
        lines.push_back(line.call);
    return lines;
}

using Calls = std::vector<std::string>;

TEST(SocketOwners, AConnectionHasItsOwnCallsOnly) {
    TwoClients run;
    run.client(9003, "127.0.0.1:9003");
    run.call("close", {{"fd", std::int64_t{7}}}, 0, 0);
    run.client(9002, "127.0.0.1:9002");
    EXPECT_EQ(calls_of(run.trace, 0),
              (Calls{"socket()", "bind(127.0.0.1:9003)", "connect()", "close(7)"}));
    EXPECT_EQ(calls_of(run.trace, 1), (Calls{"socket()", "bind(127.0.0.1:9002)", "connect()"}));
    EXPECT_EQ(calls_of(run.trace, 1, 2), (Calls{"bind(127.0.0.1:9002)", "connect()"}));
}

TEST(SocketOwners, UntilSomethingTellsWhoseItIsItIsListed) {
    TwoClients run;
    run.client(9003, "127.0.0.1:9003");
    run.call("socket", {}, 8);
    EXPECT_EQ(calls_of(run.trace, 0),
              (Calls{"socket()", "bind(127.0.0.1:9003)", "connect()", "socket()"}));
    run.enter("connect", 8, run.trace.intern(client_at(9004)));
    EXPECT_EQ(calls_of(run.trace, 0), (Calls{"socket()", "bind(127.0.0.1:9003)", "connect()"}));
    EXPECT_EQ(calls_of(run.trace, 1), (Calls{"socket()", "connect()"}));
}

TEST(SocketOwners, ASocketThatConnectsAgainIsOfBoth) {
    TwoClients run;
    run.client(9003, "127.0.0.1:9003");
    run.enter("connect", 7, run.trace.intern(client_at(9005)));
    EXPECT_EQ(calls_of(run.trace, 0), (Calls{"socket()", "bind(127.0.0.1:9003)", "connect()"}));
    EXPECT_EQ(calls_of(run.trace, 1), (Calls{"socket()", "bind(127.0.0.1:9003)", "connect()"}));
}

TEST(SocketOwners, ACopyByDupIsTheSameSocket) {
    TwoClients run;
    run.call("socket", {}, 7);
    run.call("dup", {{"fd", std::int64_t{7}}}, 9);
    run.enter("connect", 9, run.trace.intern(client_at(9006)));
    run.client(9007, "127.0.0.1:9007");
    EXPECT_EQ(calls_of(run.trace, 1), (Calls{"socket()", "bind(127.0.0.1:9007)", "connect()"}));
}

// As the lab follows a run: the index has read all before the next event comes.
TEST(SocketOwners, WhatComesLateIsTakenIn) {
    TwoClients run;
    run.client(9003, "127.0.0.1:9003");
    run.call("socket", {}, 8);
    Timeline timeline(run.trace, 0);
    TimelineIndex index;
    index.catch_up(timeline);
    EXPECT_FALSE(index.owners().has_others(C));
    run.enter("connect", 8, run.trace.intern(client_at(9004)));
    timeline.catch_up();
    index.catch_up(timeline);
    EXPECT_TRUE(index.owners().has_others(C));
}

}  // namespace
}  // namespace tcpstep::view
