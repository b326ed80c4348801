#include "app/lab/player.hpp"

#include <algorithm>
#include <cerrno>
#include <future>
#include <mutex>
#include <shared_mutex>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/lab/actor.hpp"
#include "app/lab/child_process.hpp"
#include "app/lab/socket_call.hpp"

namespace tcpstep::lab {

using lesson::Call;
using lesson::Step;

std::optional<SocketEnds> Connected::ends(const Step& step, const Descriptors& descriptors,
                                          Hands& hands) {
    const auto found = descriptors.find(step.on);
    if (found == descriptors.end()) return std::nullopt;
    if (const auto now = hands.ends(found->second)) known_[found->second] = *now;
    const auto known = known_.find(found->second);
    if (known == known_.end()) return std::nullopt;
    const SocketEnds ends = known->second;
    if (step.call == Call::Close) known_.erase(known);
    return ends;
}

void Connected::duplicated(const Step& step, const Descriptors& descriptors, int copy) {
    const auto known = known_.find(descriptors.at(step.on));
    if (known != known_.end()) known_[copy] = known->second;
}

Player::Player(model::Role role, Stage& stage, std::unique_ptr<Hands> hands)
    : role_(role), stage_(stage), hands_(std::move(hands)) {}

std::string Player::who() const {
    const std::string end(name(role_));
    return hands_->process() == 0 ? end : fmt::format("{}'s child {}", end, hands_->process());
}

CallResult Player::make(const Step& step, const std::function<void()>& begun) {
    const model::CallId id = stage_.next_call++;
    const std::string name(lesson::name(step.call));
    auto arguments = arguments_of(step, descriptors_, stage_.lesson.server);
    if (step.call == Call::WaitPid) arguments.push_back({"pid", std::int64_t{children_[step.on]}});
    if (step.call == Call::Socket && second_client_)
        arguments.push_back({"client", std::int64_t{2}});
    const auto ends = connected_.ends(step, descriptors_, *hands_);
    stage_.inbox.put(model::CallEntered{id, role_, name, std::move(arguments), hands_->process()},
                     ends);
    begun();
    const CallResult result = call(step);
    stage_.inbox.put(
        model::CallReturned{id, role_, name, result.value, errno_name(result.os_errno), result.text,
                            result.address, result.datagram_length, hands_->process()},
        ends);
    if (step.call == Call::Dup && result.os_errno == 0)
        connected_.duplicated(step, descriptors_, static_cast<int>(result.value));
    if (go_) std::exchange(go_, nullptr)();
    return result;
}

CallResult Player::call(const Step& step) {
    if (step.call == Call::Fork) return fork(step);
    if (step.call == Call::WaitPid) return wait_for_child(step);
    if (step.call != Call::Close) {
        const CallResult result = hands_->call(step, descriptors_);
        if (result.os_errno == 0 && !step.as.empty()) open_.insert(static_cast<int>(result.value));
        return result;
    }
    const std::shared_lock nobody_forks(stage_.forking);
    // Linux gives the descriptor back whatever close() returns. close(2)
    if (const auto on = descriptors_.find(step.on); on != descriptors_.end())
        open_.erase(on->second);
    return hands_->call(step, descriptors_);
}

// What a child begins with.
struct Player::Birth {
    Player child;
    std::vector<Step> steps;
    bool waited_for;
    Children::Key key;
    std::promise<CallResult> born;  // what fork() gives its parent
    std::shared_future<void> go;    // the parent has told of it
};

// Its thread, with which it dies: prctl(2), PR_SET_PDEATHSIG.
void Player::live(const std::shared_ptr<Birth>& birth) {
    Player& self = birth->child;
    Stage& stage = self.stage_;
    std::unique_ptr<ChildProcess> process;
    int why = 0;
    {
        const std::unique_lock alone(stage.forking);
        process =
            ChildProcess::fork(birth->steps, stage.lesson.server, self.open_, birth->waited_for);
        why = errno;
    }
    if (!process) {
        stage.children.gone(birth->key);
        birth->born.set_value({-1, why});
        return;
    }
    const pid_t pid = process->pid();
    self.hands_ = std::move(process);
    stage.children.known(birth->key, pid, gettid());
    birth->born.set_value({pid, 0});
    birth->go.wait();

    const auto& steps = birth->steps;
    const bool as_written = play_steps(self, steps);
    const bool exits = !steps.empty() && steps.back().call == Call::Exit;
    if (!as_written || !exits) {
        Step exit;
        exit.call = Call::Exit;
        self.make(exit, [] {});
    }
    stage.children.gone(birth->key);
    if (as_written && (steps.empty() || !steps.back().may_stay_blocked))
        stage.progress.actor_finished();
}

CallResult Player::fork(const Step& step) {
    const auto waits = [&](const Step& other) {
        return other.call == Call::WaitPid && other.on == step.as;
    };
    const auto waited_for = [&](lesson::Actor actor) {
        const auto& steps = stage_.lesson.steps(actor);
        return role_of(actor) == role_ && std::any_of(steps.begin(), steps.end(), waits);
    };
    const bool zombie = std::any_of(lesson::kActors.begin(), lesson::kActors.end(), waited_for);

    auto told = std::make_shared<std::promise<void>>();
    Player child(role_, stage_, nullptr);
    child.descriptors_ = descriptors_;
    child.open_ = open_;
    child.connected_ = connected_;
    const auto birth = std::make_shared<Birth>(Birth{std::move(child),
                                                     step.child,
                                                     zombie,
                                                     stage_.children.expect(),
                                                     {},
                                                     told->get_future().share()});
    auto born = birth->born.get_future();
    std::thread([birth] { live(birth); }).detach();
    const CallResult result = born.get();
    if (result.os_errno != 0) return result;
    children_[step.as] = static_cast<pid_t>(result.value);
    stage_.progress.actor_begun();
    go_ = [told] { told->set_value(); };
    return result;
}

CallResult Player::wait_for_child(const Step& step) {
    int how = 0;
    pid_t pid = -1;
    do {
        pid = waitpid(children_.at(step.on), &how, 0);
    } while (pid < 0 && errno == EINTR);
    if (pid < 0) return {-1, errno};
    CallResult result{pid, 0};
    result.text = WIFSIGNALED(how) ? fmt::format("killed by signal {}", WTERMSIG(how))
                                   : fmt::format("exit status {}", WEXITSTATUS(how));
    return result;
}

}  // namespace tcpstep::lab
