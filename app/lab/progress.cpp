#include "app/lab/progress.hpp"

#include <algorithm>

namespace tcpstep::lab {

void Progress::entered(model::Role actor, const std::string& label) {
    const std::lock_guard lock(mutex_);
    reached_.try_emplace({actor, label}, false);
    changed_.notify_all();
}

void Progress::returned(model::Role actor, const std::string& label) {
    const std::lock_guard lock(mutex_);
    reached_[{actor, label}] = true;
    changed_.notify_all();
}

void Progress::set_state(model::Role endpoint, model::State state) {
    const std::lock_guard lock(mutex_);
    states_[endpoint] = state;
    changed_.notify_all();
}

model::State Progress::state(model::Role endpoint) const {
    const std::lock_guard lock(mutex_);
    const auto found = states_.find(endpoint);
    return found == states_.end() ? model::State::Unknown : found->second;
}

void Progress::actor_finished() {
    const std::lock_guard lock(mutex_);
    ++finished_;
}

void Progress::failed(Error error) {
    const std::lock_guard lock(mutex_);
    if (!error_) error_ = std::move(error);
    changed_.notify_all();
}

bool Progress::all_finished() const {
    const std::lock_guard lock(mutex_);
    return finished_ == 2;
}

std::optional<Error> Progress::error() const {
    const std::lock_guard lock(mutex_);
    return error_;
}

bool Progress::wait_for(const std::vector<lesson::Condition>& conditions,
                        std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    const auto all_hold = [&] {
        return std::all_of(conditions.begin(), conditions.end(),
                           [this](const auto& one) { return holds(one); });
    };
    changed_.wait_for(lock, patience, [&] { return error_ || all_hold(); });
    return !error_ && all_hold();
}

bool Progress::holds(const std::vector<lesson::Condition>& conditions) const {
    const std::lock_guard lock(mutex_);
    return std::all_of(conditions.begin(), conditions.end(),
                       [this](const auto& one) { return holds(one); });
}

void Progress::pause(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, time, [this] { return error_.has_value(); });
}

bool Progress::holds(const lesson::Condition& condition) const {
    if (const auto* in_state = std::get_if<lesson::InState>(&condition)) {
        const auto found = states_.find(in_state->endpoint);
        return found != states_.end() && found->second == in_state->state;
    }
    const auto& step = std::get<lesson::StepReached>(condition);
    const auto found = reached_.find({step.actor, step.label});
    return found != reached_.end() && (found->second || !step.returned);
}

}  // namespace tcpstep::lab
