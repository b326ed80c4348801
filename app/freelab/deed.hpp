#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "app/lesson/lesson.hpp"

namespace tcpstep::freelab {

/// What a button of the free lab does: one call, or Abort, which is two. What is not about TCP is
/// not there.
enum class Deed : std::uint8_t {
    Socket,
    SetSockOpt,
    Bind,
    Listen,
    Accept,
    Connect,
    Send,
    Recv,
    Dup,
    Shutdown,
    Close,
    Abort,  ///< SO_LINGER of 0 seconds, then close(): a RST instead of a FIN
    GetSockName,
    GetPeerName
};

/// In the order in which a program comes to them; what only asks stands last.
inline constexpr std::array kDeeds = {
    Deed::Socket,  Deed::SetSockOpt, Deed::Bind,        Deed::Listen,     Deed::Accept,
    Deed::Connect, Deed::Send,       Deed::Recv,        Deed::Dup,        Deed::Shutdown,
    Deed::Close,   Deed::Abort,      Deed::GetSockName, Deed::GetPeerName};

/// "socket", "setsockopt", ..., "abort".
std::string_view name(Deed deed);

/// The call that it makes, of Abort the last.
lesson::Call call_of(Deed deed);

}  // namespace tcpstep::freelab
