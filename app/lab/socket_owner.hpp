#pragma once

#include <functional>
#include <vector>

#include "model/event.hpp"
#include "model/tcp_state.hpp"
#include "model/trace.hpp"

namespace tcpstep::lab {

/// The state of the server's end in a connection of the trace.
using ServerState = std::function<model::State(model::ConnectionIndex)>;

/// Whether the socket that the kernel has between these two addresses, at the end of `role`, is
/// that of connection `index`. A trace may have several connections between the same addresses,
/// one after the other, but the kernel has one socket at each end. The client's is of the newest,
/// which it began; the server's of the newest whose SYN has reached it: an older one may have been
/// overtaken on its way.
bool owns_socket(const std::vector<model::ConnectionId>& connections, model::ConnectionIndex index,
                 model::Role role, const ServerState& server_state);

/// The connection whose socket the kernel gives a segment of connection `index` that arrives at the
/// end of `role`; `index` itself where no other between the same addresses has one there.
model::ConnectionIndex receiving(const std::vector<model::ConnectionId>& connections,
                                 model::ConnectionIndex index, model::Role role,
                                 const ServerState& server_state);

}  // namespace tcpstep::lab
