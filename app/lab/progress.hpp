#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/lesson/lesson.hpp"
#include "model/result.hpp"

namespace tcpstep::lab {

/// What the actors wait for: how far each has come, and the inferred state of both ends. Shared by
/// the actors' threads and the recorder.
class Progress {
  public:
    explicit Progress(int actors = 2) : actors_(actors) {}

    void entered(model::Role actor, const std::string& label);
    void returned(model::Role actor, const std::string& label);
    /// What the model infers of one end: its state, and how many octets of data have reached it;
    /// `connection` from 1, or 0 while there is none. The newest is the one set with the highest
    /// number.
    void set_state(model::Role endpoint, model::State state, unsigned connection = 0,
                   std::uint64_t octets = 0);
    /// An end has sent that segment, and it stands for itself.
    void sent(const model::Segment& segment, std::optional<model::ConnectionIndex> connection);
    /// Of the newest connection.
    model::State state(model::Role endpoint) const;
    /// Of the newest connection, too: whether it is in TIME_WAIT, or was.
    bool was_in_time_wait(model::Role endpoint) const;

    /// There is one actor more: a child.
    void actor_begun();
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
    bool is_so(const lesson::Condition& condition) const;

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::map<StepKey, bool> reached_;  // true once the step has returned
    struct End {
        model::State state = model::State::Unknown;
        std::uint64_t octets = 0;
        bool was_in_time_wait = false;
    };
    const End* end(model::Role endpoint, unsigned connection) const;
    bool was_sent(const model::SegmentChoice& choice) const;

    std::map<std::pair<unsigned, model::Role>, End> ends_;  // by connection, from 1
    std::vector<std::pair<model::Segment, std::optional<model::ConnectionIndex>>> sent_;
    unsigned newest_ = 0;
    int actors_;
    int finished_ = 0;
    std::optional<Error> error_;
};

}  // namespace tcpstep::lab
