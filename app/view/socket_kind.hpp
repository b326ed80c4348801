#pragma once

#include <cstddef>
#include <cstdint>

#include "model/timeline.hpp"

namespace tcpstep::view {

/// What a socket speaks.
enum class SocketKind : std::uint8_t { Tcp, Udp, Unix };

/// Of the socket that a call is about, by how it was made: by socket(), accept() or dup(). `event`
/// is that of the call's entry or return. TCP where nothing was told of the socket, unless the run
/// has none.
SocketKind socket_kind(const model::Timeline& timeline, std::size_t event,
                       const model::CallEntered& call);

/// False of a run in which no socket speaks TCP, and before `position` while those that were made
/// so far are all of AF_UNIX: there are no states to be shown.
bool speaks_tcp_at(const model::Timeline& timeline, std::size_t position);

}  // namespace tcpstep::view
