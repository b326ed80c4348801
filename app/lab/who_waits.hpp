#pragma once

#include <string>

#include "app/lab/progress.hpp"
#include "app/lesson/lesson.hpp"

namespace tcpstep::lab {

/// Which step each process has not done, and what it waits for: "the server waits in its step
/// accept; the client's step connect waits until the server's step close has returned". Of steps
/// that may stay blocked, and of who is done, nothing is told.
std::string who_waits(const lesson::Lesson& lesson, const Progress& progress);

}  // namespace tcpstep::lab
