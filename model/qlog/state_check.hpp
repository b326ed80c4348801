#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <vector>

#include "model/qlog/place.hpp"
#include "model/qlog/said_states.hpp"
#include "model/qlog/states_of_trace.hpp"
#include "model/trace.hpp"

namespace tcpstep::model::qlog {

/// Compares what a file says was inferred with what is inferred here from the file's facts. The
/// states that a fact brings about must follow it at once, in order, at its time.
///
/// All is compared at the end, for the states of a capture are told with hindsight. Once an event
/// had to be left out, the facts are not all known: what follows is not compared, nor is a capture.
class StateCheck {
  public:
    enum class Form {
        Contained,   ///< every state must be told
        Sequential,  ///< it may end early; of captured connections it may leave out all states, or
                     ///< tell them as they were known when it was written (LiveStates)
    };

    /// The file's next fact, the next of its trace. `retransmission_of` is what it says of itself.
    /// What is around `place` must outlive this, and is the same of all.
    void take_fact(SegmentId retransmission_of, const Place& place);

    /// The file's next inferred state; `group` is its connection, if it has one, and
    /// `told.connection` that one's index, if the trace has it.
    void take_told(const std::optional<ConnectionId>& group, Time time, const InferredChange& told,
                   const Place& place);

    /// A state of the file could not be read; the fault is known already.
    void skip_told(const Place& place);

    /// An event was left out.
    void stop();

    /// The end of the file is missing.
    void cut_short() { whole_ = false; }

    /// Nothing comes any more: compares all with the trace that the facts made. False if the form
    /// is sequential and the states of the last fact are missing.
    bool finish(const Trace& trace, Form form, Faults& faults);

  private:
    struct SaidFact {
        SegmentId retransmission_of;
        std::uint32_t place;
    };

    bool compare(StatesOfTrace states, bool captures, const Trace& trace, Faults& faults);
    bool tells_of_captures(const Trace& trace) const;
    void expect(const Inferences& inferences, std::size_t fact, Faults& faults);
    void match(const SaidStates::Said& said, const Trace& trace, Faults& faults);
    void report_missing(std::size_t count, Faults& faults);
    Place place(std::size_t index) const {
        return around_ == nullptr ? Place(index) : Place(*around_, index);
    }

    bool stopped_ = false;
    bool whole_ = true;
    std::vector<SaidFact> facts_;  // the first of the trace
    SaidStates states_;
    const Place* around_ = nullptr;  // of all events of the file

    std::deque<InferredChange> pending_;  // brought about by a fact and not yet told
    std::size_t cause_ = 0;               // that fact; set where pending_ is not empty
    Time cause_time_;
};

}  // namespace tcpstep::model::qlog
