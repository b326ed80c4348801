#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "app/freelab/notebook.hpp"
#include "app/lesson/lesson.hpp"
#include "model/connection.hpp"
#include "model/trace.hpp"

namespace tcpstep::freelab {

/// What was done, told so that it can be done again: as the steps and rules of a lesson.
struct Retelling {
    lesson::Lesson lesson;  ///< steps, wire, ends_with, ends_when, held, needs_gate
    std::vector<lesson::LocalText> remarks;  ///< what a lesson cannot say, one line each
};

/// Each step waits for what had happened before its call and was not certain anyway: how far the
/// other actors' calls were, and what the segments that arrived meanwhile had brought about. What
/// was done to segments becomes rules. `made` are the notebook's, of the same trace.
Retelling retell(const std::vector<Made>& made, const model::Trace& trace);

}  // namespace tcpstep::freelab
