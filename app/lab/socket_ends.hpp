#pragma once

#include <optional>

#include "model/address.hpp"

namespace tcpstep::lab {

/// Both ends of a connected socket.
struct SocketEnds {
    model::SocketAddress local;
    model::SocketAddress remote;
};

/// Nothing if `fd` is not connected, or no longer (getpeername(2): ENOTCONN).
std::optional<SocketEnds> ends_of(int fd);

}  // namespace tcpstep::lab
