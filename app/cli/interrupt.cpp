#include "app/cli/interrupt.hpp"

#include <atomic>
#include <csignal>

#include <sys/types.h>

namespace tcpstep::cli {

namespace {

// A signal handler can reach nothing but statics.
std::atomic<pid_t> lab{0};
std::atomic<bool> came{false};
static_assert(std::atomic<pid_t>::is_always_lock_free && std::atomic<bool>::is_always_lock_free);

constexpr int kSignals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

void on_signal(int) {
    came = true;
    if (const pid_t pid = lab; pid > 0) kill(pid, SIGKILL);  // async-signal-safe, signal-safety(7)
}

}  // namespace

InterruptEndsLab::InterruptEndsLab() {
    for (int signal : kSignals) std::signal(signal, on_signal);
}

InterruptEndsLab::~InterruptEndsLab() {
    for (int signal : kSignals) std::signal(signal, SIG_DFL);
    lab = 0;
}

void InterruptEndsLab::watch(int lab_pid) {
    lab = lab_pid;
    if (came && lab_pid > 0) kill(lab_pid, SIGKILL);
}

bool InterruptEndsLab::interrupted() {
    return came;
}

}  // namespace tcpstep::cli
