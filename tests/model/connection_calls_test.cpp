#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "model/connection.hpp"
#include "model/timeline.hpp"
#include "tests/model/story.hpp"

namespace tcpstep::model {
namespace {

using testing::Story;

TEST(Connection, ACallIsOpenUntilItReturns) {
    Story story;
    story.lab().fact(CallEntered{1, Role::Server, "accept", {{"fd", std::int64_t{3}}}});
    ASSERT_EQ(story.result().open_calls.size(), 1U);
    EXPECT_EQ(story.result().open_calls[0].call.call, "accept");
    story.fact(CallReturned{1, Role::Server, "accept", 4, ""});
    EXPECT_TRUE(story.result().open_calls.empty());
}

// A call that gives a new descriptor, or any other result.
void call(Story& story, CallId id, Role role, const char* name, std::vector<CallArgument> arguments,
          std::int64_t result) {
    story.fact(CallEntered{id, role, name, std::move(arguments)});
    story.fact(CallReturned{id, role, name, result, ""});
}

TEST(Connection, OnlyTheLastCloseOfASocketEndsIt) {
    Story story;
    story.lab().listen().handshake();
    const std::vector<CallArgument> original = {{"fd", std::int64_t{4}}};
    const std::vector<CallArgument> copy = {{"fd", std::int64_t{0}}};  // as Story::call returns it
    story.call(Role::Client, "dup", original).call(Role::Client, "close", original);
    EXPECT_EQ(story.result().client.state(), State::Established);
    story.call(Role::Client, "close", copy);
    EXPECT_EQ(story.result().client.state(), State::FinWait1);
}

TEST(Connection, TwoDescriptorsOfTheServerAreNotTheClients) {
    Story story;
    story.lab().listen().handshake();
    const std::vector<CallArgument> four = {{"fd", std::int64_t{4}}};
    story.call(Role::Server, "dup", four).call(Role::Client, "close", four);
    EXPECT_EQ(story.result().client.state(), State::FinWait1);
}

TEST(Connection, ShutdownCountsNoReferences) {
    Story story;
    story.lab().listen().handshake();
    const std::vector<CallArgument> original = {{"fd", std::int64_t{4}}};
    story.call(Role::Client, "dup", original);
    story.call(Role::Client, "shutdown", {{"fd", std::int64_t{0}}, {"how", "SHUT_WR"}});
    EXPECT_EQ(story.result().client.state(), State::FinWait1);
}

TEST(Connection, AListenerIsClosedByItsLastDescriptor) {
    Story story;
    story.lab().listen();
    call(story, 8, Role::Server, "dup", {{"fd", std::int64_t{3}}}, 7);
    call(story, 9, Role::Server, "close", {{"fd", std::int64_t{3}}}, 0);
    EXPECT_EQ(story.result().server.state(), State::Listen);
    EXPECT_EQ(story.result().listener_fd, Descriptor{7});
    story.fact(ListenerSampled{0, 10, 1});
    EXPECT_TRUE(story.result().listener);
    call(story, 10, Role::Server, "close", {{"fd", std::int64_t{7}}}, 0);
    EXPECT_EQ(story.result().server.state(), State::Closed);
    EXPECT_EQ(story.result().listener_fd, std::nullopt);
    EXPECT_FALSE(story.result().listener) << "its queues are gone with it";
}

// The calls of a child of the server.
void in_child(Story& story, CallId id, const char* name, std::vector<CallArgument> arguments) {
    story.fact(CallEntered{id, Role::Server, name, std::move(arguments), 4711});
    CallReturned returned{id, Role::Server, name, 0, ""};
    returned.process = 4711;
    story.fact(std::move(returned));
}

// Both processes have the connection: whoever closes last sends the FIN.
TEST(Connection, TheLastProcessToCloseEndsIt) {
    for (const Process first : {0U, 4711U}) {
        Story story;
        story.lab().listen().handshake();
        call(story, 8, Role::Server, "accept", {{"fd", std::int64_t{3}}}, 5);
        call(story, 9, Role::Server, "fork", {}, 4711);
        const std::vector<CallArgument> five = {{"fd", std::int64_t{5}}};
        story.call(Role::Server, "close", five, first);
        EXPECT_EQ(story.result().server.state(), State::Established);
        story.call(Role::Server, "close", five, 4711U - first);
        EXPECT_EQ(story.result().server.state(), State::FinWait1);
    }
}

TEST(Connection, AChildThatEndsHasClosedItsDescriptors) {
    Story story;
    story.lab();
    call(story, 7, Role::Server, "socket", {{"domain", "AF_INET"}, {"type", "SOCK_STREAM"}}, 3);
    story.listen();
    call(story, 8, Role::Server, "fork", {}, 4711);
    call(story, 9, Role::Server, "close", {{"fd", std::int64_t{3}}}, 0);
    EXPECT_EQ(story.result().server.state(), State::Listen) << "the child has the listener";
    EXPECT_EQ(story.result().listener_fd, (Descriptor{3, 4711}));
    in_child(story, 10, "exit", {{"status", std::int64_t{0}}});
    EXPECT_EQ(story.result().server.state(), State::Closed);
    EXPECT_EQ(story.result().listener_fd, std::nullopt);
}

// A descriptor's number tells nothing of what it was before.
TEST(Connection, ANewSocketIsNoCopyOfAnOldOne) {
    Story story;
    story.lab().listen();
    call(story, 8, Role::Server, "dup", {{"fd", std::int64_t{3}}}, 7);
    call(story, 9, Role::Server, "socket", {{"domain", "AF_INET"}, {"type", "SOCK_STREAM"}}, 7);
    call(story, 10, Role::Server, "close", {{"fd", std::int64_t{3}}}, 0);
    EXPECT_EQ(story.result().server.state(), State::Closed);
}

TEST(Connection, WhatIsNoTcpSocketHasNoState) {
    for (const auto& [domain, type] :
         {std::pair{"AF_UNIX", "SOCK_STREAM"}, std::pair{"AF_INET", "SOCK_DGRAM"}}) {
        Story story;
        story.lab();
        call(story, 1, Role::Server, "socket", {{"domain", domain}, {"type", type}}, 5);
        call(story, 2, Role::Server, "listen", {{"fd", std::int64_t{5}}}, 0);
        call(story, 6, Role::Server, "accept", {{"fd", std::int64_t{5}}}, 6);
        call(story, 7, Role::Server, "listen", {{"fd", std::int64_t{6}}}, 0);
        EXPECT_EQ(story.result().server.state(), State::Closed) << domain;
        call(story, 3, Role::Server, "close", {{"fd", std::int64_t{5}}}, 0);
        call(story, 4, Role::Server, "socket", {{"domain", "AF_INET"}, {"type", "SOCK_STREAM"}}, 5);
        call(story, 5, Role::Server, "listen", {{"fd", std::int64_t{5}}}, 0);
        EXPECT_EQ(story.result().server.state(), State::Listen) << domain;
    }
}

}  // namespace
}  // namespace tcpstep::model
