#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/connection.hpp"
#include "model/timeline.hpp"

namespace tcpstep::model {

/// What a student is asked before a held segment is delivered.
struct Question {
    SegmentId segment = 0;
    Role endpoint = Role::Client;  ///< the segment's receiver, whom it is about
    Asked asked = Asked::NextState;
    State state = State::Unknown;      ///< the receiver's, when it was asked
    std::vector<std::string> choices;  ///< 2 to 4, each another one, as PredictionChecked says
    std::vector<CallId> blocked;       ///< CallReturns: the calls that blocked then

    bool operator==(const Question&) const = default;
};

/// The choice of a CallReturns question that says that no call returns.
inline constexpr std::string_view kNoCall = "none";

/// The question to ask of `segment`, which is in flight in `connection` and the next to arrive. Of
/// those that fit it `seed` chooses one, and the order of its choices: the same seed asks the same.
/// Nothing where every answer would be the same for all segments of its kind.
///
/// The model's own expectation is always among the choices; nobody is told which one it is.
std::optional<Question> ask(const Connection& connection, const Segment& segment,
                            std::uint64_t seed);

/// What became of a question.
struct Outcome {
    enum class Kind : std::uint8_t {
        Awaited,    ///< the kernel has not shown it yet
        Told,       ///< `actual` came true
        Withdrawn,  ///< the kernel does not tell, or something came between
    };
    Kind kind = Kind::Awaited;
    std::string actual;
    std::size_t evidence = 0;  ///< Told: the event that shows it

    bool operator==(const Outcome&) const = default;
};

/// What the events of its connection from `asked_at` on, when it was asked, say of a question.
/// Nothing is computed but from what has happened: the state is one that the kernel's sample
/// confirms, the number stands in a segment that was captured, the call has returned. `settled`:
/// nothing more happens, and the kernel was asked since the last event.
Outcome outcome_of(const Question& question, const Timeline& timeline, std::size_t asked_at,
                   bool settled);

/// Questions that were answered and told, and how many answers were right.
struct Score {
    std::size_t right = 0;
    std::size_t asked = 0;
    bool operator==(const Score&) const = default;
};
Score score_of(const Trace& trace);

}  // namespace tcpstep::model
