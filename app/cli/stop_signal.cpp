#include "app/cli/stop_signal.hpp"

#include <atomic>

#include <unistd.h>

namespace tcpstep::cli {

namespace {

// A signal handler can reach nothing but statics.
std::atomic<bool> has_come{false};
static_assert(std::atomic<bool>::is_always_lock_free);

constexpr std::array kStopping = {SIGINT, SIGTERM, SIGHUP};

// A read(2) that begins just after the signal came would wait all the same: SIGALRM interrupts it.
void on_signal(int) {
    has_come = true;
    alarm(1);  // async-signal-safe, signal-safety(7)
}

void on_alarm(int) {
    alarm(1);
}

// Without SA_RESTART: what waits must end.
struct sigaction acting(void (*handler)(int), unsigned flags) {
    struct sigaction action {};
    action.sa_handler = handler;
    action.sa_flags = static_cast<int>(flags);
    return action;
}

}  // namespace

StopSignal::StopSignal() {
    static_assert(kStopping.size() == kSignals);
    has_come = false;
    const struct sigaction remember = acting(on_signal, SA_RESETHAND);
    const struct sigaction again = acting(on_alarm, 0);
    sigaction(SIGALRM, &again, &before_alarm_);
    for (std::size_t i = 0; i < kSignals; ++i) {
        sigaction(kStopping[i], nullptr, &before_[i]);
        if (before_[i].sa_handler != SIG_IGN) sigaction(kStopping[i], &remember, nullptr);
    }
}

StopSignal::~StopSignal() {
    alarm(0);
    sigaction(SIGALRM, &before_alarm_, nullptr);
    for (std::size_t i = 0; i < kSignals; ++i) sigaction(kStopping[i], &before_[i], nullptr);
}

bool StopSignal::came() {
    return has_come;
}

}  // namespace tcpstep::cli
