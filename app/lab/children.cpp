#include "app/lab/children.hpp"

#include <algorithm>

#include "app/lab/asleep.hpp"

namespace tcpstep::lab {

Children::Key Children::expect() {
    const std::lock_guard lock(mutex_);
    const Key key = next_++;
    children_[key] = {};
    return key;
}

void Children::known(Key key, pid_t pid, pid_t thread) {
    const std::lock_guard lock(mutex_);
    children_[key] = {pid, thread};
}

void Children::gone(Key key) {
    const std::lock_guard lock(mutex_);
    children_.erase(key);
}

// The process is looked at first: once it has answered its thread is awake, and that has put into
// the inbox what the answer was before it sleeps again.
bool Children::asleep() const {
    const std::lock_guard lock(mutex_);
    return std::all_of(children_.begin(), children_.end(), [](const auto& entry) {
        const Child& child = entry.second;
        return child.pid != 0 && child_asleep(child.pid) && lab::asleep(child.thread);
    });
}

}  // namespace tcpstep::lab
