#include "app/lab/actor.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include "app/lab/asleep.hpp"
#include "app/lab/player.hpp"
#include "app/lab/socket_call.hpp"
#include "app/lab/socket_ends.hpp"

namespace tcpstep::lab {

namespace {

using lesson::Step;
using model::Role;

std::string place(const std::string& who, const Step& step) {
    return fmt::format("{}'s {}()", who, name(step.call));
}

Error unexpected(const std::string& who, const Step& step, const CallResult& result,
                 const Stage& stage) {
    const std::string address =
        step.path.empty() ? to_string(step.address.value_or(stage.lesson.server)) : step.path;
    // In the private network there is no other program.
    if (result.os_errno == EADDRINUSE && stage.network == Network::Host) {
        return {ErrorKind::MachineForbids,
                fmt::format("{} {}: EADDRINUSE, another program uses this port", place(who, step),
                            address),
                "stop it, or choose another port with --port N", result.os_errno};
    }
    if (result.os_errno == EACCES && step.call == lesson::Call::Bind) {
        return {
            ErrorKind::MachineForbids,
            fmt::format("{} {}: EACCES, ports below 1024 are reserved", place(who, step), address),
            "choose another port with --port N", result.os_errno};
    }
    if (result.os_errno == 0) {
        return {
            ErrorKind::DoesNotHold,
            fmt::format("{} succeeded, the lesson expects {}", place(who, step), step.fails_with),
            "", 0};
    }
    return {ErrorKind::DoesNotHold,
            fmt::format("{} failed: {} ({})", place(who, step), errno_name(result.os_errno),
                        std::strerror(result.os_errno)),
            "the trace so far shows what led to it", result.os_errno};
}

// Waits for what the step waits for; false if the run is over.
bool wait_for_turn(const std::string& who, const Step& step, Stage& stage) {
    if (!stage.progress.wait_for(step.after, stage.patience)) {
        stage.progress.failed({ErrorKind::DoesNotHold,
                               fmt::format("the {} waited {} s in vain before its {}()", who,
                                           stage.patience.count() / 1000, name(step.call)),
                               "what it waits for stands in the lesson's \"after\"", 0});
        return false;
    }
    if (step.pause.count() > 0) {
        stage.inbox.put(model::Marker{"pause", fmt::format("{} waits {} ms before {}()", who,
                                                           step.pause.count(), name(step.call))});
        ++stage.pausing;
        stage.progress.pause(step.pause);
        --stage.pausing;
    }
    return !stage.progress.error();
}

// False if the actor must not go on.
bool ended_as_written(const std::string& who, const Step& step, const CallResult& result,
                      Stage& stage) {
    if (step.may_stay_blocked || errno_name(result.os_errno) == step.fails_with) return true;
    Error error = unexpected(who, step, result, stage);
    if (stage.off_script) {
        stage.inbox.put(
            model::Marker{"note", fmt::format("{}; the {} stops here", error.what, who)});
        stage.progress.actor_finished();
    } else {
        stage.progress.failed(std::move(error));
    }
    return false;
}

// The lab's own process.
class OwnHands : public Hands {
  public:
    explicit OwnHands(const Stage& stage) : stage_(stage) {}

    model::Process process() const override { return 0; }
    std::optional<SocketEnds> ends(int fd) override { return ends_of(fd); }
    CallResult call(const Step& step, Descriptors& descriptors) override {
        const CallResult result = make_call(step, descriptors, stage_.lesson.server);
        if (step.call == lesson::Call::Socket && stage_.network == Network::Host)
            allow_address_reuse(static_cast<int>(result.value));
        return result;
    }

  private:
    const Stage& stage_;
};

}  // namespace

bool play_steps(Player& player, const std::vector<Step>& steps) {
    Stage& stage = player.stage();
    for (const Step& step : steps) {
        if (!wait_for_turn(player.who(), step, stage)) return false;
        const CallResult result = player.make(step, [&] {
            stage.progress.entered(player.role(), step.label);
            if (step.may_stay_blocked) stage.progress.actor_finished();
        });
        if (!ended_as_written(player.who(), step, result, stage)) return false;
        stage.progress.returned(player.role(), step.label);
    }
    return true;
}

bool in_the_kernel(const Stage& stage) {
    const auto actors_sleep = [&] {
        return std::all_of(stage.threads.begin(), stage.threads.end(), [](const auto& thread) {
            const pid_t id = thread;
            return id != 0 && asleep(id);
        });
    };
    // Twice the children: an actor may have woken one after it was looked at.
    return stage.children.asleep() && actors_sleep() && stage.children.asleep();
}

bool all_asleep(const Stage& stage) {
    if (stage.pausing != 0) return false;
    const auto about_to_begin = [](const StepQueue& queue) { return queue.about_to_begin(); };
    if (std::any_of(stage.queues.begin(), stage.queues.end(), about_to_begin)) return false;
    return in_the_kernel(stage);
}

void play(lesson::Actor actor, Stage& stage) {
    stage.threads[static_cast<std::size_t>(actor)] = gettid();
    Player player(role_of(actor), stage, std::make_unique<OwnHands>(stage));
    if (actor == lesson::Actor::SecondClient) player.be_second_client();
    while (stage.by_hand) {
        StepQueue& queue = stage.queue(actor);
        const Step step = queue.pop();
        player.make(step, [&queue] { queue.begun(); });
    }
    const auto& steps = stage.lesson.steps(actor);
    if (!play_steps(player, steps)) return;
    if (steps.empty() || !steps.back().may_stay_blocked) stage.progress.actor_finished();
}

}  // namespace tcpstep::lab
