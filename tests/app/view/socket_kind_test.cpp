#include "app/view/socket_kind.hpp"

#include <gtest/gtest.h>

#include "tests/app/view/sample_run.hpp"

namespace tcpstep::view {
namespace {

using namespace model;

constexpr Role C = Role::Client;
constexpr Role S = Role::Server;

std::vector<CallArgument> on(std::int64_t fd) {
    return {{"fd", fd}};
}

SocketKind kind_of_last(const Trace& trace) {
    const std::size_t last = trace.events().size() - 1;
    return socket_kind(Timeline(trace, 0), last, std::get<CallEntered>(trace.events()[last].fact));
}

TEST(SocketKind, IsThatOfTheCallThatMadeIt) {
    testing::RunBuilder run;
    run.call(S, "socket", {{"domain", "AF_UNIX"}, {"type", "SOCK_DGRAM"}});
    EXPECT_EQ(kind_of_last(run.trace), SocketKind::Unix);
    run.returns(S, "socket", 3).call(S, "accept", on(3));
    EXPECT_EQ(kind_of_last(run.trace), SocketKind::Unix);
    run.returns(S, "accept", 4).call(S, "dup", on(4)).returns(S, "dup", 5);
    run.call(S, "recv", on(5));
    EXPECT_EQ(kind_of_last(run.trace), SocketKind::Unix);
    // The client has a descriptor 3 of its own, and so has the server later.
    run.call(C, "connect", on(3));
    EXPECT_EQ(kind_of_last(run.trace), SocketKind::Tcp);
    run.call(S, "socket", {{"domain", "AF_INET"}, {"type", "SOCK_DGRAM"}});
    run.returns(S, "socket", 3).call(S, "bind", on(3));
    EXPECT_EQ(kind_of_last(run.trace), SocketKind::Udp);
}

TEST(SpeaksTcpAt, IsFalseWhileAllSocketsAreOfAfUnix) {
    testing::RunBuilder run;
    run.call(S, "socket", {{"domain", "AF_UNIX"}}).returns(S, "socket", 3);
    const std::size_t local = run.trace.events().size();
    run.call(C, "socket", {{"domain", "AF_INET"}}).returns(C, "socket", 3);
    const Timeline timeline(run.trace, 0);
    EXPECT_TRUE(speaks_tcp_at(timeline, 0));  // nothing is known yet
    EXPECT_FALSE(speaks_tcp_at(timeline, local));
    EXPECT_TRUE(speaks_tcp_at(timeline, local + 1));
    testing::RunBuilder segments;
    segments.send(C, Flags::kSyn, 0, 0);
    EXPECT_TRUE(speaks_tcp_at(Timeline(segments.trace, 0), 1));
}

}  // namespace
}  // namespace tcpstep::view
