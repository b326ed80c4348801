#pragma once

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "app/settings/settings.hpp"
#include "model/result.hpp"

namespace tcpstep::settings {

/// Writes the settings whenever they have changed, on a thread of its own: the window never waits
/// for a disk. What changes while it writes is written next; what changed before the end is written
/// before it ends.
class Keeper {
  public:
    /// `saved` is what the file says now; `wake` is called, on the other thread, when there is a
    /// fault to be taken.
    Keeper(std::filesystem::path file, Settings saved, std::function<void()> wake = {});
    ~Keeper();
    Keeper(const Keeper&) = delete;
    Keeper& operator=(const Keeper&) = delete;

    /// Nothing if they are as they were.
    void keep(const Settings& settings);

    /// Why they cannot be written; once, however often that fails.
    std::optional<Error> take_fault();

  private:
    void run();

    std::filesystem::path file_;
    std::function<void()> wake_;
    Settings known_;  // what was given last
    std::mutex mutex_;
    std::condition_variable changed_;
    std::optional<Settings> to_write_;
    std::optional<Error> fault_;
    bool told_ = false;
    bool ending_ = false;
    std::thread writer_;
};

}  // namespace tcpstep::settings
