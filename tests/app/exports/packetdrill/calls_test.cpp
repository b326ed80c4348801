#include "app/exports/packetdrill/calls.hpp"

#include <gtest/gtest.h>

namespace tcpstep::exports::packetdrill {
namespace {

using namespace model;

/// What an end did, call by call.
class Caller {
  public:
    DrillCalls::Words operator()(const std::string& name, std::vector<CallArgument> arguments,
                                 std::int64_t result, const std::string& error = {},
                                 Process process = 0) {
        CallEntered call{++id_, Role::Server, name, std::move(arguments), process};
        CallReturned returned;
        returned.call = name;
        returned.result = result;
        returned.error = error;
        return calls_.words(call, returned);
    }

  private:
    DrillCalls calls_;
    CallId id_ = 0;
};

CallArgument fd(std::int64_t number) {
    return {"fd", number};
}

TEST(PacketdrillCalls, AreWrittenAsPacketdrillWantsThem) {
    struct Case {
        const char* name;
        std::vector<CallArgument> arguments;
        std::int64_t result;
        const char* error;
        const char* words;
    };
    const auto number = [](std::int64_t value) { return value; };
    for (const Case& c : {
             Case{"bind", {fd(3), {"address", "127.0.0.1:8000"}}, 0, "", "bind(3, ..., ...) = 0"},
             Case{"listen", {fd(3), {"backlog", number(10)}}, 0, "", "listen(3, 10) = 0"},
             Case{"connect",
                  {fd(3), {"address", "127.0.0.1:8000"}},
                  -1,
                  "ECONNREFUSED",
                  "connect(3, ..., ...) = -1 ECONNREFUSED (Connection refused)"},
             Case{"send", {fd(3), {"data", "hello"}}, 5, "", "send(3, ..., 5, 0) = 5"},
             Case{"send",
                  {fd(3), {"data", "x"}, {"flags", "MSG_OOB"}},
                  1,
                  "",
                  "send(3, ..., 1, MSG_OOB) = 1"},
             Case{"recv", {fd(3), {"size", number(1024)}}, 5, "", "recv(3, ..., 1024, 0) = 5"},
             Case{"recv",
                  {fd(3), {"size", number(1024)}},
                  -1,
                  "ECONNRESET",
                  "recv(3, ..., 1024, 0) = -1 ECONNRESET (Connection reset by peer)"},
             Case{"shutdown", {fd(3), {"how", "SHUT_WR"}}, 0, "", "shutdown(3, SHUT_WR) = 0"},
             Case{"setsockopt",
                  {fd(3), {"option", "TCP_NODELAY"}, {"value", number(1)}},
                  0,
                  "",
                  "setsockopt(3, IPPROTO_TCP, TCP_NODELAY, [1], 4) = 0"},
             Case{"setsockopt",
                  {fd(3), {"option", "SO_LINGER"}, {"value", number(0)}},
                  0,
                  "",
                  "setsockopt(3, SOL_SOCKET, SO_LINGER, {onoff=1, linger=0}, 8) = 0"},
             Case{"accept", {fd(3)}, 4, "", "accept(3, ..., ...) = 4"},
             Case{"close", {fd(3)}, 0, "", "close(3) = 0"},
         }) {
        Caller call;
        const auto socket = call("socket", {{"domain", "AF_INET"}, {"type", "SOCK_STREAM"}}, 3);
        EXPECT_EQ(socket.calls,
                  std::vector<std::string>{"socket(..., SOCK_STREAM, IPPROTO_TCP) = 3"});
        const auto words = call(c.name, c.arguments, c.result, c.error);
        EXPECT_EQ(words.calls, std::vector<std::string>{c.words});
    }
}

TEST(PacketdrillCalls, ASecondDescriptorIsTheSameSocket) {
    Caller call;
    call("socket", {}, 3);
    EXPECT_TRUE(call("dup", {fd(3)}, 7).calls.empty());
    EXPECT_EQ(call("send", {fd(7), {"data", "x"}}, 1).calls.front(), "send(3, ..., 1, 0) = 1");
    EXPECT_TRUE(call("close", {fd(3)}, 0).calls.empty()) << "no FIN is sent by it";
    // The kernel gives the number again, and the script still has it.
    EXPECT_EQ(call("socket", {}, 3).calls.front(), "socket(..., SOCK_STREAM, IPPROTO_TCP) = 4");
    EXPECT_EQ(call("close", {fd(7)}, 0).calls.front(), "close(3) = 0");
    EXPECT_EQ(call("close", {fd(3)}, 0).calls.front(), "close(4) = 0");
}

TEST(PacketdrillCalls, AChildHasItsParentsSocketsUntilItEnds) {
    Caller call;
    call("socket", {}, 3);
    call("accept", {fd(3)}, 4);
    EXPECT_TRUE(call("fork", {}, 100).calls.empty());
    EXPECT_TRUE(call("close", {fd(4)}, 0).calls.empty());
    EXPECT_EQ(call("send", {fd(4), {"data", "x"}}, 1, "", 100).calls.front(),
              "send(4, ..., 1, 0) = 1");
    EXPECT_EQ(call("exit", {}, 0, "", 100).calls, std::vector<std::string>{"close(4) = 0"})
        << "the parent has the listener";
}

TEST(PacketdrillCalls, SocketsThatAreNoBusinessOfTcpAreLeftOut) {
    Caller call;
    const auto nothing = [](const DrillCalls::Words& words) {
        return words.calls.empty() && words.comment.empty();
    };
    EXPECT_TRUE(nothing(call("socket", {{"domain", "AF_UNIX"}, {"type", "SOCK_STREAM"}}, 3)));
    EXPECT_TRUE(nothing(call("bind", {fd(3), {"address", "@name"}}, 0)));
    EXPECT_TRUE(nothing(call("accept", {fd(3)}, 4)));
    EXPECT_TRUE(nothing(call("recv", {fd(4)}, 5)));
    EXPECT_TRUE(nothing(call("close", {fd(4)}, 0)));
}

TEST(PacketdrillCalls, WhatItHasNoWordsForIsAComment) {
    Caller call;
    call("socket", {}, 5);
    const auto words = call("getsockname", {fd(5)}, 0);
    EXPECT_TRUE(words.calls.empty());
    EXPECT_EQ(words.comment, "packetdrill has no words for: getsockname() = 0");
}

}  // namespace
}  // namespace tcpstep::exports::packetdrill
