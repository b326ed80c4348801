#pragma once

#include <functional>
#include <memory>

#include "app/lab/lab_run.hpp"
#include "app/lesson/lesson.hpp"
#include "app/session/source.hpp"

namespace tcpstep::session {

/// Runs `lesson` in a lab of its own; `wake` is called, from another thread, whenever there is
/// something to drain. Errors are LabRun::start's.
Result<std::unique_ptr<Source>> open_lab(const lesson::Lesson& lesson,
                                         const lab::LabOptions& options,
                                         std::function<void()> wake);

}  // namespace tcpstep::session
