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

void Progress::set_state(model::Role endpoint, model::State state, unsigned connection,
                         std::uint64_t octets) {
    const std::lock_guard lock(mutex_);
    newest_ = std::max(newest_, connection);
    End& end = ends_[{connection, endpoint}];
    end.state = state;
    end.octets = std::max(end.octets, octets);
    end.was_in_time_wait = end.was_in_time_wait || state == model::State::TimeWait;
    changed_.notify_all();
}

void Progress::sent(const model::Segment& segment,
                    std::optional<model::ConnectionIndex> connection) {
    const std::lock_guard lock(mutex_);
    sent_.emplace_back(segment, connection);
    changed_.notify_all();
}

bool Progress::was_sent(const model::SegmentChoice& choice) const {
    unsigned seen = 0;
    return std::any_of(sent_.begin(), sent_.end(), [&](const auto& one) {
        return describes(choice, one.first, one.second, false) && ++seen >= choice.nth;
    });
}

const Progress::End* Progress::end(model::Role endpoint, unsigned connection) const {
    const auto found = ends_.find({connection != 0 ? connection : newest_, endpoint});
    return found == ends_.end() ? nullptr : &found->second;
}

model::State Progress::state(model::Role endpoint) const {
    const std::lock_guard lock(mutex_);
    const End* found = end(endpoint, 0);
    return found == nullptr ? model::State::Unknown : found->state;
}

bool Progress::was_in_time_wait(model::Role endpoint) const {
    const std::lock_guard lock(mutex_);
    const End* found = end(endpoint, 0);
    return found != nullptr && found->was_in_time_wait;
}

void Progress::actor_begun() {
    const std::lock_guard lock(mutex_);
    ++actors_;
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
    return finished_ == actors_;
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
                           [this](const auto& one) { return is_so(one); });
    };
    changed_.wait_for(lock, patience, [&] { return error_ || all_hold(); });
    return !error_ && all_hold();
}

bool Progress::holds(const std::vector<lesson::Condition>& conditions) const {
    const std::lock_guard lock(mutex_);
    return std::all_of(conditions.begin(), conditions.end(),
                       [this](const auto& one) { return is_so(one); });
}

void Progress::pause(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, time, [this] { return error_.has_value(); });
}

bool Progress::is_so(const lesson::Condition& condition) const {
    if (const auto* in_state = std::get_if<lesson::InState>(&condition)) {
        const End* found = end(in_state->endpoint, in_state->connection);
        return found != nullptr && found->state == in_state->state;
    }
    if (const auto* received = std::get_if<lesson::HasReceived>(&condition)) {
        const End* found = end(received->endpoint, received->connection);
        return found != nullptr && found->octets >= received->octets;
    }
    if (const auto* sent = std::get_if<lesson::WasSent>(&condition)) return was_sent(sent->segment);
    const auto& step = std::get<lesson::StepReached>(condition);
    const auto found = reached_.find({step.actor, step.label});
    return found != reached_.end() && (found->second || !step.returned);
}

}  // namespace tcpstep::lab
