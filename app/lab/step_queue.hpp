#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>

#include "app/lesson/lesson.hpp"

namespace tcpstep::lab {

/// The calls that one actor of a free lab has still to make.
class StepQueue {
  public:
    void push(lesson::Step step);

    /// Waits for the next one. It counts as under way until the next pop().
    lesson::Step pop();

    /// A step was pushed that the actor has not come to yet: it is about to do something, though it
    /// may look asleep. One behind a call that blocks does not count.
    bool about_to_begin() const;

    /// The call that was popped is entered, or could not be.
    void begun();

  private:
    mutable std::mutex mutex_;
    std::condition_variable pushed_;
    std::deque<lesson::Step> steps_;
    bool waiting_ = false;    // inside pop()
    bool beginning_ = false;  // popped, and not begun
};

}  // namespace tcpstep::lab
