#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "model/address.hpp"

namespace tcpstep::lab {

/// What /proc/net/tcp (proc_pid_net(5)) says of a run's sockets at one moment.
struct ProcNetTcp {
    std::int64_t rows = -1;  ///< how many; -1 if it could not be read
    int os_errno = 0;
    /// The rows as they are, a line each; behind a row whose inode is found there " fd 12", or
    /// " fd 12 13".
    std::string text;
};

/// Reads the table of this network namespace, that of IPv6 if `server` is such, and looks each
/// inode up under /proc/self/fd. The run's sockets are those with a descriptor here, and those to
/// or from `server`'s port; with `fd`, that one only.
ProcNetTcp read_proc_net_tcp(const model::SocketAddress& server, std::optional<int> fd);

}  // namespace tcpstep::lab
