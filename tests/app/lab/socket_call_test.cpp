#include "app/lab/socket_call.hpp"

#include <cerrno>

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
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

TEST(SocketCall, AStepMayNameAnAddressOfItsOwn) {
    Descriptors descriptors;
    lesson::Step socket = step(lesson::Call::Socket);
    socket.as = "s";
    const auto server = *model::parse_socket_address("127.0.0.1:8000");
    ASSERT_EQ(make_call(socket, descriptors, server).os_errno, 0);
    lesson::Step bind = step(lesson::Call::Bind, "s");
    bind.address = *model::parse_socket_address("127.0.0.2:0");  // 0: the kernel picks a free port
    ASSERT_EQ(make_call(bind, descriptors, server).os_errno, 0);
    sockaddr_in bound{};
    socklen_t length = sizeof bound;
    ASSERT_EQ(getsockname(descriptors.at("s"), reinterpret_cast<sockaddr*>(&bound), &length), 0);
    EXPECT_EQ(ntohl(bound.sin_addr.s_addr), 0x7f000002U);
    EXPECT_NE(ntohs(bound.sin_port), server.port);
    EXPECT_EQ(make_call(step(lesson::Call::Close, "s"), descriptors, server).value, 0);
}

class SetSockOpt : public ::testing::Test {
  public:
    Descriptors descriptors{{"s", socket(AF_INET, SOCK_STREAM, 0)}};
    int fd = descriptors.at("s");
    ~SetSockOpt() override { close(fd); }

    CallResult set(std::string name, std::int64_t value) {
        lesson::Step one = step(lesson::Call::SetSockOpt, "s");
        one.option = std::move(name);
        one.value = value;
        return make_call(one, descriptors, {});
    }
    int get(int level, int number) const {
        int value = -1;
        socklen_t length = sizeof value;
        EXPECT_EQ(getsockopt(fd, level, number, &value, &length), 0);
        return value;
    }
};

TEST_F(SetSockOpt, IsWhatTheKernelThenTells) {
    const struct {
        const char* name;
        int level;
        int number;
        std::int64_t value;
        int told;
    } kCases[] = {
        {"SO_REUSEADDR", SOL_SOCKET, SO_REUSEADDR, 1, 1},
        // socket(7): the kernel doubles them, for what it keeps besides the data.
        {"SO_RCVBUF", SOL_SOCKET, SO_RCVBUF, 5000, 10'000},
        {"SO_SNDBUF", SOL_SOCKET, SO_SNDBUF, 6000, 12'000},
        {"TCP_NODELAY", IPPROTO_TCP, TCP_NODELAY, 1, 1},
        // Linux: seconds, kept as the number of SYN-ACKs until then: sent after 1, 3 and 7 s.
        {"TCP_DEFER_ACCEPT", IPPROTO_TCP, TCP_DEFER_ACCEPT, 5, 7},
        {"TCP_SYNCNT", IPPROTO_TCP, TCP_SYNCNT, 2, 2},
        {"TCP_QUICKACK", IPPROTO_TCP, TCP_QUICKACK, 0, 0},
        {"TCP_QUICKACK", IPPROTO_TCP, TCP_QUICKACK, 1, 1},
        {"TCP_USER_TIMEOUT", IPPROTO_TCP, TCP_USER_TIMEOUT, 3000, 3000},
    };
    for (const auto& one : kCases) {
        const CallResult result = set(one.name, one.value);
        EXPECT_EQ(result.value, 0) << one.name;
        EXPECT_EQ(result.os_errno, 0) << one.name;
        EXPECT_EQ(get(one.level, one.number), one.told) << one.name;
    }
}

TEST_F(SetSockOpt, LingerIsTurnedOnWithItsSeconds) {
    for (const int seconds : {0, 7}) {
        ASSERT_EQ(set("SO_LINGER", seconds).value, 0);
        linger told{};
        socklen_t length = sizeof told;
        ASSERT_EQ(getsockopt(fd, SOL_SOCKET, SO_LINGER, &told, &length), 0);
        EXPECT_EQ(told.l_onoff, 1);
        EXPECT_EQ(told.l_linger, seconds);
    }
}

TEST_F(SetSockOpt, EachThatALessonCanNameIsKnown) {
    for (const std::string_view name : lesson::kSocketOptions) {
        EXPECT_EQ(set(std::string(name), 1).os_errno, 0) << name;
    }
}

TEST_F(SetSockOpt, TheKernelsRefusalIsTheCalls) {
    EXPECT_EQ(set("TCP_SYNCNT", 4711).os_errno, EINVAL);
    EXPECT_EQ(set("SO_NOTHING", 1).os_errno, ENOPROTOOPT);
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
    lesson::Step elsewhere = step(lesson::Call::Connect, "s");
    elsewhere.address = *model::parse_socket_address("[::1]:7000");
    EXPECT_EQ(
        arguments_of(elsewhere, descriptors, server),
        (std::vector<model::CallArgument>{{"fd", std::int64_t{7}}, {"address", "[::1]:7000"}}));
    lesson::Step option = step(lesson::Call::SetSockOpt, "s");
    option.option = "SO_REUSEADDR";
    option.value = 1;
    EXPECT_EQ(
        arguments_of(option, descriptors, server),
        (std::vector<model::CallArgument>{
            {"fd", std::int64_t{7}}, {"option", "SO_REUSEADDR"}, {"value", std::int64_t{1}}}));
    lesson::Step urgent = step(lesson::Call::Send, "s");
    urgent.data = "stop!";
    urgent.urgent = true;
    EXPECT_EQ(arguments_of(urgent, descriptors, server),
              (std::vector<model::CallArgument>{
                  {"fd", std::int64_t{7}}, {"data", "stop!"}, {"flags", "MSG_OOB"}}));
    EXPECT_EQ(arguments_of(step(lesson::Call::Socket), descriptors, server),
              (std::vector<model::CallArgument>{{"domain", "AF_INET6"}, {"type", "SOCK_STREAM"}}));
}

}  // namespace
}  // namespace tcpstep::lab
