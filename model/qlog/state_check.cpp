#include "model/qlog/state_check.hpp"

#include <algorithm>

#include "model/qlog/time_text.hpp"

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

/// The move is the one expected; is its reason, too?
void check_reason(const InferredChange& expected, const InferredChange& told,
                  const Fields& file_event) {
    const Place data(file_event.place(), "data");
    if (told.rfc != expected.rfc) {
        file_event.faults().add(Place(data, "rfc"), "rfc: expected \"" + expected.rfc +
                                                        "\", found \"" + told.rfc + "\"");
    }
    if (told.trigger != expected.trigger) {
        file_event.faults().add(Place(data, "trigger"), "trigger: expected " +
                                                            describe(expected.trigger) +
                                                            ", found " + describe(told.trigger));
    }
}

}  // namespace

void StateCheck::take_fact(const Event& event, SegmentId retransmission_of,
                           const Fields& file_event) {
    if (stopped_) return;
    report_missing(pending_.size(), file_event.faults());
    Inferences inferences = states_.apply(event);
    if (inferences.retransmission_of != retransmission_of) {
        const auto number = [](SegmentId id) { return id == 0 ? "none" : std::to_string(id); };
        const Place data(file_event.place(), "data");
        file_event.faults().add(Place(data, "retransmission_of"),
                                "retransmission_of: expected " +
                                    number(inferences.retransmission_of) + ", found " +
                                    number(retransmission_of));
    }
    if (inferences.changes.empty()) return;
    pending_.assign(inferences.changes.begin(), inferences.changes.end());
    cause_ = file_event.place().pointer();
    cause_time_ = event.time;
}

void StateCheck::take_told(const Trace& trace, const std::optional<ConnectionId>& group, Time time,
                           const InferredChange& told, const Fields& file_event) {
    if (stopped_) return;
    Faults& faults = file_event.faults();
    const auto expected = std::find_if(pending_.begin(), pending_.end(), [&](const auto& each) {
        return same_move(each, told) && group_of(trace, each) == group;
    });
    if (expected == pending_.end()) {
        const std::string found = describe(told) + describe(group);
        if (pending_.empty()) {
            faults.add(file_event.place(), "tcp:state_updated: expected none, found " + found);
            return;
        }
        const InferredChange& front = pending_.front();
        faults.add(file_event.place(), "tcp:state_updated: expected " + describe(front) +
                                           describe(group_of(trace, front)) + ", found " + found);
        pending_.pop_front();
        return;
    }
    if (time != cause_time_) file_event.fault("time", "expected that of the event which moved it");
    check_reason(*expected, told, file_event);
    // Those before it have been left out of the file.
    report_missing(static_cast<std::size_t>(expected - pending_.begin()), faults);
    pending_.pop_front();
}

void StateCheck::skip_told() {
    if (!pending_.empty()) pending_.pop_front();
}

void StateCheck::stop() {
    stopped_ = true;
    pending_.clear();
}

void StateCheck::finish(Faults& faults) {
    report_missing(pending_.size(), faults);
}

void StateCheck::report_missing(std::size_t count, Faults& faults) {
    for (; count > 0; --count) {
        faults.add(cause_, "tcp:state_updated: expected " + describe(pending_.front()) +
                               " after this event, found none");
        pending_.pop_front();
    }
}

}  // namespace tcpstep::model::qlog
