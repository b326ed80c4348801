#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "app/lab/gate_command.hpp"
#include "app/lesson/lesson.hpp"
#include "app/session/source.hpp"

namespace tcpstep::session {

/// What a session needs from outside.
struct Setup {
    std::vector<lesson::Lesson> lessons;  ///< to pick from
    /// Runs a lesson, and holds what the policy says; the given function may be called from any
    /// thread when there is more to drain.
    std::function<Result<std::unique_ptr<Source>>(const lesson::Lesson&, const lab::HoldPolicy&,
                                                  std::function<void()>)>
        run_lesson;
};

}  // namespace tcpstep::session
