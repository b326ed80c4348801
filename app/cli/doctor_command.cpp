#include <fmt/format.h>

#include "app/cli/commands.hpp"
#include "app/doctor/doctor.hpp"

namespace tcpstep::cli {

Result<void> run_doctor() {
    const auto findings = doctor::examine();
    fmt::print("{}", doctor::report(findings));
    if (doctor::can_run_lessons(findings)) return {};
    return fail(ErrorKind::MachineForbids, "lessons cannot run live on this machine",
                "see the remedies above");
}

}  // namespace tcpstep::cli
