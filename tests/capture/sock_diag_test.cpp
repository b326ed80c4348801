#include "capture/sock_diag.hpp"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "tests/capture/in_private_network.hpp"
#include "tests/capture/loopback.hpp"

namespace tcpstep::capture {
namespace {

using model::SocketAddress;
using model::State;

/// What the kernel said last, asked until it is what is waited for.
class Kernel {
  public:
    Kernel() : diag_(SockDiag::open().value()) {}

    /// The only socket with these ends; a default SocketInfo if there is none or more than one.
    SocketInfo socket(const SocketAddress& local, const SocketAddress& remote) {
        sockets_ = diag_.sample().value();
        SocketInfo found;
        int matches = 0;
        for (const SocketInfo& one : sockets_) {
            if (one.local != local || one.remote != remote) continue;
            found = one;
            ++matches;
        }
        return matches == 1 ? found : SocketInfo{};
    }
    SocketInfo listener(const SocketAddress& local) {
        SocketAddress any;
        any.ip.v6 = local.ip.v6;
        return socket(local, any);
    }

    ::testing::AssertionResult becomes(const SocketAddress& local, const SocketAddress& remote,
                                       State state) {
        if (eventually([&] { return socket(local, remote).state == state; })) {
            return ::testing::AssertionSuccess();
        }
        return ::testing::AssertionFailure() << "no " << name(state) << " " << to_string(local)
                                             << " " << to_string(remote) << " in:" << story();
    }

    std::string story() const {
        std::string text;
        for (const SocketInfo& one : sockets_) {
            text += "\n" + std::string(name(one.state)) + " " + to_string(one.local) + " " +
                    to_string(one.remote);
        }
        return text;
    }

  private:
    SockDiag diag_;
    std::vector<SocketInfo> sockets_;
};

std::uint32_t inode_of(const Socket& socket) {
    struct stat status {};
    ::fstat(socket.descriptor(), &status);
    return static_cast<std::uint32_t>(status.st_ino);
}

class SockDiagTest : public InPrivateNetwork {};
class SockDiagOfFamily : public InPrivateNetwork, public ::testing::WithParamInterface<Family> {};

INSTANTIATE_TEST_SUITE_P(Each, SockDiagOfFamily, ::testing::Values(Family::V4, Family::V6),
                         [](const auto& param) { return param.param == Family::V4 ? "V4" : "V6"; });

TEST_P(SockDiagOfFamily, ShowsBothEndsFromListenToTimeWait) {
    Kernel kernel;
    Socket listener = listen_on(GetParam());
    const SocketAddress there = listener.local();
    EXPECT_EQ(kernel.listener(there).state, State::Listen) << kernel.story();

    Socket client = connect_to(there);
    const SocketAddress here = client.local();
    Socket server = listener.accept();
    EXPECT_TRUE(kernel.becomes(here, there, State::Established));
    EXPECT_TRUE(kernel.becomes(there, here, State::Established));
    EXPECT_EQ(kernel.socket(here, there).inode, inode_of(client));
    EXPECT_EQ(kernel.socket(there, here).inode, inode_of(server));
    EXPECT_EQ(kernel.socket(here, there).uid, 0U) << "root of the private network";
    EXPECT_GE(kernel.socket(here, there).rto, std::chrono::milliseconds(1));

    client.close();
    EXPECT_TRUE(kernel.becomes(here, there, State::FinWait2));
    EXPECT_TRUE(kernel.becomes(there, here, State::CloseWait));
    EXPECT_EQ(kernel.socket(here, there).inode, 0U) << "no descriptor refers to it any more";

    server.close();
    EXPECT_TRUE(kernel.becomes(here, there, State::TimeWait));
    const SocketInfo waiting = kernel.socket(here, there);
    EXPECT_EQ(waiting.timer, Timer::TimeWait);
    EXPECT_GT(waiting.timer_left, std::chrono::seconds(50));
    EXPECT_LE(waiting.timer_left, std::chrono::seconds(60));
    EXPECT_TRUE(kernel.becomes(there, here, State::Unknown)) << "the server's end is gone";

    listener.close();
    EXPECT_EQ(kernel.listener(there).state, State::Unknown) << "the listener is gone";
}

TEST_P(SockDiagOfFamily, ShowsTheQueuesOfAListener) {
    Kernel kernel;
    const Socket listener = listen_on(GetParam(), 7);
    const Socket one = connect_to(listener.local());
    const Socket two = connect_to(listener.local());
    EXPECT_TRUE(eventually([&] { return kernel.listener(listener.local()).recv_q == 2; }));
    EXPECT_EQ(kernel.listener(listener.local()).send_q, 7U);
    const Socket accepted = listener.accept();
    EXPECT_EQ(kernel.listener(listener.local()).recv_q, 1U);
}

TEST_P(SockDiagOfFamily, ShowsARequestInSynRcvd) {
    Kernel kernel;
    const Socket listener = listen_on(GetParam());
    // The listener ignores the third segment of the handshake and waits for data.
    const int seconds = 60;
    ASSERT_EQ(::setsockopt(listener.descriptor(), IPPROTO_TCP, TCP_DEFER_ACCEPT, &seconds,
                           sizeof seconds),
              0);
    const Socket client = connect_to(listener.local());
    EXPECT_TRUE(kernel.becomes(client.local(), listener.local(), State::Established));
    EXPECT_TRUE(kernel.becomes(listener.local(), client.local(), State::SynRcvd));
    EXPECT_EQ(kernel.socket(listener.local(), client.local()).rto, std::nullopt);
    client.send(1);
    EXPECT_TRUE(kernel.becomes(listener.local(), client.local(), State::Established));
}

TEST_P(SockDiagOfFamily, ShowsASynThatNobodyAnswers) {
    Kernel kernel;
    const Socket listener = listen_on(GetParam(), 0);
    const Socket accepted = connect_to(listener.local());
    EXPECT_TRUE(eventually([&] { return kernel.listener(listener.local()).recv_q == 1; }));
    const Socket client = begin_connect_to(listener.local());  // the queue is full
    EXPECT_TRUE(kernel.becomes(client.local(), listener.local(), State::SynSent));
    const SocketInfo waiting = kernel.socket(client.local(), listener.local());
    EXPECT_EQ(waiting.timer, Timer::Retransmit);
    EXPECT_GT(waiting.timer_left.count(), 0);
    EXPECT_EQ(waiting.send_q, 1U) << "the SYN counts as one";
    ASSERT_TRUE(waiting.rto.has_value());
    EXPECT_GE(*waiting.rto, std::chrono::seconds(1)) << "RFC 6298 2.1";
    EXPECT_LE(waiting.timer_left, *waiting.rto + std::chrono::milliseconds(100));
    ASSERT_TRUE(waiting.path.has_value());
    EXPECT_EQ(waiting.path->srtt.count(), 0) << "nothing has come back";
    EXPECT_EQ(waiting.path->rttvar.count(), 0);
}

TEST_P(SockDiagOfFamily, CountsWhatWasNotReadYet) {
    Kernel kernel;
    const Socket listener = listen_on(GetParam());
    const Socket client = connect_to(listener.local());
    const Socket server = listener.accept();
    client.send(500);
    EXPECT_TRUE(
        eventually([&] { return kernel.socket(server.local(), client.local()).recv_q == 500; }));
    client.shut_down_sending();
    EXPECT_TRUE(eventually([&] {
        return kernel.socket(server.local(), client.local()).recv_q == 501;
    })) << "the FIN counts as one";
}

TEST_P(SockDiagOfFamily, TellsWindowRoundTripAndBuffersOfAConnection) {
    Kernel kernel;
    const Socket listener = listen_on(GetParam());
    const Socket client = connect_to(listener.local());
    ASSERT_TRUE(kernel.becomes(client.local(), listener.local(), State::Established));
    const SocketInfo open = kernel.socket(client.local(), listener.local());
    ASSERT_TRUE(open.path.has_value());
    EXPECT_EQ(open.path->cwnd, 10U) << "the initial window of RFC 6928 and of Linux";
    EXPECT_EQ(open.path->ssthresh, 0U) << "slow start has no end before the first loss";
    EXPECT_GT(open.path->srtt.count(), 0) << "the SYN,ACK came back";
    EXPECT_LT(open.path->srtt, std::chrono::seconds(1));
    int send_buffer = 0;
    socklen_t length = sizeof send_buffer;
    ASSERT_EQ(::getsockopt(client.descriptor(), SOL_SOCKET, SO_SNDBUF, &send_buffer, &length), 0);
    EXPECT_EQ(open.path->send_buffer, static_cast<std::uint32_t>(send_buffer));
    int recv_buffer = 0;
    ASSERT_EQ(::getsockopt(client.descriptor(), SOL_SOCKET, SO_RCVBUF, &recv_buffer, &length), 0);
    EXPECT_EQ(open.path->recv_buffer, static_cast<std::uint32_t>(recv_buffer));
    EXPECT_FALSE(kernel.listener(listener.local()).path.has_value());
}

TEST_F(SockDiagTest, ShowsAnIpv4ClientOfAnIpv6ListenerAsIpv4) {
    Kernel kernel;
    const Socket listener(::socket(AF_INET6, SOCK_STREAM, 0));
    ASSERT_EQ(::listen(listener.descriptor(), 1), 0);  // on [::] and a free port
    SocketAddress there = *model::parse_socket_address("127.0.0.1:0");
    there.port = listener.local().port;
    const Socket client = connect_to(there);
    EXPECT_TRUE(kernel.becomes(there, client.local(), State::Established));
    EXPECT_EQ(kernel.listener(listener.local()).state, State::Listen) << "[::] stays IPv6";
}

TEST_P(SockDiagOfFamily, FindsOneSocketAmongAll) {
    SockDiag diag = SockDiag::open().value();
    Socket listener = listen_on(GetParam());
    const SocketAddress there = listener.local();
    Socket client = connect_to(there);
    const SocketAddress here = client.local();
    Socket server = listener.accept();
    const auto state = [&](const SocketAddress& local, const SocketAddress& remote) {
        const auto found = diag.find(local, remote).value();
        return found ? found->state : State::Closed;
    };
    EXPECT_EQ(state(here, there), State::Established);
    EXPECT_EQ(state(there, here), State::Established);
    EXPECT_EQ(diag.find(here, there).value()->inode, inode_of(client));
    client.close();
    server.close();
    EXPECT_TRUE(eventually([&] { return state(here, there) == State::TimeWait; }));
    // Of an end without a socket of its own the listener is told.
    EXPECT_TRUE(eventually([&] {
        const auto found = diag.find(there, here).value();
        return found && found->state == State::Listen && found->remote.port == 0;
    }));
    listener.close();
    EXPECT_FALSE(diag.find(there, here).value());
}

TEST_F(SockDiagTest, FindsAnIpv4ClientOfAnIpv6Listener) {
    SockDiag diag = SockDiag::open().value();
    const Socket listener(::socket(AF_INET6, SOCK_STREAM, 0));
    ASSERT_EQ(::listen(listener.descriptor(), 1), 0);
    SocketAddress there = *model::parse_socket_address("127.0.0.1:0");
    there.port = listener.local().port;
    const Socket client = connect_to(there);
    EXPECT_TRUE(eventually([&] {
        const auto found = diag.find(there, client.local()).value();
        return found && found->state == State::Established && found->local == there;
    }));
}

TEST_F(SockDiagTest, FindsASocketThatIsBoundToAnInterfaceByThatInterface) {
    SockDiag diag = SockDiag::open().value();
    const Socket listener = listen_on(Family::V4);
    const Socket client(::socket(AF_INET, SOCK_STREAM, 0));
    ASSERT_EQ(::setsockopt(client.descriptor(), SOL_SOCKET, SO_BINDTODEVICE, "lo", 2), 0);
    sockaddr_in there{};
    there.sin_family = AF_INET;
    there.sin_port = htons(listener.local().port);
    there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ASSERT_EQ(
        ::connect(client.descriptor(), reinterpret_cast<const sockaddr*>(&there), sizeof there), 0);
    EXPECT_FALSE(diag.find(client.local(), listener.local()).value());
    const auto found = diag.find(client.local(), listener.local(), ::if_nametoindex("lo")).value();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->state, State::Established);
}

TEST(TimerName, IsWhatTheTraceSays) {
    EXPECT_EQ(name(Timer::None), "");
    EXPECT_EQ(name(Timer::Retransmit), "retransmit");
    EXPECT_EQ(name(Timer::Keepalive), "keepalive");
    EXPECT_EQ(name(Timer::TimeWait), "timewait");
    EXPECT_EQ(name(Timer::ZeroWindowProbe), "zero window probe");
}

}  // namespace
}  // namespace tcpstep::capture
