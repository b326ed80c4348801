#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "model/tcp_state.hpp"

namespace tcpstep::lesson {

/// Who takes steps, each in a thread of its own. The second client plays the same role as the
/// first: it goes on while that is blocked in a call.
enum class Actor : std::uint8_t { Client, SecondClient, Server };

inline constexpr std::array kActors = {Actor::Client, Actor::SecondClient, Actor::Server};

/// "client", "second_client", "server": as in lesson files.
std::string_view name(Actor actor);

/// The end that it plays.
model::Role role_of(Actor actor);

}  // namespace tcpstep::lesson
