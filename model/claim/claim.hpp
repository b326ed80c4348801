#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "model/claim/header_field.hpp"
#include "model/claim/value.hpp"

namespace tcpstep::model::claim {

// What can be claimed of a run. Each is a predicate over its trace, by the name that lesson files
// use for it.

/// "in_order": the moments come, each after the one before it.
struct InOrder {
    std::vector<Moment> moments;
    bool operator==(const InOrder&) const = default;
};

/// "states": an end of a connection goes through these, from its first on, and no others between.
struct Passes {
    Role endpoint = Role::Client;
    unsigned connection = 1;
    std::vector<State> states;
    bool operator==(const Passes&) const = default;
};

/// "state_is": an end is in that state at a moment, and the kernel, asked after that moment, says
/// so of its socket before the state changes again.
struct StateIs {
    Role endpoint = Role::Client;
    unsigned connection = 1;
    State state = State::Unknown;
    Moment at;
    bool operator==(const StateIs&) const = default;
};

/// "never": the moment does not come in that part of the run.
struct Never {
    Moment moment;
    Span span;
    bool operator==(const Never&) const = default;
};

enum class Relation : std::uint8_t { Equal, Differ, AtLeast, AtMost };

/// "equal", "differ", "at_least", "at_most": of two values, `plus` being added to the right one.
struct Compares {
    Relation relation = Relation::Equal;
    Value left;
    Value right;
    std::int64_t plus = 0;
    bool operator==(const Compares&) const = default;
};

/// "fails_with": the call fails with that errno.
struct FailsWith {
    OfCall call;
    std::string error;  ///< "ECONNREFUSED"
    bool operator==(const FailsWith&) const = default;
};

/// "gives": the call gave that text besides its result: what was received, an address.
struct Gives {
    OfCall call;
    std::string value;
    bool operator==(const Gives&) const = default;
};

/// "column_is": the kernel printed that in a cell of /proc/net/tcp.
struct ColumnIs {
    CellOf cell;
    std::string value;  ///< "0100007F"
    bool operator==(const ColumnIs&) const = default;
};

/// "octets_are": a field of the first of the segments chosen went over the wire as these octets.
struct OctetsAre {
    SegmentChoice segment;
    HeaderField field = HeaderField::SourcePort;
    std::string value;  ///< "1F 40"
    bool operator==(const OctetsAre&) const = default;
};

using Predicate =
    std::variant<InOrder, Passes, StateIs, Never, Compares, FailsWith, Gives, ColumnIs, OctetsAre>;

}  // namespace tcpstep::model::claim
