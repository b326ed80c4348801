#pragma once

#include <vector>

#include "app/lab/player.hpp"
#include "app/lab/stage.hpp"
#include "app/lesson/actor.hpp"

namespace tcpstep::lab {

/// Plays one actor: takes the lesson's steps in order, waits for what each waits for, and makes its
/// call. Runs in a thread of its own, which blocks where the calls block; so does each child that
/// it forks. A call that fails though it was not meant to, or a wait that lasts too long, fails the
/// run (Progress::failed). In a free lab it never ends.
void play(lesson::Actor actor, Stage& stage);

/// Makes the calls of these steps, one after the other, each when its turn comes. False if one went
/// otherwise than it was meant to.
bool play_steps(Player& player, const std::vector<lesson::Step>& steps);

/// Nothing will happen until somebody wakes them: each actor is blocked in a call, waits for the
/// other, or has ended. Who has just put something into the inbox may count as asleep.
bool all_asleep(const Stage& stage);

/// Each actor sleeps in the kernel, if only in a pause of its lesson, or has ended: what it did
/// before is in the inbox, all of it.
bool in_the_kernel(const Stage& stage);

}  // namespace tcpstep::lab
