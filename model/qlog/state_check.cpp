#include "model/qlog/state_check.hpp"

#include <algorithm>
#include <utility>

#include "model/qlog/event_name.hpp"
#include "model/tracked_states.hpp"

namespace tcpstep::model::qlog {

namespace {

/// "client CLOSED to SYN_SENT".
std::string describe(const InferredChange& change) {
    return std::string(name(change.endpoint)) + " " + std::string(name(change.from)) + " to " +
           std::string(name(change.to));
}

std::string describe(const std::optional<ConnectionId>& group) {
    return group ? " of " + to_string(*group) : " of all connections";
}

std::string describe(const Trigger& trigger) {
    std::string text = trigger.event;
    if (const auto* segment = std::get_if<Trigger::OfSegment>(&trigger.about)) {
        text += " of segment " + std::to_string(segment->id);
    } else if (const auto* call = std::get_if<Trigger::OfCall>(&trigger.about)) {
        text += " of call " + std::to_string(call->id);
    } else if (const auto* lesson = std::get_if<std::string>(&trigger.about)) {
        text += " of " + *lesson;
    }
    return text;
}

std::optional<ConnectionId> group_of(const Trace& trace, const InferredChange& change) {
    if (!change.connection) return std::nullopt;
    return trace.connections()[*change.connection];
}

bool same_move(const InferredChange& a, const InferredChange& b) {
    return a.endpoint == b.endpoint && a.from == b.from && a.to == b.to;
}

/// The move is the one expected; are its reasons, too?
void check_reasons(const InferredChange& expected, const InferredChange& told, const Place& place,
                   Faults& faults) {
    const Place data(place, "data");
    if (told.rfc != expected.rfc) {
        faults.add(Place(data, "rfc"),
                   "rfc: expected \"" + expected.rfc + "\", found \"" + told.rfc + "\"");
    }
    if (told.trigger != expected.trigger) {
        faults.add(Place(data, "trigger"), "trigger: expected " + describe(expected.trigger) +
                                               ", found " + describe(told.trigger));
    }
    if (told.assumed != expected.assumed) {
        const auto certainty = [](const InferredChange& change) {
            return std::string(change.assumed ? kAssumed : kProved);
        };
        faults.add(Place(data, "certainty"), "certainty: expected \"" + certainty(expected) +
                                                 "\", found \"" + certainty(told) + "\"");
    }
}

}  // namespace

void StateCheck::take_fact(SegmentId retransmission_of, const Place& place) {
    if (stopped_) return;
    around_ = place.around();
    facts_.push_back({retransmission_of, static_cast<std::uint32_t>(place.index())});
}

void StateCheck::take_told(const std::optional<ConnectionId>& group, Time time,
                           const InferredChange& told, const Place& place) {
    if (stopped_) return;
    around_ = place.around();
    states_.add(facts_.size(), place.index(), time, group, told);
}

void StateCheck::skip_told(const Place& place) {
    if (!stopped_) states_.add_unread(facts_.size(), place.index());
}

void StateCheck::stop() {
    stopped_ = true;
    whole_ = false;
}

bool StateCheck::finish(const Trace& trace, Form form, Faults& faults) {
    const bool sequential = form == Form::Sequential;
    const bool told = !sequential || tells_of_captures(trace);
    const bool hindsight = whole_ && told;
    std::vector<Fault> as_it_goes;
    if (sequential && told) {
        Faults found(as_it_goes);
        const auto to_itself = [&trace](ConnectionIndex connection) {
            const ConnectionId& id = trace.connections()[connection];
            return id.client == id.server;
        };
        const bool ended = compare(StatesOfTrace::as_it_goes(to_itself), true, trace, found);
        if (found.count() == 0) return ended;
    }
    // Not as they were known then. By hindsight?
    std::vector<Fault> by_hindsight;
    Faults found(by_hindsight);
    const bool ended =
        compare(StatesOfTrace(hindsight ? hindsight_of(trace) : nullptr), hindsight, trace, found);
    if (!sequential && !ended) report_missing(pending_.size(), found);
    const bool nearer = as_it_goes.empty() || by_hindsight.size() <= as_it_goes.size();
    for (const Fault& fault : nearer ? by_hindsight : as_it_goes) {
        faults.add(fault.where, fault.what);
    }
    return ended || !sequential;
}

// `captures`: the states of captured connections are to be compared, too. False if those of the
// last fact are missing.
bool StateCheck::compare(StatesOfTrace states, bool captures, const Trace& trace, Faults& faults) {
    pending_.clear();
    std::size_t said = 0;
    const auto match_after = [&](std::size_t facts) {
        for (; said < states_.size() && states_.after(said) == facts; ++said) {
            const auto connection = states_.connection(said);
            const bool known = captures || !connection || !states.captured(*connection);
            if (known) match(states_.at(said, trace), trace, faults);
        }
    };
    std::vector<std::size_t> last(trace.connections().size());  // event of each
    for (std::size_t i = 0; i < facts_.size(); ++i) {
        if (const auto connection = trace.events()[i].connection) last[*connection] = i;
    }
    match_after(0);
    for (std::size_t i = 0; i < facts_.size(); ++i) {
        const Event& event = trace.events()[i];
        report_missing(pending_.size(), faults);
        cause_time_ = event.time;
        expect(states.apply(event), i, faults);
        match_after(i + 1);
        if (captures && event.connection && last[*event.connection] == i &&
            states.captured(*event.connection)) {
            states.forget(*event.connection);  // of many, few are open at once
        }
    }
    return stopped_ || pending_.empty();
}

// A state of a captured connection is among them.
bool StateCheck::tells_of_captures(const Trace& trace) const {
    if (!is_capture(trace)) return false;
    for (std::size_t i = 0; i < states_.size(); ++i) {
        if (states_.connection(i)) return true;
    }
    return false;
}

void StateCheck::expect(const Inferences& inferences, std::size_t fact, Faults& faults) {
    const SaidFact& said = facts_[fact];
    if (inferences.retransmission_of != said.retransmission_of) {
        const auto number = [](SegmentId id) { return id == 0 ? "none" : std::to_string(id); };
        const Place event = place(said.place);
        const Place data(event, "data");
        faults.add(Place(data, "retransmission_of"),
                   "retransmission_of: expected " + number(inferences.retransmission_of) +
                       ", found " + number(said.retransmission_of));
    }
    pending_.assign(inferences.changes.begin(), inferences.changes.end());
    cause_ = fact;
}

void StateCheck::match(const SaidStates::Said& said, const Trace& trace, Faults& faults) {
    const Place event = place(said.place);
    if (!said.change) {
        if (!pending_.empty()) pending_.pop_front();
        return;
    }
    const auto expected = std::find_if(pending_.begin(), pending_.end(), [&](const auto& each) {
        return same_move(each, *said.change) && group_of(trace, each) == said.group;
    });
    if (expected == pending_.end()) {
        const std::string found = describe(*said.change) + describe(said.group);
        if (pending_.empty()) {
            faults.add(event, "tcp:state_updated: expected none, found " + found);
            return;
        }
        const InferredChange& front = pending_.front();
        faults.add(event, "tcp:state_updated: expected " + describe(front) +
                              describe(group_of(trace, front)) + ", found " + found);
        pending_.pop_front();
        return;
    }
    if (said.time != cause_time_) {
        faults.add(Place(event, "time"), "time: expected that of the event which moved it");
    }
    check_reasons(*expected, *said.change, event, faults);
    // Those before it have been left out of the file.
    report_missing(static_cast<std::size_t>(expected - pending_.begin()), faults);
    pending_.pop_front();
}

void StateCheck::report_missing(std::size_t count, Faults& faults) {
    for (; count > 0; --count) {
        faults.add(place(facts_[cause_].place), "tcp:state_updated: expected " +
                                                    describe(pending_.front()) +
                                                    " after this event, found none");
        pending_.pop_front();
    }
}

}  // namespace tcpstep::model::qlog
