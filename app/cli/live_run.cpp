#include "app/cli/live_run.hpp"

#include <string>

#include <fmt/format.h>

#include "app/cli/output.hpp"
#include "app/view/say.hpp"

namespace tcpstep::cli {

namespace {

// Lessons run all the same, but not as they should.
void tell_limits(const lab::LabRun& lab) {
    using strings::Text;
    if (const auto& why = lab.host_reason()) {
        print_err("{}\n", view::say(Text::TerminalOnHost, why->what));
    }
    if (const auto& why = lab.free_reason()) {
        print_err("{}\n", view::say(Text::TerminalRunsFree, why->line()));
    }
}

}  // namespace

LiveRun::Status LiveRun::drain() {
    interrupt_.watch(lab_.pid());
    return took_in(lab_.drain(trace_));
}

LiveRun::Status LiveRun::wait() {
    interrupt_.watch(lab_.pid());
    return took_in(lab_.wait(trace_));
}

LiveRun::Status LiveRun::took_in(Status status) {
    // Certain once the first event has come.
    if (!told_ && !trace_.events().empty()) {
        told_ = true;
        tell_limits(lab_);
    }
    sink_.grow(trace_);
    return status;
}

Result<void> LiveRun::outcome(Status status, std::string_view interrupted) const {
    if (status != Status::Failed) return {};
    if (!InterruptEndsLab::interrupted()) return tl::make_unexpected(lab_.error());
    return fail(ErrorKind::DoesNotHold, std::string(interrupted),
                "what happened until then is kept");
}

}  // namespace tcpstep::cli
