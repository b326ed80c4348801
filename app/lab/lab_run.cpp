#include "app/lab/lab_run.hpp"

#include <array>
#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <cstring>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/lab/channel.hpp"
#include "app/lab/lab_process.hpp"
#include "app/lab/wire.hpp"
#include "model/qlog/reader.hpp"

namespace tcpstep::lab {

namespace {

struct Child {
    pid_t pid = -1;
    int channel = -1;
};

Result<Child> spawn(const std::string& program) {
    std::array<int, 2> ends{};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
        return fail(ErrorKind::MachineForbids, fmt::format("socketpair: {}", std::strerror(errno)),
                    "", errno);
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], kLabChannel);
    std::string name = "tcpstep-lab";
    std::string role = kLabArgument;
    std::array<char*, 3> arguments = {name.data(), role.data(), nullptr};
    Child child;
    const int failed =
        posix_spawn(&child.pid, program.c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    if (failed != 0) {
        close(ends[0]);
        return fail(ErrorKind::MachineForbids,
                    fmt::format("starting the lab ({}): {}", program, std::strerror(failed)), "",
                    failed);
    }
    child.channel = ends[0];
    return child;
}

std::string how_it_ended(int status) {
    if (WIFSIGNALED(status))
        return fmt::format("was killed by signal {} ({})", WTERMSIG(status),
                           strsignal(WTERMSIG(status)));
    return fmt::format("ended with exit status {}", WEXITSTATUS(status));
}

}  // namespace

struct LabRun::Impl {
    LabOptions options;
    RunCommand command;
    std::function<void()> wake;
    Child child;
    std::thread reader;

    std::mutex mutex;
    std::condition_variable arrived;
    std::vector<std::string> lines;  // not yet drained
    bool ended = false;              // nothing more will come

    std::optional<model::qlog::RecordReader> records;
    std::optional<Failure> failure;
    std::optional<Error> host_reason;
    std::optional<Error> free_reason;
    std::uint64_t commands_sent = 0;
    bool settled = false;
    Status status = Status::Running;
    Error error;

    ~Impl() { end(); }

    Result<void> begin();
    int end();
    Status take(model::Trace& trace, const std::vector<std::string>& new_lines, bool now_ended);
    void take_note(const Note& note);
    Status conclude(const model::Trace& trace);
    void read_lines();
    void tell(const std::string& line);
};

Result<void> LabRun::Impl::begin() {
    auto started = spawn(options.program);
    if (!started) return tl::make_unexpected(started.error());
    child = *started;
    ended = false;
    if (!send_all(child.channel, to_line(command))) {
        return fail(ErrorKind::MachineForbids,
                    fmt::format("the lab {} at once", how_it_ended(end())), "run tcpstep doctor");
    }
    reader = std::thread([this] { read_lines(); });
    return {};
}

void LabRun::Impl::read_lines() {
    LineReader in(child.channel);
    std::string line;
    bool more = true;
    while (more) {
        more = in.next(line);
        {
            const std::lock_guard lock(mutex);
            if (more) lines.push_back(std::move(line));
            ended = !more;
        }
        arrived.notify_all();
        if (wake) wake();
    }
}

// Ends the child, whatever it does, and gives its wait status.
int LabRun::Impl::end() {
    int how = 0;
    if (child.pid < 0) return how;
    // Gone already, most often; then this does nothing, for it has not been waited for yet.
    if (waitpid(child.pid, &how, WNOHANG) == 0) {
        kill(child.pid, SIGKILL);
        while (waitpid(child.pid, &how, 0) < 0 && errno == EINTR) {
        }
    }
    shutdown(child.channel, SHUT_RDWR);
    if (reader.joinable()) reader.join();
    close(child.channel);
    child = Child{};
    return how;
}

LabRun::Status LabRun::Impl::take(model::Trace& trace, const std::vector<std::string>& new_lines,
                                  bool now_ended) {
    if (status != Status::Running) return status;
    if (!records) records.emplace(trace);
    for (const std::string& line : new_lines) {
        if (const auto note = parse_note(line)) {
            take_note(*note);
            if (failure) break;
            continue;
        }
        settled = false;
        if (const auto taken = records->take(line); !taken) {
            end();
            error = taken.error();
            return status = Status::Failed;
        }
    }
    return now_ended ? conclude(trace) : status;
}

void LabRun::Impl::take_note(const Note& note) {
    if (const auto* failed = std::get_if<Failure>(&note)) failure = *failed;
    if (const auto* free = std::get_if<RunsFree>(&note)) free_reason = free->reason;
    if (const auto* quiet = std::get_if<Settled>(&note)) settled = quiet->commands == commands_sent;
}

// The lab has said its last word.
LabRun::Status LabRun::Impl::conclude(const model::Trace& trace) {
    // A lab that closes the channel is about to end by itself: wait for how it does.
    int how = 0;
    while (waitpid(child.pid, &how, 0) < 0 && errno == EINTR) {
    }
    child.pid = -1;
    if (reader.joinable()) reader.join();
    close(child.channel);

    if (failure && failure->no_private_network && !host_reason) {
        // The next best thing; if that does not work either, the first reason is the one to tell.
        host_reason = failure->error;
        failure.reset();
        records.reset();
        command.network = Network::Host;
        if (const auto again = begin(); again) return status;
        error = *host_reason;
        return status = Status::Failed;
    }
    if (failure) {
        const bool nothing_ran = trace.events().empty();
        error = host_reason && nothing_ran ? *host_reason : failure->error;
        return status = Status::Failed;
    }
    const auto* last =
        trace.events().empty() ? nullptr : std::get_if<model::Marker>(&trace.events().back().fact);
    if (last != nullptr && last->type == "lesson_finished") return status = Status::Finished;
    error = {ErrorKind::DoesNotHold,
             fmt::format("the lab {} before the lesson was over", how_it_ended(how)),
             "what happened until then is kept", 0};
    return status = Status::Failed;
}

void LabRun::Impl::tell(const std::string& line) {
    if (child.pid < 0) return;
    ++commands_sent;
    settled = false;
    // A lab that is gone is told of by drain().
    send_all(child.channel, line);
}

LabRun::LabRun(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
LabRun::LabRun(LabRun&&) noexcept = default;
LabRun& LabRun::operator=(LabRun&&) noexcept = default;
LabRun::~LabRun() = default;

Result<LabRun> LabRun::start(const lesson::Lesson& lesson, const LabOptions& options,
                             std::function<void()> wake) {
    auto impl = std::make_unique<Impl>();
    impl->options = options;
    impl->command.lesson = lesson.source;
    impl->command.port = options.port;
    impl->command.gated = options.gated;
    impl->command.hold = options.hold;
    impl->command.automatic = options.automatic;
    impl->command.show_retransmissions = options.show_retransmissions;
    impl->command.patience = options.patience;
    impl->command.by_hand = options.by_hand;
    impl->wake = std::move(wake);
    if (auto begun = impl->begin(); !begun) return tl::make_unexpected(begun.error());
    return LabRun(std::move(impl));
}

LabRun::Status LabRun::drain(model::Trace& trace) {
    std::vector<std::string> lines;
    bool ended = false;
    {
        const std::lock_guard lock(impl_->mutex);
        lines = std::exchange(impl_->lines, {});
        ended = impl_->ended;
    }
    return impl_->take(trace, lines, ended);
}

LabRun::Status LabRun::wait(model::Trace& trace) {
    {
        std::unique_lock lock(impl_->mutex);
        impl_->arrived.wait(lock, [this] { return impl_->ended || !impl_->lines.empty(); });
    }
    return drain(trace);
}

const Error& LabRun::error() const {
    return impl_->error;
}

const std::optional<Error>& LabRun::host_reason() const {
    return impl_->host_reason;
}

const std::optional<Error>& LabRun::free_reason() const {
    return impl_->free_reason;
}

void LabRun::command(const GateCommand& command) {
    impl_->tell(to_line(command));
}

void LabRun::call(const MakeCall& call) {
    impl_->tell(to_line(call));
}

bool LabRun::settled() const {
    return impl_->settled;
}

int LabRun::pid() const {
    return impl_->child.pid;
}

}  // namespace tcpstep::lab
