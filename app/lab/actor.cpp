#include "app/lab/actor.hpp"

#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "app/lab/socket_call.hpp"

namespace tcpstep::lab {

namespace {

using lesson::Step;
using model::Role;

// A free-running lesson takes milliseconds; whoever waits longer than this waits for what will not
// come.
constexpr std::chrono::seconds kPatience{20};

std::string place(Role role, const Step& step) {
    return fmt::format("{}'s {}()", name(role), name(step.call));
}

Error unexpected(Role role, const Step& step, const CallResult& result, const Stage& stage) {
    const std::string address = to_string(stage.lesson.server);
    // In the private network there is no other program.
    if (result.os_errno == EADDRINUSE && stage.network == Network::Host) {
        return {ErrorKind::MachineForbids,
                fmt::format("{} {}: EADDRINUSE, another program uses this port", place(role, step),
                            address),
                "stop it, or choose another port with --port N", result.os_errno};
    }
    if (result.os_errno == EACCES && step.call == lesson::Call::Bind) {
        return {
            ErrorKind::MachineForbids,
            fmt::format("{} {}: EACCES, ports below 1024 are reserved", place(role, step), address),
            "choose another port with --port N", result.os_errno};
    }
    if (result.os_errno == 0) {
        return {
            ErrorKind::DoesNotHold,
            fmt::format("{} succeeded, the lesson expects {}", place(role, step), step.fails_with),
            "", 0};
    }
    return {ErrorKind::DoesNotHold,
            fmt::format("{} failed: {} ({})", place(role, step), errno_name(result.os_errno),
                        std::strerror(result.os_errno)),
            "the trace so far shows what led to it", result.os_errno};
}

// Waits for what the step waits for; false if the run is over.
bool wait_for_turn(Role role, const Step& step, Stage& stage) {
    if (!stage.progress.wait_for(step.after, kPatience)) {
        stage.progress.failed({ErrorKind::DoesNotHold,
                               fmt::format("the {} waited {} s in vain before its {}()", name(role),
                                           kPatience.count(), name(step.call)),
                               "what it waits for stands in the lesson's \"after\"", 0});
        return false;
    }
    if (step.pause.count() > 0) {
        stage.inbox.put(model::Marker{"pause", fmt::format("{} waits {} ms before {}()", name(role),
                                                           step.pause.count(), name(step.call))});
        stage.progress.pause(step.pause);
    }
    return !stage.progress.error();
}

}  // namespace

void play_role(Role role, Stage& stage) {
    Descriptors descriptors;
    for (const Step& step : stage.lesson.steps(role)) {
        if (!wait_for_turn(role, step, stage)) return;
        const model::CallId id = stage.next_call++;
        const std::string call(name(step.call));
        auto arguments = arguments_of(step, descriptors, stage.lesson.server);
        stage.inbox.put(model::CallEntered{id, role, call, std::move(arguments)});
        stage.progress.entered(role, step.label);
        const CallResult result = make_call(step, descriptors, stage.lesson.server);
        if (step.call == lesson::Call::Socket && stage.network == Network::Host) {
            allow_address_reuse(static_cast<int>(result.value));
        }
        stage.inbox.put(
            model::CallReturned{id, role, call, result.value, errno_name(result.os_errno)});
        if (errno_name(result.os_errno) != step.fails_with) {
            stage.progress.failed(unexpected(role, step, result, stage));
            return;
        }
        stage.progress.returned(role, step.label);
    }
    stage.progress.actor_finished();
}

}  // namespace tcpstep::lab
