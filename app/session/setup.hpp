#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/lab/gate_command.hpp"
#include "app/lesson/glossary.hpp"
#include "app/lesson/lesson.hpp"
#include "app/session/source.hpp"

namespace tcpstep::session {

/// What a session needs from outside.
struct Setup {
    std::vector<lesson::Lesson> lessons;  ///< to pick from
    lesson::Glossary glossary;            ///< empty where it could not be read
    std::string glossary_fault;           ///< why not, in one line
    std::optional<std::uint64_t> seed;    ///< of predict mode's questions; see Predicting
    /// Runs a lesson, and holds what the policy says; the given function may be called from any
    /// thread when there is more to drain.
    std::function<Result<std::unique_ptr<Source>>(const lesson::Lesson&, const lab::HoldPolicy&,
                                                  std::function<void()>)>
        run_lesson;
};

}  // namespace tcpstep::session
