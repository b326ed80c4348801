#include "app/lab/socket_ends.hpp"

#include <cstring>

#include <netinet/in.h>
#include <sys/socket.h>

namespace tcpstep::lab {

namespace {

std::optional<model::SocketAddress> address_of(const sockaddr_storage& storage) {
    if (storage.ss_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &storage, sizeof v4);
        std::uint8_t bytes[4];
        std::memcpy(bytes, &v4.sin_addr, sizeof bytes);
        return model::SocketAddress{model::IpAddress::from_v4(bytes), ntohs(v4.sin_port)};
    }
    if (storage.ss_family != AF_INET6) return std::nullopt;
    sockaddr_in6 v6{};
    std::memcpy(&v6, &storage, sizeof v6);
    return model::SocketAddress{model::IpAddress::from_v6(v6.sin6_addr.s6_addr),
                                ntohs(v6.sin6_port)};
}

}  // namespace

std::optional<SocketEnds> ends_of(int fd) {
    sockaddr_storage local{};
    sockaddr_storage remote{};
    socklen_t length = sizeof local;
    if (getsockname(fd, reinterpret_cast<sockaddr*>(&local), &length) != 0) return std::nullopt;
    length = sizeof remote;
    if (getpeername(fd, reinterpret_cast<sockaddr*>(&remote), &length) != 0) return std::nullopt;
    const auto here = address_of(local);
    const auto there = address_of(remote);
    if (!here || !there) return std::nullopt;
    return SocketEnds{*here, *there};
}

}  // namespace tcpstep::lab
