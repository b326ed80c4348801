#include "app/settings/keeper.hpp"

#include <utility>

#include "app/settings/store.hpp"

namespace tcpstep::settings {

Keeper::Keeper(std::filesystem::path file, Settings saved, std::function<void()> wake)
    : file_(std::move(file)),
      wake_(std::move(wake)),
      known_(std::move(saved)),
      writer_([this] { run(); }) {}

Keeper::~Keeper() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    changed_.notify_one();
    writer_.join();
}

void Keeper::keep(const Settings& settings) {
    if (settings == known_) return;
    known_ = settings;
    {
        const std::lock_guard lock(mutex_);
        to_write_ = settings;
    }
    changed_.notify_one();
}

std::optional<Error> Keeper::take_fault() {
    const std::lock_guard lock(mutex_);
    return std::exchange(fault_, std::nullopt);
}

void Keeper::run() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return to_write_ || ending_; });
        if (!to_write_) return;
        const Settings settings = *std::exchange(to_write_, std::nullopt);
        lock.unlock();
        const Result<void> saved = save(file_, settings);
        lock.lock();
        if (saved || std::exchange(told_, true)) continue;
        fault_ = saved.error();
        if (wake_) wake_();
    }
}

}  // namespace tcpstep::settings
