#pragma once

#include "model/qlog/event_fields.hpp"
#include "model/qlog/groups.hpp"
#include "model/qlog/references.hpp"
#include "model/qlog/state_check.hpp"
#include "model/qlog/unknown_places.hpp"
#include "model/trace.hpp"

namespace tcpstep::model::qlog {

/// Appends to a trace what the events of a file tell, one by one, and finds their faults. An event
/// with a fault is left out. Both forms and the wire come together here.
class TraceBuilder {
  public:
    enum class States {
        Checked,  ///< the inferred states must be there and right
        Ignored,  ///< they may be missing
    };

    /// `trace` must outlive the builder, and so must `unknown`, if somebody wants to know;
    /// `reference` is the time zero of the file.
    TraceBuilder(Trace& trace, Time reference, States states, UnknownPlaces* unknown = nullptr);

    /// Takes the next event.
    void take(const Value& value, const Place& place, Faults& faults);

    /// An event was there and could not be taken.
    void left_out() {
        references_.lose_unnamed();
        check_.stop();
    }

    /// The end of the file is missing.
    void cut_short() { check_.cut_short(); }

    /// Nothing comes any more: compares what the events told of states with what the facts imply.
    /// False if the form is sequential and the states of the last fact are missing.
    bool finish(StateCheck::Form form, Faults& faults);

  private:
    Groups::Group* read_group(const Fields& event, bool ours);
    void leave_out(const Fact& fact);
    bool take_fact(Fact fact, Time time, Groups::Group* group, const Fields& event);
    void keep_unknown(const Value& event, const Place& place, bool data_is_whole);

    Trace& trace_;
    Time reference_;
    Time last_;  // time of the last event taken
    References references_;
    StateCheck check_;
    Groups groups_;
    UnknownPlaces* unknown_;
    std::size_t states_told_ = 0;  // since the last fact
};

}  // namespace tcpstep::model::qlog
