#include "app/lab/socket_call.hpp"

#include <cerrno>

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tcpstep::lab {
namespace {

lesson::Step step(lesson::Call call, std::string on = "") {
    lesson::Step one;
    one.call = call;
    one.on = std::move(on);
    return one;
}

TEST(SocketCall, ErrnoHasItsName) {
    EXPECT_EQ(errno_name(0), "");
    EXPECT_EQ(errno_name(ECONNREFUSED), "ECONNREFUSED");
    EXPECT_EQ(errno_name(EADDRINUSE), "EADDRINUSE");
    EXPECT_EQ(errno_name(4711), "errno 4711");
}

TEST(SocketCall, ANewDescriptorIsKeptUnderItsName) {
    for (const char* address : {"127.0.0.1:1", "[::1]:1"}) {
        Descriptors descriptors;
        lesson::Step socket = step(lesson::Call::Socket);
        socket.as = "s";
        const CallResult result =
            make_call(socket, descriptors, *model::parse_socket_address(address));
        ASSERT_EQ(result.os_errno, 0);
        EXPECT_EQ(descriptors.at("s"), result.value);
        int domain = 0;
        socklen_t length = sizeof domain;
        ASSERT_EQ(getsockopt(descriptors.at("s"), SOL_SOCKET, SO_DOMAIN, &domain, &length), 0);
        EXPECT_EQ(domain, std::string(address).starts_with("[") ? AF_INET6 : AF_INET);
        EXPECT_EQ(make_call(step(lesson::Call::Close, "s"), descriptors, {}).value, 0);
    }
}

TEST(SocketCall, AFailureCarriesErrno) {
    Descriptors descriptors{{"gone", -1}};
    const CallResult result = make_call(step(lesson::Call::Listen, "gone"), descriptors, {});
    EXPECT_EQ(result.value, -1);
    EXPECT_EQ(result.os_errno, EBADF);
}

TEST(SocketCall, ArgumentsAreWhatAPersonReads) {
    const Descriptors descriptors{{"s", 7}};
    const auto server = *model::parse_socket_address("[::1]:8000");
    lesson::Step listen = step(lesson::Call::Listen, "s");
    listen.backlog = 10;
    EXPECT_EQ(
        arguments_of(listen, descriptors, server),
        (std::vector<model::CallArgument>{{"fd", std::int64_t{7}}, {"backlog", std::int64_t{10}}}));
    EXPECT_EQ(
        arguments_of(step(lesson::Call::Connect, "s"), descriptors, server),
        (std::vector<model::CallArgument>{{"fd", std::int64_t{7}}, {"address", "[::1]:8000"}}));
    EXPECT_EQ(arguments_of(step(lesson::Call::Socket), descriptors, server),
              (std::vector<model::CallArgument>{{"domain", "AF_INET6"}, {"type", "SOCK_STREAM"}}));
}

}  // namespace
}  // namespace tcpstep::lab
