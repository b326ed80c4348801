#include "app/journal/scribe.hpp"

#include <utility>

#include "app/journal/saved_run.hpp"

namespace tcpstep::journal {

Scribe::Scribe() : writer_([this] { run(); }) {}

Scribe::~Scribe() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    changed_.notify_one();
    writer_.join();
}

void Scribe::add(Entry entry) {
    {
        const std::lock_guard lock(mutex_);
        entries_.push_back(std::move(entry));
    }
    changed_.notify_one();
}

void Scribe::begin(std::string lesson) {
    records_.emplace();
    add({std::move(lesson), {}, {}});
}

void Scribe::grown(const model::Trace& trace) {
    if (!records_) return;
    std::string records = records_->take_new(trace);
    if (!records.empty()) add({std::nullopt, trace.events().front().time, std::move(records)});
}

std::optional<Error> Scribe::take_fault() {
    const std::lock_guard lock(mutex_);
    return std::exchange(fault_, std::nullopt);
}

void Scribe::set_wake(std::function<void()> wake) {
    const std::lock_guard lock(mutex_);
    wake_ = std::move(wake);
}

void Scribe::run() {
    std::optional<SavedRun> saved;
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return !entries_.empty() || ending_; });
        if (entries_.empty()) return;
        const std::vector<Entry> entries = std::exchange(entries_, {});
        lock.unlock();
        std::optional<Error> fault;
        for (const Entry& entry : entries) {
            if (entry.begins) {
                saved.emplace(*entry.begins);
            } else if (auto failed = saved->append(entry.began, entry.records)) {
                fault = std::move(failed);
            }
        }
        lock.lock();
        if (!fault) continue;
        fault_ = std::move(fault);
        if (wake_) wake_();
    }
}

}  // namespace tcpstep::journal
