#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace tcpstep::session {

/// A piece of work on a thread of its own, and what came of it once it is there. Nobody waits:
/// whoever lets go of it before does not get it, and the thread ends by itself.
template <class T>
class Background {
  public:
    /// `wake` is called on the other thread when take() has something. Both may outlive whoever
    /// starts this, so they must refer only to what they own.
    Background(std::function<T()> work, std::function<void()> wake)
        : shared_(std::make_shared<Shared>()) {
        std::thread([shared = shared_, work = std::move(work), wake = std::move(wake)] {
            T done = work();
            {
                const std::lock_guard lock(shared->mutex);
                shared->done = std::move(done);
            }
            if (wake) wake();
        }).detach();
    }

    /// What came of it; nothing before, and nothing a second time.
    std::optional<T> take() {
        const std::lock_guard lock(shared_->mutex);
        return std::exchange(shared_->done, std::nullopt);
    }

  private:
    struct Shared {
        std::mutex mutex;
        std::optional<T> done;
    };
    std::shared_ptr<Shared> shared_;
};

}  // namespace tcpstep::session
