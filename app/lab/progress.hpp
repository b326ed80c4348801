#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "app/lesson/lesson.hpp"
#include "model/result.hpp"

namespace tcpstep::lab {

/// What the actors wait for: how far each has come, and the inferred state of both ends. Shared by
/// the actors' threads and the recorder.
class Progress {
  public:
    void entered(model::Role actor, const std::string& label);
    void returned(model::Role actor, const std::string& label);
    void set_state(model::Role endpoint, model::State state);
    model::State state(model::Role endpoint) const;

    /// One actor has taken all its steps.
    void actor_finished();
    /// An actor cannot go on: both end.
    void failed(Error error);
    bool all_finished() const;
    std::optional<Error> error() const;

    /// Whether every condition holds now.
    bool holds(const std::vector<lesson::Condition>& conditions) const;

    /// Waits until every condition holds. False if the run failed or `patience` passed first.
    bool wait_for(const std::vector<lesson::Condition>& conditions,
                  std::chrono::milliseconds patience);

    /// Waits that long, or until the run has failed.
    void pause(std::chrono::milliseconds time);

  private:
    using StepKey = std::pair<model::Role, std::string>;
    bool holds(const lesson::Condition& condition) const;

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::map<StepKey, bool> reached_;  // true once the step has returned
    std::map<model::Role, model::State> states_;
    int finished_ = 0;
    std::optional<Error> error_;
};

}  // namespace tcpstep::lab
