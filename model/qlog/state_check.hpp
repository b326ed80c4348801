#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>

#include "model/qlog/fields.hpp"
#include "model/qlog/states_of_trace.hpp"
#include "model/trace.hpp"

namespace tcpstep::model::qlog {

/// Compares what a file says was inferred with what the fold infers from the file's facts. The
/// states that a fact brings about must follow it at once, in order, at its time.
///
/// Once an event had to be left out, the facts are not all known and nothing is compared any more.
class StateCheck {
  public:
    /// The file's next fact: `retransmission_of` is what it says of itself.
    void take_fact(const Event& event, SegmentId retransmission_of, const Fields& file_event);

    /// The file's next inferred state; `group` is its connection, if it has one.
    void take_told(const Trace& trace, const std::optional<ConnectionId>& group, Time time,
                   const InferredChange& told, const Fields& file_event);

    /// A state of the file could not be read; the fault is known already.
    void skip_told();

    /// An event was left out.
    void stop();

    /// Nothing comes any more: states that have not been told are faults.
    void finish(Faults& faults);

    /// Are there states which have not been told?
    bool pending() const { return !pending_.empty(); }

  private:
    void report_missing(std::size_t count, Faults& faults);

    StatesOfTrace states_;
    bool stopped_ = false;
    std::deque<InferredChange> pending_;  // brought about by the last fact and not yet told
    std::string cause_;                   // place of that fact; set where pending_ is not empty
    Time cause_time_;
};

}  // namespace tcpstep::model::qlog
