#include "app/view/lists/event_line.hpp"

#include <chrono>
#include <variant>

#include "app/view/call_list.hpp"
#include "app/view/call_value.hpp"
#include "app/view/datagram_text.hpp"
#include "app/view/doubt_text.hpp"
#include "app/view/escape.hpp"
#include "app/view/event_sentence.hpp"
#include "app/view/say.hpp"
#include "app/view/segment_text.hpp"
#include "app/view/time_text.hpp"
#include "app/view/timer_name.hpp"

namespace tcpstep::view::lists {

using namespace model;

namespace {

constexpr std::size_t kDataShown = 32;      // characters of what a call gave
constexpr std::size_t kUnknownShown = 120;  // and of what an event of another program has

const Fact& fact_of(const EventSource& source, const EventRow& row) {
    return source.timeline.event(row.event).fact;
}

const TimelineIndex::Change& change_of(const EventSource& source, const EventRow::Change& change) {
    return source.index.changes(change.end)[change.index];
}

// The id of the segment that a fact is about, where it does not carry the segment itself.
SegmentId named_segment(const Fact& fact) {
    if (const auto* held = std::get_if<SegmentHeld>(&fact)) return held->id;
    if (const auto* back = std::get_if<SegmentHeldBack>(&fact)) return back->id;
    if (const auto* delivered = std::get_if<SegmentDelivered>(&fact)) return delivered->id;
    if (const auto* dropped = std::get_if<SegmentDropped>(&fact)) return dropped->id;
    if (const auto* copied = std::get_if<SegmentDuplicated>(&fact)) return copied->id;
    return 0;
}

// A copy of what the gate holds, which stood for nothing when it was dropped: nothing is lost.
bool drops_copy(const EventSource& source, const Fact& fact) {
    const auto* dropped = std::get_if<SegmentDropped>(&fact);
    return dropped != nullptr && source.index.original_of(dropped->id) != 0 &&
           !source.index.begin_of(source.timeline, dropped->id);
}

struct What {
    const EventSource& source;
    const EventRow& row;

    std::string operator()(const SegmentSent& s) const {
        std::string line = numbers(s.segment, LineDetail::Full);
        if (s.copy_of != 0) return say(Text::EventsAbsorbed, line);
        return is_sent_again(source, row) ? say(Text::EventsAgain, line) : line;
    }
    std::string operator()(const SegmentInjected& s) const {
        return say(Text::EventsInjected, numbers(s.segment, LineDetail::Short));
    }
    std::string operator()(const SegmentHeld& s) const { return told(Text::EventsHeld, s.id); }
    std::string operator()(const SegmentHeldBack& s) const {
        return told(Text::EventsHeldBack, s.id);
    }
    std::string operator()(const SegmentDelivered& s) const {
        return told(Text::EventsArrives, s.id);
    }
    std::string operator()(const SegmentDropped& s) const {
        return told(drops_copy(source, s) ? Text::EventsDroppedCopy : Text::EventsLost, s.id);
    }
    std::string operator()(const SegmentDuplicated& s) const {
        return told(Text::EventsCopied, s.id);
    }
    std::string operator()(const CallEntered& c) const { return call_text(c); }
    std::string operator()(const CallReturned& c) const {
        std::string text = call_name(c.call) + " " + result_text(c);
        const std::vector<std::string> values = value_lines(c, kDataShown);
        if (!values.empty() && !is_look(c.call)) text += "  " + values.front();
        return text;
    }
    std::string operator()(const DatagramSent&) const { return datagram(); }
    std::string operator()(const IcmpErrorSent&) const { return datagram(); }
    std::string operator()(const SocketSampled& s) const {
        std::string text(name(s.state));
        if (s.recv_q + s.send_q > 0)
            text += fmt::format("  Recv-Q {}  Send-Q {}", s.recv_q, s.send_q);
        if (!s.timer.empty()) {
            text += "  " + say(Text::EventsTimer, timer_name(s),
                               span_text(std::chrono::milliseconds(s.timer_ms)));
        }
        if (source.timeline.effects(row.event).disagreement) {
            const Connection& now = source.timeline.at(row.event + 1);
            text = say(Text::KernelContradicts, name(now.end(s.endpoint).state()), name(s.state));
        }
        return say(Text::EventsKernel, text);
    }
    std::string operator()(const ListenerSampled& s) const {
        return say(Text::EventsKernel,
                   say(Text::KernelQueues, s.syn_queue, s.accept_queue, s.backlog));
    }
    std::string operator()(const Unrecognized& unknown) const {
        std::string text = sentence();
        if (!unknown.data.empty()) text += "  " + escaped(unknown.data, kUnknownShown);
        return text;
    }
    template <class Note>
    std::string operator()(const Note&) const {
        return sentence();
    }

  private:
    std::string sentence() const {
        return tell_event(source.timeline, source.index, row.event, source.raw_numbers).sentence;
    }
    std::string numbers(const Segment& segment, LineDetail detail) const {
        const Connection& latest = source.timeline.at(source.timeline.size());
        return to_line(segment, base_of(latest, segment.from, source.raw_numbers), detail);
    }
    std::string told(Text how, SegmentId id) const {
        const Segment* segment = source.timeline.segment(id);
        return segment == nullptr ? std::string() : say(how, numbers(*segment, LineDetail::Short));
    }
    std::string datagram() const {
        const auto text = datagram_text(fact_of(source, row));
        return text ? text->words.front() + "  " + text->way : std::string();
    }
};

struct EndOf {
    const EventSource& source;

    std::optional<Role> operator()(const SegmentSent& s) const { return s.segment.from; }
    std::optional<Role> operator()(const SegmentInjected& s) const { return s.segment.from; }
    std::optional<Role> operator()(const SegmentHeld& s) const { return sender(s.id); }
    std::optional<Role> operator()(const SegmentHeldBack& s) const { return sender(s.id); }
    std::optional<Role> operator()(const SegmentDropped& s) const { return sender(s.id); }
    std::optional<Role> operator()(const SegmentDuplicated& s) const { return sender(s.id); }
    std::optional<Role> operator()(const SegmentDelivered& s) const {
        const auto from = sender(s.id);
        return from ? std::optional(peer(*from)) : std::nullopt;
    }
    std::optional<Role> operator()(const CallEntered& c) const { return c.endpoint; }
    std::optional<Role> operator()(const CallReturned& c) const { return c.endpoint; }
    std::optional<Role> operator()(const DatagramSent& s) const { return s.from; }
    std::optional<Role> operator()(const IcmpErrorSent& s) const { return s.from; }
    std::optional<Role> operator()(const SocketSampled& s) const { return s.endpoint; }
    std::optional<Role> operator()(const ListenerSampled&) const { return Role::Server; }
    template <class Note>
    std::optional<Role> operator()(const Note&) const {
        return std::nullopt;
    }

  private:
    std::optional<Role> sender(SegmentId id) const {
        const Segment* segment = source.timeline.segment(id);
        return segment == nullptr ? std::nullopt : std::optional(segment->from);
    }
};

struct KindOf {
    RowKind operator()(const CallEntered&) const { return RowKind::Call; }
    RowKind operator()(const CallReturned&) const { return RowKind::Call; }
    RowKind operator()(const SocketSampled&) const { return RowKind::Kernel; }
    RowKind operator()(const ListenerSampled&) const { return RowKind::Kernel; }
    RowKind operator()(const Scenario&) const { return RowKind::Note; }
    RowKind operator()(const Marker&) const { return RowKind::Note; }
    RowKind operator()(const SegmentsLost&) const { return RowKind::Note; }
    RowKind operator()(const PredictionChecked&) const { return RowKind::Note; }
    RowKind operator()(const ClaimChecked&) const { return RowKind::Note; }
    RowKind operator()(const Unrecognized&) const { return RowKind::Note; }
    template <class OnTheWire>
    RowKind operator()(const OnTheWire&) const {
        return RowKind::Segment;
    }
};

std::string change_text(const TimelineIndex::Change& change) {
    const StateChange& moved = change.what.change;
    std::string text =
        say(Text::EventsChange, name(moved.from), state_text(moved.to, change.what.doubt));
    if (moved.edge != nullptr) text += " · RFC 9293 " + std::string(moved.edge->rfc);
    return text;
}

// Of a segment by its flags; what went wrong stands out.
ColourRole colour_of(const EventSource& source, const EventRow& row, const EventLine& line) {
    const Fact& fact = fact_of(source, row);
    switch (line.kind) {
        case RowKind::Segment: {
            if (drops_copy(source, fact)) return ColourRole::TextDim;
            if (std::holds_alternative<SegmentDropped>(fact)) return ColourRole::Rst;
            const Segment* segment = segment_of(source, row);
            return segment == nullptr ? ColourRole::Data : colour_of(view::kind_of(*segment));
        }
        case RowKind::State:
            return role_colour(row.change->end);
        case RowKind::Call: {
            const auto* returned = std::get_if<CallReturned>(&fact);
            return returned != nullptr && !returned->error.empty() ? ColourRole::Rst
                                                                   : ColourRole::Text;
        }
        case RowKind::Kernel:
            return source.timeline.effects(row.event).disagreement ? ColourRole::Rst
                                                                   : ColourRole::TextDim;
        case RowKind::Note:
            return std::holds_alternative<SegmentsLost>(fact) ? ColourRole::Rst
                                                              : ColourRole::TextDim;
    }
    return ColourRole::Text;
}

}  // namespace

RowKind kind_of(const EventSource& source, const EventRow& row) {
    return row.change ? RowKind::State : std::visit(KindOf{}, fact_of(source, row));
}

std::optional<Role> end_of(const EventSource& source, const EventRow& row) {
    return row.change ? row.change->end : std::visit(EndOf{source}, fact_of(source, row));
}

const Segment* segment_of(const EventSource& source, const EventRow& row) {
    if (row.change) return nullptr;
    const Fact& fact = fact_of(source, row);
    if (const auto* sent = std::get_if<SegmentSent>(&fact)) return &sent->segment;
    if (const auto* injected = std::get_if<SegmentInjected>(&fact)) return &injected->segment;
    const SegmentId id = named_segment(fact);
    return id == 0 ? nullptr : source.timeline.segment(id);
}

SegmentId segment_id_of(const EventSource& source, const EventRow& row) {
    if (row.change) return 0;
    const Fact& fact = fact_of(source, row);
    if (const auto* sent = std::get_if<SegmentSent>(&fact)) return sent->segment.id;
    if (const auto* injected = std::get_if<SegmentInjected>(&fact)) return injected->segment.id;
    if (const auto* copied = std::get_if<SegmentDuplicated>(&fact)) return copied->copy;
    return named_segment(fact);
}

Selection selection_of(const EventSource& source, const EventRow& row) {
    if (row.change) return SelectedState{row.change->end, row.event};
    if (const SegmentId id = segment_id_of(source, row); id != 0) return SelectedSegment{id};
    const Fact& fact = fact_of(source, row);
    if (const auto* call = std::get_if<CallEntered>(&fact))
        return SelectedCall{call->endpoint, call->id};
    if (const auto* call = std::get_if<CallReturned>(&fact))
        return SelectedCall{call->endpoint, call->id};
    return SelectedEvent{row.event};
}

bool is_selected(const EventSource& source, const EventRow& row, const Selection& what) {
    if (what == Selection()) return false;
    if (!row.change && what == Selection(SelectedEvent{row.event})) return true;
    return selection_of(source, row) == what;
}

bool is_sent_again(const EventSource& source, const EventRow& row) {
    const auto* sent = row.change ? nullptr : std::get_if<SegmentSent>(&fact_of(source, row));
    return sent != nullptr &&
           (sent->copy_of != 0 || source.timeline.effects(row.event).retransmission_of != 0);
}

std::string event_what(const EventSource& source, const EventRow& row) {
    if (row.change) return change_text(change_of(source, *row.change));
    return std::visit(What{source, row}, fact_of(source, row));
}

EventLine event_line(const EventSource& source, const EventRow& row,
                     const std::optional<EventRow>& above) {
    EventLine line;
    line.kind = kind_of(source, row);
    line.who = end_of(source, row);
    line.what = event_what(source, row);
    line.colour = colour_of(source, row, line);
    const Time time = source.timeline.event(row.event).time;
    if (above) {
        const Duration since = time - source.timeline.event(above->event).time;
        if (since.count() > 0) line.since = span_text(since);
    }
    if (row.change && above && above->event == row.event) return line;
    // As the bar at the bottom counts: what only confirms a step has none of its own.
    if (source.index.is_step(row.event))
        line.number = std::to_string(source.index.steps_before(row.event) + 1);
    line.time = offset_text(time - source.timeline.event(0).time);
    return line;
}

}  // namespace tcpstep::view::lists
