#pragma once

#include <optional>
#include <variant>

#include "model/claim/chronicle.hpp"
#include "model/segment_choice.hpp"

namespace tcpstep::model::claim {

/// What happens to a segment.
enum class Fate : std::uint8_t {
    Sent,
    Held,
    Delivered,
    Dropped,
    DeliveredTwice  ///< and so was a copy of it: the gate's, or one that it had absorbed
};

/// Something happens to the segment: the first of those chosen to which it happens.
struct OfSegment {
    SegmentChoice segment;
    Fate fate = Fate::Sent;
    bool operator==(const OfSegment&) const = default;
};

/// The `nth` call of `actor`, from 1, was entered, or has returned; or that of its `child`, the nth
/// that it forked.
struct OfCall {
    Role actor = Role::Client;
    unsigned nth = 1;
    bool returned = true;
    unsigned child = 0;
    bool operator==(const OfCall&) const = default;
};

/// An end came into a state, the first time; `connection` from 1.
struct OfState {
    Role endpoint = Role::Client;
    State state = State::Unknown;
    unsigned connection = 1;
    bool operator==(const OfState&) const = default;
};

/// A UDP datagram was sent: the `nth` that `from` sent, from 1; 0: each.
struct OfDatagram {
    std::optional<Role> from;
    unsigned nth = 0;
    bool operator==(const OfDatagram&) const = default;
};

/// An ICMP error was sent: the `nth` of that end, from 1; 0: each.
struct OfIcmpError {
    std::optional<Role> from;
    unsigned nth = 0;
    bool operator==(const OfIcmpError&) const = default;
};

/// A moment of a run, as lessons name it.
using Moment = std::variant<OfSegment, OfCall, OfState, OfDatagram, OfIcmpError>;

/// The segments chosen, in the order in which they were sent; with `nth` one at most. Copies that
/// the gate made, or absorbed, and injected ones are left out.
std::vector<const SegmentRecord*> chosen(const SegmentChoice& choice, const Chronicle& chronicle);

/// The nth call of that process; nullptr if it was not made.
const CallRecord* chosen(const OfCall& call, const Chronicle& chronicle);

/// When that happened to the segment; nothing if it did not.
std::optional<EventIndex> when(const SegmentRecord& segment, Fate fate);

/// When it was; nothing if it has not come.
std::optional<EventIndex> find(const Moment& moment, const Chronicle& chronicle);

/// Each time it was: of all the segments chosen, and each time that the state was entered.
std::vector<EventIndex> find_all(const Moment& moment, const Chronicle& chronicle);

}  // namespace tcpstep::model::claim
