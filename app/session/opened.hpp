#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "app/lesson/lesson.hpp"
#include "app/session/look.hpp"
#include "app/view/timeline_index.hpp"
#include "model/timeline.hpp"
#include "model/trace.hpp"

namespace tcpstep::session {

/// A trace that was read, and what the window wants to know of it first: found while it was read,
/// so that the window does not wait for it.
struct Recording {
    explicit Recording(model::Trace read, Words notice_of_it = {});

    std::shared_ptr<model::Trace> trace;  ///< its address stays: the timeline points to it
    model::Timeline timeline;             ///< of its first connection
    view::TimelineIndex index;
    Words notice;  ///< what of it is missing; empty if nothing is
};

/// What was in a file.
using Opened = std::variant<Recording, lesson::Lesson>;

/// How far the reading of a file has come, and that it should end: told between two threads.
struct ReadingSoFar {
    std::atomic<std::uint64_t> octets{0};
    std::atomic<std::uint64_t> size{0};  ///< of the file; 0: not known
    /// Everything is read, and the states are being found.
    std::atomic<bool> read{false};
    /// Nobody waits for it any more.
    std::atomic<bool> stopped{false};
};

}  // namespace tcpstep::session
