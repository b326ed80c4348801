#include "app/cli/watch_source.hpp"

#include <atomic>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "app/cli/wake.hpp"
#include "app/view/say.hpp"
#include "app/watch/loop.hpp"
#include "app/watch/watcher.hpp"

namespace tcpstep::cli {

namespace {

using view::say;
using view::Text;

class WatchSource : public session::Source, private watch::Audience {
  public:
    WatchSource(watch::Opened opened, Wake bell, std::function<void()> wake, std::size_t most)
        : opened_(std::move(opened)),
          bell_(std::move(bell)),
          wake_(std::move(wake)),
          most_(most),
          watcher_(watch::asking(opened_)) {
        watcher_.add(*this);
        thread_ = std::thread([this] { run(); });
    }
    ~WatchSource() override {
        stop_ = true;
        bell_.ring();
        thread_.join();
    }
    WatchSource(const WatchSource&) = delete;
    WatchSource& operator=(const WatchSource&) = delete;

    Status drain(model::Trace& trace) override {
        std::vector<Seen> seen;
        Status status = Status::Running;
        {
            const std::lock_guard lock(mutex_);
            seen.swap(ready_);
            status = status_;
            if (std::exchange(lost_told_, lost_) != lost_) lost_is_news_ = true;
        }
        for (Seen& each : seen) {
            if (each.connection) each.event.connection = trace.intern(*each.connection);
            trace.append(std::move(each.event));
        }
        return status;
    }
    const Error& error() const override { return error_; }
    const std::optional<Error>& host_reason() const override { return nothing_; }
    const std::optional<Error>& free_reason() const override { return nothing_; }
    void command(const lab::GateCommand&) override {}
    bool settled() const override { return true; }

    std::function<std::string()> take_notice() override {
        if (full_.exchange(false))
            return [most = most_] { return say(Text::NoticeWatchFull, most); };
        if (!std::exchange(lost_is_news_, false)) return {};
        return [lost = lost_told_] { return say(Text::NoticeWatchLost, lost); };
    }

  private:
    struct Seen {
        std::optional<model::ConnectionId> connection;
        model::Event event;
    };

    bool wants_facts() const override { return true; }
    void fact(const model::Event& event) override {
        Seen seen{std::nullopt, event};
        if (event.connection) seen.connection = watcher_.flows()[*event.connection].id;
        fresh_.push_back(std::move(seen));
    }
    void lost(model::Time, std::uint64_t total) override { fresh_lost_ = total; }

    void run() {
        const pollfd rings{bell_.descriptor(), POLLIN, 0};
        const Result<void> watched =
            watch::watch_live(opened_.capture, watcher_, rings, std::nullopt, [this] {
                hand_over(Status::Running);
                return !stop_ && watcher_.tally().segments < most_;
            });
        if (!watched) {
            error_ = watched.error();  // read only once the status says so
            return hand_over(Status::Failed);
        }
        full_ = !stop_;
        hand_over(Status::Finished);
    }

    void hand_over(Status status) {
        if (fresh_.empty() && status == Status::Running) return;
        {
            const std::lock_guard lock(mutex_);
            ready_.insert(ready_.end(), std::make_move_iterator(fresh_.begin()),
                          std::make_move_iterator(fresh_.end()));
            lost_ = fresh_lost_;
            status_ = status;
        }
        fresh_.clear();
        wake_();
    }

    watch::Opened opened_;
    Wake bell_;
    std::function<void()> wake_;
    std::size_t most_;
    watch::Watcher watcher_;   // of the thread, as what follows
    std::vector<Seen> fresh_;  // since the last round
    std::uint64_t fresh_lost_ = 0;
    Error error_{};
    std::atomic<bool> stop_{false};
    std::atomic<bool> full_{false};
    std::mutex mutex_;
    std::vector<Seen> ready_;  // what the mutex guards, to its end
    std::uint64_t lost_ = 0;
    Status status_ = Status::Running;
    std::uint64_t lost_told_ = 0;  // of the window's thread, as what follows
    bool lost_is_news_ = false;
    std::optional<Error> nothing_;
    std::thread thread_;
};

}  // namespace

Result<std::unique_ptr<session::Source>> open_watch(watch::Opened opened,
                                                    std::function<void()> wake, std::size_t most) {
    auto bell = Wake::open();
    if (!bell) return tl::make_unexpected(bell.error());
    return std::make_unique<WatchSource>(std::move(opened), std::move(*bell), std::move(wake),
                                         most);
}

}  // namespace tcpstep::cli
