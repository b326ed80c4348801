#include "tests/capture/gated.hpp"

#include <cerrno>
#include <cstdlib>
#include <stdexcept>
#include <system_error>
#include <utility>
#include <variant>

#include <gtest/gtest.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "capture/sock_diag.hpp"
#include "model/tcp_state.hpp"

namespace tcpstep::capture {

namespace {

bool ready(const Socket& socket, short events) {
    pollfd one{socket.descriptor(), events, 0};
    return ::poll(&one, 1, 0) == 1;
}

}  // namespace

std::string Held::kind() const {
    if (number == 0) return "nothing";
    const std::uint32_t octets = packet.segment.length;
    return to_label(packet.segment.flags) +
           (octets == 0 ? "" : " (" + std::to_string(octets) + ")");
}

Gated::Gated(RulePrograms programs) : gate(SegmentGate::open(programs).value()) {}

void Gated::drain() {
    const auto drained = gate.drain([this](SegmentGate::Stopped stopped) {
        if (auto* packet = std::get_if<Packet>(&stopped.decoded)) {
            waiting_.push_back({stopped.number, std::move(*packet), std::move(stopped.bytes)});
        } else {
            ADD_FAILURE() << "stopped, and is no TCP segment";
        }
    });
    EXPECT_TRUE(drained) << drained.error().line();
}

Held Gated::next() {
    pollfd one{gate.descriptor(), POLLIN, 0};
    drain();
    if (waiting_.empty()) {
        ::poll(&one, 1, static_cast<int>(std::chrono::milliseconds(kPatience).count()));
        drain();
    }
    if (waiting_.empty()) return {};
    Held held = std::move(waiting_.front());
    waiting_.pop_front();
    return held;
}

Held Gated::deliver_next() {
    Held held = next();
    deliver(held);
    return held;
}

void Gated::deliver(const Held& held) {
    const auto delivered = gate.deliver(held.number);
    EXPECT_TRUE(delivered) << delivered.error().line();
}

bool Gated::nothing_waits() {
    drain();
    return waiting_.empty();
}

bool Gated::deliver_until(const std::function<bool()>& holds) {
    return eventually([&] {
        while (!nothing_waits()) deliver_next();
        return holds();
    });
}

GatedConnection connect_through(Gated& gated, Family family) {
    Socket listener = listen_on(family);
    // For a window that gets wide, however slowly the test reads (tcp(7)).
    const int octets = 1 << 20;
    ::setsockopt(listener.descriptor(), SOL_SOCKET, SO_RCVBUF, &octets, sizeof octets);
    Socket client = begin_connect_to(listener.local());
    gated.deliver_next();
    gated.deliver_next();
    const model::Segment ack = gated.deliver_next().packet.segment;
    if (!can_accept(listener)) throw std::runtime_error("there is no connection");
    Socket server = listener.accept();
    const int on = 1;
    ::setsockopt(client.descriptor(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return {std::move(listener), std::move(client), std::move(server), ack.seq, ack.ack};
}

std::string states(const model::SocketAddress& client, const model::SocketAddress& server) {
    const auto sockets = SockDiag::open().value().sample().value();
    const auto state_of = [&](const model::SocketAddress& local,
                              const model::SocketAddress& remote) -> std::string {
        for (const SocketInfo& one : sockets) {
            if (one.local == local && one.remote == remote) return std::string(name(one.state));
        }
        return "-";
    };
    return state_of(client, server) + ", " + state_of(server, client);
}

std::string states(const GatedConnection& connection) {
    return states(connection.client.local(), connection.listener.local());
}

bool is_connected(const Socket& client) {
    int os_errno = 0;
    socklen_t length = sizeof os_errno;
    ::getsockopt(client.descriptor(), SOL_SOCKET, SO_ERROR, &os_errno, &length);
    return ready(client, POLLOUT) && os_errno == 0;
}

bool can_accept(const Socket& listener) {
    return ready(listener, POLLIN);
}

void send_octets(const Socket& socket, const std::vector<std::uint8_t>& octets) {
    const ssize_t sent =
        ::send(socket.descriptor(), octets.data(), octets.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    ASSERT_EQ(sent, static_cast<ssize_t>(octets.size()));
}

std::size_t unacknowledged(const Socket& socket) {
    int octets = -1;
    ::ioctl(socket.descriptor(), SIOCOUTQ, &octets);
    return static_cast<std::size_t>(octets);
}

std::vector<std::uint8_t> read_octets(const Socket& socket) {
    std::vector<std::uint8_t> octets(1 << 20);
    const ssize_t got = ::recv(socket.descriptor(), octets.data(), octets.size(), MSG_DONTWAIT);
    octets.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
    return octets;
}

std::vector<std::uint8_t> pattern(std::size_t count) {
    std::vector<std::uint8_t> octets(count);
    std::uint32_t state = 1;
    for (std::uint8_t& octet : octets) {
        state = state * 1664525 + 1013904223;
        octet = static_cast<std::uint8_t>(state >> 24U);
    }
    return octets;
}

}  // namespace tcpstep::capture
