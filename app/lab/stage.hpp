#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <shared_mutex>

#include <sys/types.h>

#include "app/lab/children.hpp"
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

    /// Held by who closes a descriptor, and alone by who forks: until a child has closed what is
    /// not its own, no close() of the other end would be the last.
    std::shared_mutex forking{};
    Children children{};

    StepQueue& queue(lesson::Actor actor) { return queues[static_cast<std::size_t>(actor)]; }
};

}  // namespace tcpstep::lab
