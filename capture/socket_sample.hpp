#pragma once

#include "capture/sock_diag.hpp"
#include "model/event.hpp"

namespace tcpstep::capture {

/// What the kernel says of a socket, as the fact of a trace about that end.
model::SocketSampled sample_of(model::Role endpoint, const SocketInfo& socket);

}  // namespace tcpstep::capture
