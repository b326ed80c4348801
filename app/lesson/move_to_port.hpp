#pragma once

#include <cstdint>

#include "app/lesson/lesson.hpp"
#include "model/result.hpp"

namespace tcpstep::lesson {

/// Lets the lesson's server listen on another port, and claims expect that one where they are about
/// the server's address: as a call gives it, in /proc/net/tcp, in a header. BadInput if a step
/// names that port for another end: they would take it from each other.
Result<void> move_to_port(Lesson& lesson, std::uint16_t port);

}  // namespace tcpstep::lesson
