#include <fmt/format.h>

#include "app/cli/commands.hpp"
#include "app/cli/output.hpp"
#include "app/doctor/doctor.hpp"

namespace tcpstep::cli {

bool run_doctor() {
    const auto findings = doctor::examine();
    print("{}", doctor::report(findings));
    return doctor::can_run_lessons(findings);
}

}  // namespace tcpstep::cli
