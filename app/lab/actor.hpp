#pragma once

#include <atomic>

#include "app/lab/inbox.hpp"
#include "app/lab/progress.hpp"
#include "app/lab/wire.hpp"
#include "app/lesson/lesson.hpp"

namespace tcpstep::lab {

/// What the actors of one run share.
struct Stage {
    const lesson::Lesson& lesson;
    Inbox& inbox;
    Progress& progress;
    Network network = Network::Private;
    std::atomic<model::CallId> next_call{1};
};

/// Plays one role: takes the lesson's steps in order, waits for what each waits for, and makes its
/// call. Runs in a thread of its own, which blocks where the calls block. A call that fails though
/// it was not meant to, or a wait that lasts too long, fails the run (Progress::failed).
void play_role(model::Role role, Stage& stage);

}  // namespace tcpstep::lab
