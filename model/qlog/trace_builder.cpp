#include "model/qlog/trace_builder.hpp"

#include <algorithm>
#include <utility>

#include "model/qlog/time_text.hpp"
#include "model/qlog/unknown_members.hpp"

namespace tcpstep::model::qlog {

namespace {

/// What tcp:segment_sent says of itself; 0 where it says nothing.
SegmentId read_retransmission(const Fact& fact, const Fields& data) {
    if (!std::holds_alternative<SegmentSent>(fact)) return 0;
    return data.number_or_zero<SegmentId>("retransmission_of", 1);
}

// A segment has addresses and ports.
bool is_of_a_connection(const Fact& fact) {
    return std::holds_alternative<SegmentSent>(fact) ||
           std::holds_alternative<SegmentInjected>(fact) ||
           std::holds_alternative<SegmentHeld>(fact) ||
           std::holds_alternative<SegmentHeldBack>(fact) ||
           std::holds_alternative<SegmentDelivered>(fact) ||
           std::holds_alternative<SegmentDropped>(fact) ||
           std::holds_alternative<SegmentDuplicated>(fact);
}

}  // namespace

TraceBuilder::TraceBuilder(Trace& trace, Time reference, States states, UnknownPlaces* unknown)
    : trace_(trace),
      reference_(reference),
      last_(reference),
      references_(states == States::Checked ? References::Open::Bounded
                                            : References::Open::Unbounded),
      unknown_(unknown) {
    if (!trace.events().empty()) last_ = std::max(last_, trace.events().back().time);
    if (states == States::Ignored) check_.stop();
}

void TraceBuilder::take(const Value& value, const Place& place, Faults& faults) {
    const std::size_t before = faults.count();
    const Fields event(value, place, faults);
    if (!value.is_object()) return left_out();
    const Time time = read_time(event, reference_);
    Told told = read_told(event);
    const auto* fact = std::get_if<Fact>(&told);
    const bool ours = fact == nullptr || !std::holds_alternative<Unrecognized>(*fact);
    Groups::Group* group = read_group(event, ours);
    if (fact != nullptr && is_of_a_connection(*fact)) event.required("group_id");
    if (faults.count() == before && time < last_) {
        std::string last;
        append_milliseconds(last, last_ - reference_);
        event.fault("time", "goes backwards, the event before it is at " + last);
    }
    auto* change = std::get_if<InferredChange>(&told);
    if (faults.count() > before) {
        if (fact != nullptr) {
            leave_out(*fact);
        } else {
            check_.skip_told(event.place());
        }
    } else if (change != nullptr) {
        last_ = time;
        change->connection = group == nullptr ? std::nullopt : group->connection;
        const auto of = group == nullptr ? std::nullopt : std::optional(group->id);
        check_.take_told(of, time, *change, event.place());
        ++states_told_;
        keep_unknown(value, place, false);
    } else {
        const auto* unrecognized = std::get_if<Unrecognized>(&std::get<Fact>(told));
        const bool data_is_whole = unrecognized != nullptr;
        if (unknown_ != nullptr && unrecognized != nullptr)
            unknown_->add_event(place.pointer(), unrecognized->name);
        if (!take_fact(std::get<Fact>(std::move(told)), time, group, event)) return;
        states_told_ = 0;
        keep_unknown(value, place, data_is_whole);
    }
}

void TraceBuilder::keep_unknown(const Value& event, const Place& place, bool data_is_whole) {
    std::vector<UnknownMember> found =
        unknown_members(event, data_is_whole ? event.find("data") : nullptr);
    if (unknown_ != nullptr && !found.empty()) unknown_->add(place.pointer(), found);
    const std::size_t facts = trace_.events().size();
    if (found.empty() || facts == 0) return;
    trace_.unknown.records[{facts - 1, states_told_}] = std::move(found);
}

// False if it is not as it should be.
bool TraceBuilder::take_fact(Fact fact, Time time, Groups::Group* group, const Fields& event) {
    const std::size_t before = event.faults().count();
    SegmentId retransmission_of = 0;
    if (!std::holds_alternative<Unrecognized>(fact)) {
        const Place place(event.place(), "data");
        const Fields data(*event.required("data"), place, event.faults());
        retransmission_of = read_retransmission(fact, data);
        if (!references_.check(fact, data) || event.faults().count() > before) {
            leave_out(fact);
            return false;
        }
        references_.take(fact);
    }
    std::optional<ConnectionIndex> connection;
    if (group != nullptr) {
        if (!group->connection) group->connection = trace_.intern(group->id);
        connection = group->connection;
    }
    last_ = time;
    trace_.append({time, connection, std::move(fact)});
    check_.take_fact(retransmission_of, event.place());
    return true;
}

bool TraceBuilder::finish(StateCheck::Form form, Faults& faults) {
    if (trace_.zero() != reference_) trace_.epoch = reference_;
    return check_.finish(trace_, form, faults);
}

void TraceBuilder::leave_out(const Fact& fact) {
    const auto* unrecognized = std::get_if<Unrecognized>(&fact);
    if (unrecognized != nullptr && unrecognized->name.empty()) references_.lose_unnamed();
    references_.lose(fact);
    check_.stop();
}

// nullptr where none is named. By what another program's event is grouped is its own affair: it is
// kept as a member that nobody knows.
Groups::Group* TraceBuilder::read_group(const Fields& event, bool ours) {
    const Value* value = event.optional("group_id");
    if (value == nullptr) return nullptr;
    const std::string_view* text = value->text();
    Groups::Group* group = text == nullptr ? nullptr : groups_.find(*text);
    if (group == nullptr && !ours) value->disown();
    if (group != nullptr || !ours) return group;
    event.expected("group_id", "a connection such as \"127.0.0.1:43512-127.0.0.1:8000\"", *value);
    return nullptr;
}

}  // namespace tcpstep::model::qlog
