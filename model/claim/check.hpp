#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/claim/claim.hpp"

namespace tcpstep::model::claim {

enum class Outcome : std::uint8_t {
    Open,     ///< what decides it has not come yet
    Holds,    ///
    Refuted,  ///< it does not hold in this run
};

/// What a run says of a claim, with the evidence.
struct Verdict {
    Outcome outcome = Outcome::Open;
    std::vector<EventIndex> seen;  ///< the events that show it, in the order of the claim
    std::string found;             ///< what was found, in numbers and names: "1720913140"
    std::string expected;          ///< what the claim expects instead; empty if that is plain
};

/// Checks a claim on a run, as far as it has come; `finished`: nothing more comes, so that every
/// claim is decided. Once decided, the verdict stays what it is however the trace grows. Pure.
Verdict check(const Predicate& claim, const Chronicle& chronicle, bool finished);

/// The same of a claim that speaks of what must have come for it to mean anything: `given`, each
/// after the one before. Until then it is open, and it does not hold if that never comes; `found`
/// then says what is missing: "no second SYN", "no lost segment of data".
Verdict check(const Predicate& claim, const std::vector<Moment>& given, const Chronicle& chronicle,
              bool finished);

/// What a bounded "never" that holds was found among: "none of 7 segments, 3 calls". With UDP
/// alone datagrams stand in place of the segments.
inline constexpr std::string_view kNoneOf = "none of ";
inline constexpr std::string_view kNoneOfSegments = " segments, ";
inline constexpr std::string_view kNoneOfDatagrams = " datagrams, ";
inline constexpr std::string_view kNoneOfCalls = " calls";

inline constexpr std::string_view kNoSecond = "no second ";
inline constexpr std::string_view kNoLost = "no lost ";
inline constexpr std::string_view kDataSegment = "segment of data";

}  // namespace tcpstep::model::claim
