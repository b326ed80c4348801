#include "app/doctor/finding.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

#include <fmt/format.h>

#include "app/strings/strings.hpp"

namespace tcpstep::doctor {

using strings::Text;
using strings::text;

namespace {

std::string_view word(Verdict verdict) {
    switch (verdict) {
        case Verdict::Works:
            return text(Text::DoctorWorks);
        case Verdict::Limited:
            return text(Text::DoctorLimited);
        case Verdict::Missing:
            return text(Text::DoctorMissing);
    }
    return {};
}

}  // namespace

bool can_run_lessons(const std::vector<Finding>& findings) {
    return std::none_of(findings.begin(), findings.end(), [](const Finding& finding) {
        return finding.lessons_need_it && finding.verdict == Verdict::Missing;
    });
}

std::string report(const std::vector<Finding>& findings) {
    std::string lines;
    for (const Finding& finding : findings) {
        fmt::format_to(std::back_inserter(lines), "{:<17} {:<8} {}\n", finding.subject,
                       word(finding.verdict), finding.detail);
        if (!finding.remedy.empty()) {
            fmt::format_to(std::back_inserter(lines), "{:<26} -> {}\n", "", finding.remedy);
        }
    }
    const Text sum = can_run_lessons(findings) ? Text::DoctorLessonsRun : Text::DoctorLessonsDoNot;
    fmt::format_to(std::back_inserter(lines), "\n{}\n", text(sum));
    return lines;
}

}  // namespace tcpstep::doctor
