#include "app/lab/child_process.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <span>
#include <type_traits>
#include <vector>

#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/lab/received_text.hpp"

namespace tcpstep::lab {

namespace {

using lesson::Step;

enum class Wanted : int { Ends, Call, Exit };

struct Request {
    Wanted what = Wanted::Exit;
    int fd = -1;  // of Exit: the status
    const Step* step = nullptr;
};

// With what received_text() needs to cut it.
constexpr std::size_t kMostAnswered = kMostReceived + 4;

struct Answer {
    Given given;
    std::optional<SocketEnds> ends;
    std::size_t received = 0;
    std::array<char, kMostAnswered> text{};
};
static_assert(std::is_trivially_copyable_v<Request> && std::is_trivially_copyable_v<Answer>);

template <class Message>
bool put(int channel, const Message& message) {
    ssize_t sent = -1;
    do {
        sent = send(channel, &message, sizeof message, MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    return sent == ssize_t{sizeof message};
}

template <class Message>
bool get(int channel, Message& message) {
    ssize_t got = -1;
    do {
        got = recv(channel, &message, sizeof message, 0);
    } while (got < 0 && errno == EINTR);
    return got == ssize_t{sizeof message};
}

// All but these, which ascend. The others belong to the lab and to the other end: as long as the
// child had them no close() of theirs would be the last.
void close_all_but(const std::vector<int>& kept) {
    unsigned from = 0;
    for (const int fd : kept) {
        const auto number = static_cast<unsigned>(fd);
        if (from < number) close_range(from, number - 1, 0);
        from = number + 1;
    }
    close_range(from, ~0U, 0);
}

// The child's life. Whatever it calls is async-signal-safe.
[[noreturn]] void serve(int channel, const model::SocketAddress& server, std::span<char> buffer) {
    Answer answer;
    Request request;
    while (put(channel, answer) && get(channel, request)) {
        answer = Answer();
        switch (request.what) {
            case Wanted::Ends:
                answer.ends = ends_of(request.fd);
                break;
            case Wanted::Call:
                answer.given = call_kernel(*request.step, request.fd, server, buffer);
                if (answer.given.value > 0 && takes_data(request.step->call)) {
                    answer.received =
                        std::min(static_cast<std::size_t>(answer.given.value), answer.text.size());
                    std::memcpy(answer.text.data(), buffer.data(), answer.received);
                }
                break;
            case Wanted::Exit:
                _exit(request.fd);
        }
    }
    _exit(0);  // nobody tells it anything any more
}

}  // namespace

std::unique_ptr<ChildProcess> ChildProcess::fork(const std::vector<Step>& steps,
                                                 const model::SocketAddress& server,
                                                 const std::set<int>& kept, bool waited_for) {
    std::array<int, 2> ends{};
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0) return nullptr;
    // All that the child needs of memory.
    std::int64_t size = 0;
    for (const Step& step : steps) size = std::max(size, step.size);
    std::vector<char> buffer(static_cast<std::size_t>(size));
    std::vector<int> keeps = {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO, ends[1]};
    keeps.insert(keeps.end(), kept.begin(), kept.end());
    std::sort(keeps.begin(), keeps.end());
    const pid_t lab = getpid();

    const pid_t pid = ::fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        prctl(PR_SET_NAME, "tcpstep-child");
        if (getppid() != lab) _exit(0);
        close_all_but(keeps);
        serve(ends[1], server, buffer);
    }
    const int why = errno;
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        errno = why;
        return nullptr;
    }
    std::unique_ptr<ChildProcess> child(new ChildProcess(pid, ends[0], waited_for));
    Answer ready;
    if (!get(ends[0], ready)) {
        errno = ECHILD;  // it was killed at once
        return nullptr;
    }
    return child;
}

ChildProcess::~ChildProcess() {
    close(channel_);
    if (!gone_) kill(pid_, SIGKILL);
    if (!gone_ || !waited_for_) waitpid(pid_, nullptr, 0);
}

std::optional<SocketEnds> ChildProcess::ends(int fd) {
    Answer answer;
    const bool told = put(channel_, Request{Wanted::Ends, fd, nullptr}) && get(channel_, answer);
    return told ? answer.ends : std::nullopt;
}

CallResult ChildProcess::call(const Step& step, Descriptors& descriptors) {
    if (step.call == lesson::Call::Exit) {
        exit(step.value);
        return {step.value, 0};
    }
    const auto on = descriptors.find(step.on);
    Answer answer;
    const Request request{Wanted::Call, on == descriptors.end() ? -1 : on->second, &step};
    if (!put(channel_, request) || !get(channel_, answer)) return {-1, ESRCH};  // it was killed
    CallResult result = in_words(step, answer.given, {answer.text.data(), answer.received});
    keep_descriptor(step, result, descriptors);
    return result;
}

void ChildProcess::exit(std::int64_t status) {
    put(channel_, Request{Wanted::Exit, static_cast<int>(status), nullptr});
    siginfo_t how{};
    while (waitid(P_PID, static_cast<id_t>(pid_), &how, WEXITED | WNOWAIT) != 0 && errno == EINTR) {
    }
    gone_ = true;
}

}  // namespace tcpstep::lab
