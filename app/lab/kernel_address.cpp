#include "app/lab/kernel_address.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>

#include <netinet/in.h>
#include <sys/un.h>

namespace tcpstep::lab {

namespace {

constexpr std::size_t kPathAt = offsetof(sockaddr_un, sun_path);

template <class Address>
KernelAddress stored(const Address& address) {
    KernelAddress out;
    out.length = sizeof address;
    std::memcpy(&out.storage, &address, sizeof address);
    return out;
}

}  // namespace

KernelAddress kernel_address(const model::SocketAddress& address) {
    if (address.ip.v6) {
        sockaddr_in6 v6{};
        v6.sin6_family = AF_INET6;
        v6.sin6_port = htons(address.port);
        std::copy_n(address.ip.bytes.begin(), 16, v6.sin6_addr.s6_addr);
        return stored(v6);
    }
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(address.port);
    std::memcpy(&v4.sin_addr, address.ip.bytes.data(), 4);
    return stored(v4);
}

KernelAddress abstract_address(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::size_t length = std::min(path.size(), sizeof address.sun_path);
    std::copy_n(path.begin(), length, address.sun_path);
    address.sun_path[0] = '\0';
    KernelAddress out = stored(address);
    out.length = static_cast<socklen_t>(kPathAt + length);
    return out;
}

std::optional<model::SocketAddress> socket_address(const KernelAddress& address) {
    if (address.storage.ss_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &address.storage, sizeof v4);
        std::uint8_t bytes[4];
        std::memcpy(bytes, &v4.sin_addr, sizeof bytes);
        return model::SocketAddress{model::IpAddress::from_v4(bytes), ntohs(v4.sin_port)};
    }
    if (address.storage.ss_family != AF_INET6) return std::nullopt;
    sockaddr_in6 v6{};
    std::memcpy(&v6, &address.storage, sizeof v6);
    return model::SocketAddress{model::IpAddress::from_v6(v6.sin6_addr.s6_addr),
                                ntohs(v6.sin6_port)};
}

std::string to_text(const KernelAddress& address) {
    if (const auto internet = socket_address(address)) return to_string(*internet);
    if (address.storage.ss_family != AF_UNIX) return "";
    if (address.length <= kPathAt) return "(unnamed)";
    sockaddr_un named{};
    std::memcpy(&named, &address.storage, sizeof named);
    std::string path(named.sun_path, address.length - kPathAt);
    if (path[0] == '\0') path[0] = '@';
    return path;
}

}  // namespace tcpstep::lab
