#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "model/claim/moment.hpp"
#include "model/claim/span.hpp"
#include "model/claim/table_row.hpp"

namespace tcpstep::model::claim {

/// A number of a segment's header, or computed from it.
enum class Field : std::uint8_t {
    Seq,
    Ack,
    End,  ///< the sequence number just after its last: SYN, FIN and each octet take one
    Length,
    Window,
    Mss,            ///< of the option; none without it
    WindowScale,    ///< likewise
    SackBlocks,     ///< how many
    Psh,            ///< 1 with that flag, else 0
    SackPermitted,  ///< 1 with that option, else 0
    Timestamp,      ///< TSval; none without the option
    TimestampEcho,  ///< TSecr, likewise
    Nops,           ///< how many options are NOP
    SourcePort,
    DestinationPort,
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

/// The shortest of these times, in nanoseconds, once all are known: of calls that are made again
/// and again, the one that nothing else on the machine has delayed.
struct Shortest {
    std::vector<TimeBetween> times;
    bool operator==(const Shortest&) const = default;
};

enum class Queue : std::uint8_t { Accept, Syn };

/// The longest that the kernel told the listener's queue to be.
struct LongestQueue {
    Queue queue = Queue::Accept;
    Span span;
    bool operator==(const LongestQueue&) const = default;
};

/// What sock_diag says of a socket: fields of SocketSampled.
enum class SampledField : std::uint8_t { RecvQ, SendQ, TimerMs, Retransmits, RtoUs, Inode };

/// What the kernel told next of that end's socket after a moment. It is asked when all is quiet;
/// what it says is told where anything but a running timer has changed, or where it is awaited().
struct SampledOf {
    SampledField field = SampledField::RecvQ;
    Role endpoint = Role::Client;
    unsigned connection = 1;
    Moment at;
    bool operator==(const SampledOf&) const = default;
};

/// Octets of payload of the datagram.
struct LengthOf {
    OfDatagram datagram;
    bool operator==(const LengthOf&) const = default;
};

/// How many connections there were.
struct Connections {
    bool operator==(const Connections&) const = default;
};

using Value = std::variant<std::int64_t, FieldOf, ResultOf, CountOf, TimeBetween, LongestQueue,
                           Connections, CellOf, SampledOf, LengthOf, Shortest>;

/// A value as a run gives it.
struct Reading {
    std::optional<std::int64_t> number;  ///< nothing: what it is taken from has not happened
    bool settled = false;                ///< what still comes does not change it
    std::vector<EventIndex> seen;        ///< where it was taken from
};

Reading read(const Value& value, const Chronicle& chronicle, bool finished);

/// Behind its number, for a person: " µs", " s" (see shown()) or nothing.
std::string_view unit(const Value& value);

/// A point on the circle of sequence numbers: it is compared modulo 2^32.
bool is_sequence_number(const Value& value);

}  // namespace tcpstep::model::claim
