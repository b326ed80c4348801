#include "app/doctor/judge.hpp"

#include <cerrno>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/strings/strings.hpp"

namespace tcpstep::doctor {

using strings::Text;
using strings::text;

namespace {

std::string words(Text id) {
    return std::string(text(id));
}

template <class... Values>
std::string filled(Text id, const Values&... values) {
    return fmt::format(fmt::runtime(text(id)), values...);
}

Finding kernel(const MachineFacts& facts) {
    return {words(Text::DoctorKernel), Verdict::Works, "Linux " + facts.kernel, {}};
}

// Without it lessons run on the host's loopback, where that may be captured.
Verdict without_private_network(const MachineFacts& facts) {
    return facts.host_capture ? Verdict::Missing : Verdict::Limited;
}

Finding private_network(const MachineFacts& facts) {
    Finding finding{words(Text::DoctorPrivateNetwork),
                    Verdict::Works,
                    words(Text::DoctorPrivateNetworkWorks),
                    {},
                    true};
    if (const Refusal& refusal = facts.private_network.entered) {
        finding.verdict = without_private_network(facts);
        finding.detail = finding.verdict == Verdict::Missing
                             ? refusal->what
                             : filled(Text::DoctorPrivateNetworkHost, refusal->what);
        finding.remedy = refusal->remedy;
    }
    return finding;
}

Finding private_capture(const MachineFacts& machine) {
    const PrivateNetworkFacts& facts = machine.private_network;
    Finding finding{words(Text::DoctorPrivateCapture),
                    Verdict::Works,
                    words(Text::DoctorPrivateCaptureWorks),
                    {},
                    true};
    if (facts.entered) {
        finding.verdict = without_private_network(machine);
        finding.detail = words(Text::DoctorNotTried);
    } else if (facts.capture) {
        finding.verdict = Verdict::Missing;
        finding.detail = facts.capture->what;
        finding.remedy = words(Text::DoctorPrivateCaptureRemedy);
    }
    return finding;
}

Finding lessons(const MachineFacts& facts) {
    Finding finding{words(Text::DoctorLessons), Verdict::Works, {}, {}, true};
    if (facts.lessons) {
        finding.detail = filled(Text::DoctorLessonsFound, *facts.lessons, facts.lessons_folder);
    } else {
        finding.verdict = Verdict::Missing;
        finding.detail = facts.lessons.error().what;
        finding.remedy = facts.lessons.error().remedy;
    }
    return finding;
}

// Without it lessons run at the kernel's own speed and are stepped through afterwards.
Finding holding(const PrivateNetworkFacts& facts) {
    Finding finding{words(Text::DoctorHolding), Verdict::Limited, {}, {}};
    if (facts.entered) {
        finding.detail = words(Text::DoctorNotTried);
    } else if (facts.gate) {
        finding.detail = filled(Text::DoctorHoldingRefused, facts.gate->what);
        finding.remedy = facts.gate->remedy;
    } else {
        finding.verdict = Verdict::Works;
        finding.detail = filled(Text::DoctorHoldingWorks, facts.gate_program);
    }
    return finding;
}

Finding display(const Display& facts) {
    Finding finding{words(Text::DoctorDisplay), Verdict::Works, facts.name, {}};
    if (facts.name.empty()) {
        finding.verdict = Verdict::Limited;
        finding.detail = words(Text::DoctorDisplayNone);
        finding.remedy = words(Text::DoctorDisplayNoneRemedy);
    } else if (!facts.answers) {
        finding.verdict = Verdict::Limited;
        finding.detail = filled(Text::DoctorDisplaySilent, facts.name);
        finding.remedy = words(Text::DoctorDisplaySilentRemedy);
    }
    return finding;
}

Finding fonts(const MachineFacts& facts) {
    Finding finding{words(Text::DoctorFonts), Verdict::Works, words(Text::DoctorFontsWork), {}};
    if (!facts.absent_fonts.empty()) {
        finding.verdict = Verdict::Limited;
        finding.detail = filled(Text::DoctorFontsAbsent, fmt::join(facts.absent_fonts, ", "));
        finding.remedy = words(Text::DoctorFontsRemedy);
    }
    return finding;
}

// Only other programs' connections need it.
Finding host_capture(const MachineFacts& facts) {
    Finding finding{
        words(Text::DoctorHostCapture), Verdict::Works, words(Text::DoctorHostCaptureWorks), {}};
    if (facts.host_capture) {
        finding.verdict = Verdict::Limited;
        finding.detail = filled(Text::DoctorHostCaptureRefused, facts.host_capture->what);
        finding.remedy = facts.host_capture->os_errno == EPERM
                             ? filled(Text::DoctorHostCaptureRemedy, facts.program)
                             : facts.host_capture->remedy;
    }
    return finding;
}

}  // namespace

std::vector<Finding> judge(const MachineFacts& facts) {
    return {private_network(facts), private_capture(facts),
            lessons(facts),         holding(facts.private_network),
            display(facts.display), fonts(facts),
            host_capture(facts),    kernel(facts)};
}

}  // namespace tcpstep::doctor
