#pragma once

#include "app/lesson/actor.hpp"
#include "app/lesson/lesson.hpp"

namespace tcpstep::lab {

/// In a free lab: that actor makes this call, once those before it have returned. What the step
/// would wait for, and how it is meant to end, mean nothing here.
struct MakeCall {
    lesson::Actor actor = lesson::Actor::Client;
    lesson::Step step;
};

}  // namespace tcpstep::lab
