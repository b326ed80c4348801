#include "app/lab/step_queue.hpp"

#include <utility>

namespace tcpstep::lab {

void StepQueue::push(lesson::Step step) {
    const std::lock_guard lock(mutex_);
    steps_.push_back(std::move(step));
    pushed_.notify_one();
}

lesson::Step StepQueue::pop() {
    std::unique_lock lock(mutex_);
    waiting_ = true;
    pushed_.wait(lock, [this] { return !steps_.empty(); });
    waiting_ = false;
    beginning_ = true;
    lesson::Step step = std::move(steps_.front());
    steps_.pop_front();
    return step;
}

bool StepQueue::about_to_begin() const {
    const std::lock_guard lock(mutex_);
    return beginning_ || (waiting_ && !steps_.empty());
}

void StepQueue::begun() {
    const std::lock_guard lock(mutex_);
    beginning_ = false;
}

}  // namespace tcpstep::lab
