#pragma once

#include <string>
#include <vector>

namespace tcpstep::doctor {

enum class Verdict {
    Works,
    Limited,  ///< not there, and the program does the next best thing, which `detail` names
    Missing,
};

/// What this machine allows in one respect.
struct Finding {
    std::string subject;  ///< "Private network"
    Verdict verdict = Verdict::Works;
    std::string detail;  ///< one line: what was found, and why it is so
    std::string remedy;  ///< what to do, a command where there is one; empty if nothing is needed
    bool lessons_need_it = false;

    bool operator==(const Finding&) const = default;
};

/// Nothing that a live lesson needs is missing: `tcpstep doctor` ends with 0, otherwise with 3.
bool can_run_lessons(const std::vector<Finding>& findings);

/// A line each, its remedy in a line under it, and the sum of it all in the last line.
std::string report(const std::vector<Finding>& findings);

}  // namespace tcpstep::doctor
