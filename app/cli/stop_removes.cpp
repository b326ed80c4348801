#include "app/cli/stop_removes.hpp"

#include <algorithm>
#include <climits>

#include <unistd.h>

namespace tcpstep::cli {

namespace {

constexpr std::array kStopping = {SIGINT, SIGTERM, SIGHUP};

// A signal handler can reach nothing but statics. It is filled before there is a handler.
std::array<char, PATH_MAX> unfinished{};

// unlink(2) and raise(3) are async-signal-safe, signal-safety(7). Reset by SA_RESETHAND, the signal
// is delivered again when the handler returns.
void on_signal(int signal) {
    unlink(unfinished.data());
    raise(signal);
}

}  // namespace

StopRemoves::StopRemoves(const std::string& file) {
    static_assert(kStopping.size() == kSignals);
    struct sigaction remove {};
    remove.sa_handler = on_signal;
    remove.sa_flags = static_cast<int>(SA_RESETHAND);
    const bool fits = !file.empty() && file.size() < unfinished.size();
    if (fits) *std::copy(file.begin(), file.end(), unfinished.begin()) = '\0';
    for (std::size_t i = 0; i < kSignals; ++i) {
        sigaction(kStopping[i], nullptr, &before_[i]);
        if (fits && before_[i].sa_handler != SIG_IGN) sigaction(kStopping[i], &remove, nullptr);
    }
}

StopRemoves::~StopRemoves() {
    for (std::size_t i = 0; i < kSignals; ++i) sigaction(kStopping[i], &before_[i], nullptr);
}

}  // namespace tcpstep::cli
