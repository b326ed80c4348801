#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "model/claim/moment.hpp"

namespace tcpstep::model::claim {

/// A number of a segment's header, or computed from it.
enum class Field : std::uint8_t {
    Seq,
    Ack,
    End,  ///< the sequence number just after its last: SYN, FIN and each octet take one
    Length,
    Window,
    Mss,          ///< of the option; none without it
    WindowScale,  ///< likewise
    SackBlocks,   ///< how many
    Psh,          ///< 1 with that flag, else 0
};

/// Of the first of the segments chosen.
struct FieldOf {
    SegmentChoice segment;
    Field field = Field::Seq;
    bool operator==(const FieldOf&) const = default;
};

/// What the call returned: a descriptor, octets, 0, or -1.
struct ResultOf {
    OfCall call;
    bool operator==(const ResultOf&) const = default;
};

/// A part of the run: after `from` and before `until`; all that is not said.
struct Span {
    std::optional<Moment> from;
    std::optional<Moment> until;
    bool operator==(const Span&) const = default;
};

/// How often the moment came.
struct CountOf {
    Moment moment;
    Span span;
    bool operator==(const CountOf&) const = default;
};

/// The time from one moment to the other, or to the first after it, in microseconds.
struct TimeBetween {
    Moment from;
    Moment until;
    bool operator==(const TimeBetween&) const = default;
};

enum class Queue : std::uint8_t { Accept, Syn };

/// The longest that the kernel told the listener's queue to be.
struct LongestQueue {
    Queue queue = Queue::Accept;
    Span span;
    bool operator==(const LongestQueue&) const = default;
};

/// How many connections there were.
struct Connections {
    bool operator==(const Connections&) const = default;
};

using Value =
    std::variant<std::int64_t, FieldOf, ResultOf, CountOf, TimeBetween, LongestQueue, Connections>;

/// A value as a run gives it.
struct Reading {
    std::optional<std::int64_t> number;  ///< nothing: what it is taken from has not happened
    bool settled = false;                ///< what still comes does not change it
    std::vector<EventIndex> seen;        ///< where it was taken from
};

Reading read(const Value& value, const Chronicle& chronicle, bool finished);

/// A point on the circle of sequence numbers: it is compared modulo 2^32.
bool is_sequence_number(const Value& value);

/// The bounds of a span: events with first < index < last are in it. Nothing: it has not begun.
struct Bounds {
    std::optional<EventIndex> first;  ///< nothing: from the start
    std::optional<EventIndex> last;   ///< nothing: it has not ended
    bool holds(EventIndex i) const { return (!first || i > *first) && (!last || i < *last); }
};
std::optional<Bounds> bounds(const Span& span, const Chronicle& chronicle);

}  // namespace tcpstep::model::claim
