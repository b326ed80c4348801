// The calls on sockets of every kind, made for real on this machine's loopback.
#include <cerrno>

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include "app/lab/proc_net_tcp.hpp"
#include "app/lab/socket_call.hpp"
#include "model/proc_net_tcp.hpp"

namespace tcpstep::lab {
namespace {

using lesson::Call;
using lesson::Family;
using lesson::SocketType;
using lesson::Step;

class SocketKinds : public ::testing::Test {
  public:
    Descriptors descriptors;
    model::SocketAddress server = *model::parse_socket_address("127.0.0.1:1");

    ~SocketKinds() override {
        for (const auto& [name, fd] : descriptors) close(fd);
    }

    CallResult call(Call call, std::string on, Step more = {}) {
        more.call = call;
        more.on = std::move(on);
        return make_call(more, descriptors, server);
    }
    void make(const std::string& as, lesson::SocketKind kind) {
        Step step;
        step.as = as;
        step.kind = kind;
        ASSERT_EQ(call(Call::Socket, "", step).os_errno, 0);
    }
    static Step with_address(const std::string& text) {
        Step step;
        step.address = model::parse_socket_address(text);
        return step;
    }
    static Step with_path(const std::string& path) {
        Step step;
        step.path = path;
        return step;
    }
    static Step with_data(std::string data) {
        Step step;
        step.data = std::move(data);
        return step;
    }
    static Step with_size(std::int64_t size) {
        Step step;
        step.size = size;
        return step;
    }
    // Binds it to a port that the kernel chooses; gives its address.
    std::string bind(const std::string& on) {
        EXPECT_EQ(call(Call::Bind, on, with_address("127.0.0.1:0")).os_errno, 0);
        return call(Call::GetSockName, on).text;
    }
};

TEST_F(SocketKinds, ASocketTellsItsNameAndItsPeers) {
    make("l", {});
    make("c", {});
    const std::string address = bind("l");
    Step listen;
    listen.backlog = 1;
    ASSERT_EQ(call(Call::Listen, "l", listen).os_errno, 0);
    EXPECT_EQ(call(Call::GetPeerName, "c").os_errno, ENOTCONN);
    ASSERT_EQ(call(Call::Connect, "c", with_address(address)).os_errno, 0);
    EXPECT_EQ(call(Call::GetPeerName, "c").text, address);
    Step accept;
    accept.as = "a";
    ASSERT_EQ(call(Call::Accept, "l", accept).os_errno, 0);
    EXPECT_EQ(call(Call::GetPeerName, "a").text, call(Call::GetSockName, "c").text);

    // What is received is the call's text, and never more than it.
    ASSERT_EQ(call(Call::Send, "c", with_data("hello")).value, 5);
    const CallResult received = call(Call::Recv, "a", with_size(2));
    EXPECT_EQ(received.value, 2);
    EXPECT_EQ(received.text, "he");
    EXPECT_EQ(received.datagram_length, 0U) << "a stream cuts nothing";
    EXPECT_EQ(call(Call::Recv, "a", with_size(100)).text, "llo");
}

TEST_F(SocketKinds, ADuplicateIsTheSameSocket) {
    make("s", {});
    const std::string address = bind("s");
    Step dup;
    dup.as = "copy";
    const CallResult copied = call(Call::Dup, "s", dup);
    ASSERT_EQ(copied.os_errno, 0);
    EXPECT_NE(descriptors.at("copy"), descriptors.at("s"));
    EXPECT_EQ(call(Call::Close, "s").value, 0);
    EXPECT_EQ(call(Call::GetSockName, "copy").text, address);
    descriptors.erase("s");
}

TEST_F(SocketKinds, ADatagramKeepsItsBoundaries) {
    make("s", {Family::Inet, SocketType::Datagram});
    make("c", {Family::Inet, SocketType::Datagram});
    const std::string server_address = bind("s");
    const std::string client_address = bind("c");
    for (const char* data : {"one", "three"}) {
        Step send = with_address(server_address);
        send.data = data;
        ASSERT_EQ(call(Call::SendTo, "c", send).os_errno, 0);
    }
    const CallResult first = call(Call::RecvFrom, "s", with_size(100));
    EXPECT_EQ(first.text, "one");
    EXPECT_EQ(first.address, client_address);
    EXPECT_EQ(first.datagram_length, 0U);
    const CallResult cut = call(Call::RecvFrom, "s", with_size(2));
    EXPECT_EQ(cut.value, 2);
    EXPECT_EQ(cut.text, "th");
    EXPECT_EQ(cut.datagram_length, 5U);
}

TEST_F(SocketKinds, ADatagramToNobodyFailsTheNextCall) {
    make("gone", {Family::Inet, SocketType::Datagram});
    const std::string address = bind("gone");
    ASSERT_EQ(call(Call::Close, "gone").value, 0);
    descriptors.erase("gone");
    make("c", {Family::Inet, SocketType::Datagram});
    ASSERT_EQ(call(Call::Connect, "c", with_address(address)).os_errno, 0);
    ASSERT_EQ(call(Call::Send, "c", with_data("x")).value, 1);
    EXPECT_EQ(call(Call::Recv, "c", with_size(10)).os_errno, ECONNREFUSED);
}

TEST_F(SocketKinds, UnixSocketsMeetByAnAbstractName) {
    const std::string path = "@tcpstep-test-" + std::to_string(getpid());
    make("l", {Family::Unix, SocketType::Stream});
    make("c", {Family::Unix, SocketType::Stream});
    ASSERT_EQ(call(Call::Bind, "l", with_path(path)).os_errno, 0);
    Step listen;
    listen.backlog = 1;
    ASSERT_EQ(call(Call::Listen, "l", listen).os_errno, 0);
    ASSERT_EQ(call(Call::Connect, "c", with_path(path)).os_errno, 0);
    EXPECT_EQ(call(Call::GetPeerName, "c").text, path);
    EXPECT_EQ(call(Call::GetSockName, "c").text, "(unnamed)");
    Step accept;
    accept.as = "a";
    ASSERT_EQ(call(Call::Accept, "l", accept).os_errno, 0);
    ASSERT_EQ(call(Call::Send, "c", with_data("hello")).value, 5);
    EXPECT_EQ(call(Call::Recv, "a", with_size(10)).text, "hello");
}

TEST_F(SocketKinds, TheirArgumentsAreThoseOfTheCall) {
    Step socket;
    socket.kind = {Family::Unix, SocketType::Datagram};
    EXPECT_EQ(arguments_of(socket, descriptors, server),
              (std::vector<model::CallArgument>{{"domain", "AF_UNIX"}, {"type", "SOCK_DGRAM"}}));
    descriptors["s"] = 4711;
    Step send = with_path("@x");
    send.call = Call::SendTo;
    send.on = "s";
    send.data = "hi";
    EXPECT_EQ(arguments_of(send, descriptors, server),
              (std::vector<model::CallArgument>{
                  {"fd", std::int64_t{4711}}, {"data", "hi"}, {"address", "@x"}}));
    descriptors.clear();
}

}  // namespace
}  // namespace tcpstep::lab
