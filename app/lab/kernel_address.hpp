#pragma once

#include <optional>
#include <string>

#include <sys/socket.h>

#include "model/address.hpp"

namespace tcpstep::lab {

/// A socket's address as the kernel takes and gives it.
struct KernelAddress {
    sockaddr_storage storage{};
    socklen_t length = sizeof(sockaddr_storage);

    const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
    sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
};

KernelAddress kernel_address(const model::SocketAddress& address);
/// An AF_UNIX address in the abstract namespace, unix(7): `path` is "@name", and as long as fits.
KernelAddress abstract_address(const std::string& path);

/// Nothing if it is none of AF_INET or AF_INET6.
std::optional<model::SocketAddress> socket_address(const KernelAddress& address);

/// "127.0.0.1:8000", "[::1]:8000", "@name"; "(unnamed)" for an AF_UNIX socket that has no name.
std::string to_text(const KernelAddress& address);

}  // namespace tcpstep::lab
