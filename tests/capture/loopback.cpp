#include "tests/capture/loopback.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tcpstep::capture {

namespace {

template <class T>
T succeed(T result, const char* call) {
    if (result < 0) throw std::system_error(errno, std::generic_category(), call);
    return result;
}

struct NativeAddress {
    sockaddr_storage storage{};
    socklen_t length = sizeof(sockaddr_storage);

    sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
    sockaddr_in& v4() { return reinterpret_cast<sockaddr_in&>(storage); }
    sockaddr_in6& v6() { return reinterpret_cast<sockaddr_in6&>(storage); }
};

NativeAddress native(const model::SocketAddress& address) {
    NativeAddress to;
    if (address.ip.v6) {
        to.v6().sin6_family = AF_INET6;
        to.v6().sin6_port = htons(address.port);
        std::memcpy(&to.v6().sin6_addr, address.ip.bytes.data(), 16);
        to.length = sizeof(sockaddr_in6);
    } else {
        to.v4().sin_family = AF_INET;
        to.v4().sin_port = htons(address.port);
        std::memcpy(&to.v4().sin_addr, address.ip.bytes.data(), 4);
        to.length = sizeof(sockaddr_in);
    }
    return to;
}

Socket tcp_socket(const model::SocketAddress& address, int flags = 0) {
    return Socket(::socket(address.ip.v6 ? AF_INET6 : AF_INET, SOCK_STREAM | flags, 0));
}

}  // namespace

Socket::Socket(int descriptor) : descriptor_(succeed(descriptor, "socket")) {}
Socket::Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

void Socket::close() {
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
}

Socket Socket::accept() const {
    return Socket(::accept(descriptor_, nullptr, nullptr));
}

void Socket::send(std::size_t octets) const {
    const std::vector<char> data(octets, 'x');
    for (std::size_t sent = 0; sent < octets;) {
        const auto now =
            succeed(::send(descriptor_, data.data() + sent, octets - sent, MSG_NOSIGNAL), "send");
        sent += static_cast<std::size_t>(now);
    }
}

std::size_t Socket::receive(std::size_t at_most) const {
    std::vector<char> data(at_most);
    return static_cast<std::size_t>(succeed(::recv(descriptor_, data.data(), at_most, 0), "recv"));
}

void Socket::shut_down_sending() const {
    succeed(::shutdown(descriptor_, SHUT_WR), "shutdown");
}

model::SocketAddress Socket::local() const {
    NativeAddress address;
    succeed(::getsockname(descriptor_, address.get(), &address.length), "getsockname");
    if (address.storage.ss_family == AF_INET6) {
        return {model::IpAddress::from_v6(address.v6().sin6_addr.s6_addr),
                ntohs(address.v6().sin6_port)};
    }
    return {
        model::IpAddress::from_v4(reinterpret_cast<const std::uint8_t*>(&address.v4().sin_addr)),
        ntohs(address.v4().sin_port)};
}

Socket listen_on(Family family, int backlog) {
    const auto address =
        *model::parse_socket_address(family == Family::V6 ? "[::1]:0" : "127.0.0.1:0");
    Socket listener = tcp_socket(address);
    NativeAddress to = native(address);
    succeed(::bind(listener.descriptor(), to.get(), to.length), "bind");
    succeed(::listen(listener.descriptor(), backlog), "listen");
    return listener;
}

Socket connect_to(const model::SocketAddress& server) {
    Socket client = tcp_socket(server);
    NativeAddress to = native(server);
    succeed(::connect(client.descriptor(), to.get(), to.length), "connect");
    const int on = 1;
    ::setsockopt(client.descriptor(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return client;
}

Socket begin_connect_to(const model::SocketAddress& server) {
    Socket client = tcp_socket(server, SOCK_NONBLOCK);
    NativeAddress to = native(server);
    if (::connect(client.descriptor(), to.get(), to.length) != 0 && errno != EINPROGRESS) {
        succeed(-1, "connect");
    }
    return client;
}

void send_datagrams(std::size_t count) {
    NativeAddress sink = native(*model::parse_socket_address("127.0.0.1:0"));
    const Socket reader(::socket(AF_INET, SOCK_DGRAM, 0));
    succeed(::bind(reader.descriptor(), sink.get(), sink.length), "bind");
    NativeAddress to = native(reader.local());
    const Socket writer(::socket(AF_INET, SOCK_DGRAM, 0));
    for (std::size_t i = 0; i < count; ++i) {
        succeed(::sendto(writer.descriptor(), "x", 1, 0, to.get(), to.length), "sendto");
    }
}

std::uint64_t segments_sent() {
    // Two lines begin with "Tcp:": the names, and the values in the same order.
    std::ifstream file("/proc/self/net/snmp");
    std::string line;
    while (std::getline(file, line) && line.rfind("Tcp:", 0) != 0) {
    }
    std::string values;
    std::getline(file, values);
    std::istringstream names_in(line);
    std::istringstream values_in(values);
    std::string name;
    std::string value;
    while (names_in >> name && values_in >> value) {
        if (name == "OutSegs") return std::stoull(value);
    }
    throw std::runtime_error("/proc/self/net/snmp has no OutSegs");
}

bool eventually(const std::function<bool()>& holds) {
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (!holds()) {
        if (std::chrono::steady_clock::now() > end) return false;
        ::poll(nullptr, 0, 1);
    }
    return true;
}

}  // namespace tcpstep::capture
