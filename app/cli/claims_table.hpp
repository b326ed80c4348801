#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "app/lesson/lesson.hpp"
#include "model/trace.hpp"

namespace tcpstep::cli {

/// How many claims a trace has checked, and how many of them hold.
struct ClaimCount {
    std::size_t checked = 0;
    std::size_t holding = 0;
    bool operator==(const ClaimCount&) const = default;
};
ClaimCount count_claims(const model::Trace& trace);

/// What the lesson claims, of patient runs too.
std::vector<lesson::Claim> claims_of(const lesson::Lesson& lesson, bool patience);

/// "5 of 13 claims hold, 8 were not reached"; "" where nothing is claimed.
std::string closing_text(const model::Trace& trace, const std::vector<lesson::Claim>& claims);

/// Those of the claims that the trace has not checked, as open.
std::string not_reached_text(const model::Trace& trace, const std::vector<lesson::Claim>& claims,
                             std::size_t columns);

/// Which of them are told.
enum class Claims { All, Refuted };

/// Each claim with its outcome, and what shows it in the lines below, each of at most `columns`.
/// Empty if there is none.
std::string claims_text(const model::Trace& trace, Claims which, std::size_t columns);

/// The claims of a lesson that only a run with --patience checks, in the same way, as open.
std::string not_waited_text(const lesson::Lesson& lesson, std::size_t columns);

}  // namespace tcpstep::cli
