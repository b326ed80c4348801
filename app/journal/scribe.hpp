#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/journal/records.hpp"
#include "model/result.hpp"
#include "model/trace.hpp"

namespace tcpstep::journal {

/// Saves live runs, one after the other, on a thread of its own: nobody waits for a disk, but for
/// the end of this, before which all is written. See SavedRun.
class Scribe {
  public:
    Scribe();
    ~Scribe();
    Scribe(const Scribe&) = delete;
    Scribe& operator=(const Scribe&) = delete;

    /// A run of that lesson begins, and the one before is over.
    void begin(std::string lesson);
    /// Its trace has grown; always the same one.
    void grown(const model::Trace& trace);

    /// Why a run cannot be saved; once for each.
    std::optional<Error> take_fault();
    /// Is called, on the other thread, when there is a fault to be taken.
    void set_wake(std::function<void()> wake);

  private:
    // What the other thread has to do: records of the run, or another run.
    struct Entry {
        std::optional<std::string> begins;
        model::Time began;
        std::string records;
    };
    void add(Entry entry);
    void run();

    std::optional<Records> records_;  // of the run; nothing before one
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Entry> entries_;
    std::optional<Error> fault_;
    std::function<void()> wake_;
    bool ending_ = false;
    std::thread writer_;
};

}  // namespace tcpstep::journal
