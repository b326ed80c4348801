#include "app/lab/socket_ends.hpp"

#include "app/lab/kernel_address.hpp"

namespace tcpstep::lab {

std::optional<SocketEnds> ends_of(int fd) {
    KernelAddress local;
    KernelAddress remote;
    if (getsockname(fd, local.get(), &local.length) != 0) return std::nullopt;
    if (getpeername(fd, remote.get(), &remote.length) != 0) return std::nullopt;
    const auto here = socket_address(local);
    const auto there = socket_address(remote);
    if (!here || !there) return std::nullopt;
    return SocketEnds{*here, *there};
}

}  // namespace tcpstep::lab
