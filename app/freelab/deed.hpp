#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "app/lesson/lesson.hpp"

namespace tcpstep::freelab {

/// What a button of the free lab does: one call, or Abort, which is two.
enum class Deed : std::uint8_t {
    Socket,
    SetSockOpt,
    Bind,
    Listen,
    Connect,
    Accept,
    Send,
    Recv,
    Shutdown,
    Close,
    Abort  ///< SO_LINGER of 0 seconds, then close(): a RST instead of a FIN
};

/// In the order in which a program comes to them.
inline constexpr std::array kDeeds = {Deed::Socket,   Deed::SetSockOpt, Deed::Bind, Deed::Listen,
                                      Deed::Accept,   Deed::Connect,    Deed::Send, Deed::Recv,
                                      Deed::Shutdown, Deed::Close,      Deed::Abort};

/// "socket", "setsockopt", ..., "abort".
std::string_view name(Deed deed);

/// The call that it makes, of Abort the last.
lesson::Call call_of(Deed deed);

}  // namespace tcpstep::freelab
