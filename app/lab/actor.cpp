#include "app/lab/actor.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include "app/lab/asleep.hpp"
#include "app/lab/socket_call.hpp"
#include "app/lab/socket_ends.hpp"

namespace tcpstep::lab {

namespace {

using lesson::Step;
using model::Role;

std::string place(Role role, const Step& step) {
    return fmt::format("{}'s {}()", name(role), name(step.call));
}

Error unexpected(Role role, const Step& step, const CallResult& result, const Stage& stage) {
    const std::string address =
        step.path.empty() ? to_string(step.address.value_or(stage.lesson.server)) : step.path;
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

// The connections behind an actor's descriptors. A socket that was reset is not connected any more,
// but its calls are still about its connection.
class Connected {
  public:
    std::optional<SocketEnds> ends(const Step& step, const Descriptors& descriptors) {
        const auto found = descriptors.find(step.on);
        if (found == descriptors.end()) return std::nullopt;
        if (const auto now = ends_of(found->second)) known_[found->second] = *now;
        const auto known = known_.find(found->second);
        if (known == known_.end()) return std::nullopt;
        const SocketEnds ends = known->second;
        if (step.call == lesson::Call::Close) known_.erase(known);
        return ends;
    }

    // `copy` is the same socket as the step's: dup().
    void duplicated(const Step& step, const Descriptors& descriptors, int copy) {
        const auto known = known_.find(descriptors.at(step.on));
        if (known != known_.end()) known_[copy] = known->second;
    }

  private:
    std::map<int, SocketEnds> known_;
};

// Waits for what the step waits for; false if the run is over.
bool wait_for_turn(Role role, const Step& step, Stage& stage) {
    if (!stage.progress.wait_for(step.after, stage.patience)) {
        stage.progress.failed({ErrorKind::DoesNotHold,
                               fmt::format("the {} waited {} s in vain before its {}()", name(role),
                                           stage.patience.count() / 1000, name(step.call)),
                               "what it waits for stands in the lesson's \"after\"", 0});
        return false;
    }
    if (step.pause.count() > 0) {
        stage.inbox.put(model::Marker{"pause", fmt::format("{} waits {} ms before {}()", name(role),
                                                           step.pause.count(), name(step.call))});
        ++stage.pausing;
        stage.progress.pause(step.pause);
        --stage.pausing;
    }
    return !stage.progress.error();
}

}  // namespace

bool all_asleep(const Stage& stage) {
    if (stage.pausing != 0) return false;
    const auto about_to_begin = [](const StepQueue& queue) { return queue.about_to_begin(); };
    if (std::any_of(stage.queues.begin(), stage.queues.end(), about_to_begin)) return false;
    return in_the_kernel(stage);
}

bool in_the_kernel(const Stage& stage) {
    return std::all_of(stage.threads.begin(), stage.threads.end(), [](const auto& thread) {
        const pid_t id = thread;
        return id != 0 && asleep(id);
    });
}

namespace {

// One actor while it plays.
struct Player {
    Role role;
    Stage& stage;
    Descriptors descriptors;
    Connected connected;

    template <class Begun>
    CallResult make(const Step& step, Begun begun) {
        const model::CallId id = stage.next_call++;
        const std::string call(name(step.call));
        auto arguments = arguments_of(step, descriptors, stage.lesson.server);
        const auto ends = connected.ends(step, descriptors);
        stage.inbox.put(model::CallEntered{id, role, call, std::move(arguments)}, ends);
        begun();
        const CallResult result = make_call(step, descriptors, stage.lesson.server);
        if (step.call == lesson::Call::Socket && stage.network == Network::Host) {
            allow_address_reuse(static_cast<int>(result.value));
        }
        stage.inbox.put(
            model::CallReturned{id, role, call, result.value, errno_name(result.os_errno),
                                result.text, result.address, result.datagram_length},
            ends);
        if (step.call == lesson::Call::Dup && result.os_errno == 0) {
            connected.duplicated(step, descriptors, static_cast<int>(result.value));
        }
        return result;
    }
};

// False if the actor must not go on.
bool ended_as_written(Role role, const Step& step, const CallResult& result, Stage& stage) {
    if (step.may_stay_blocked || errno_name(result.os_errno) == step.fails_with) return true;
    Error error = unexpected(role, step, result, stage);
    if (stage.off_script) {
        stage.inbox.put(
            model::Marker{"note", fmt::format("{}; the {} stops here", error.what, name(role))});
        stage.progress.actor_finished();
    } else {
        stage.progress.failed(std::move(error));
    }
    return false;
}

}  // namespace

void play(lesson::Actor actor, Stage& stage) {
    const Role role = role_of(actor);
    stage.threads[static_cast<std::size_t>(actor)] = gettid();
    Player player{role, stage, {}, {}};
    while (stage.by_hand) {
        StepQueue& queue = stage.queue(actor);
        const Step step = queue.pop();
        player.make(step, [&queue] { queue.begun(); });
    }
    const auto& steps = stage.lesson.steps(actor);
    for (const Step& step : steps) {
        if (!wait_for_turn(role, step, stage)) return;
        const CallResult result = player.make(step, [&] {
            stage.progress.entered(role, step.label);
            if (step.may_stay_blocked) stage.progress.actor_finished();
        });
        if (!ended_as_written(role, step, result, stage)) return;
        stage.progress.returned(role, step.label);
    }
    if (steps.empty() || !steps.back().may_stay_blocked) stage.progress.actor_finished();
}

}  // namespace tcpstep::lab
