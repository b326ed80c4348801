#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>

#include <sys/types.h>

#include "app/lab/inbox.hpp"
#include "app/lab/progress.hpp"
#include "app/lab/step_queue.hpp"
#include "app/lab/wire.hpp"
#include "app/lesson/actor.hpp"
#include "app/lesson/lesson.hpp"

namespace tcpstep::lab {

/// What the actors of one run share.
struct Stage {
    const lesson::Lesson& lesson;
    Inbox& inbox;
    Progress& progress;
    Network network = Network::Private;
    /// How long an actor waits for what its step waits for.
    std::chrono::milliseconds patience{0};
    std::atomic<model::CallId> next_call{1};
    /// Thread ids of all, 0 until it has begun.
    std::array<std::atomic<pid_t>, lesson::kActors.size()> threads{};
    std::atomic<int> pausing{0};  ///< actors that wait because the lesson says so
    /// The user has done to segments what the lesson knows nothing of: a call that then fails ends
    /// its actor, not the run.
    std::atomic<bool> off_script{false};
    /// A free lab: the actors take their steps from here, and go on whatever their calls return.
    bool by_hand = false;
    std::array<StepQueue, lesson::kActors.size()> queues{};

    StepQueue& queue(lesson::Actor actor) { return queues[static_cast<std::size_t>(actor)]; }
};

/// Plays one actor: takes the lesson's steps in order, waits for what each waits for, and makes its
/// call. Runs in a thread of its own, which blocks where the calls block. A call that fails though
/// it was not meant to, or a wait that lasts too long, fails the run (Progress::failed). In a free
/// lab it never ends.
void play(lesson::Actor actor, Stage& stage);

/// Nothing will happen until somebody wakes them: each actor is blocked in a call, waits for the
/// other, or has ended. Who has just put something into the inbox may count as asleep.
bool all_asleep(const Stage& stage);

/// Each actor sleeps in the kernel, if only in a pause of its lesson, or has ended: what it did
/// before is in the inbox, all of it.
bool in_the_kernel(const Stage& stage);

}  // namespace tcpstep::lab
