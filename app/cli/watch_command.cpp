#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <sstream>
#include <utility>

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include "app/cli/commands.hpp"
#include "app/cli/output.hpp"
#include "app/cli/stop_signal.hpp"
#include "app/cli/watch_table.hpp"
#include "app/cli/watch_window.hpp"
#include "app/exports/format.hpp"
#include "app/files/growing_file.hpp"
#include "app/files/whole_file.hpp"
#include "app/view/say.hpp"
#include "app/watch/loop.hpp"
#include "app/watch/opening.hpp"
#include "app/watch/watcher.hpp"
#include "capture/privileges.hpp"
#include "model/qlog/writer.hpp"

namespace tcpstep::cli {

namespace {

using view::say;
using view::Text;

/// The records of what is watched, as they happen.
class WatchRecords : public watch::Audience {
  public:
    WatchRecords(const watch::Subject& subject, const watch::Flows& flows, model::Time began)
        : writer_(
              {"tcpstep watch " + subject.name(), ""}, began,
              [&flows](watch::Slot slot) { return flows[slot].id; }, text_) {}

    bool wants_facts() const override { return true; }
    void fact(const model::Event& event) override {
        // As decode has it: what others say to each other is not kept.
        if (!std::holds_alternative<model::SegmentSent>(event.fact)) return writer_.write(event);
        model::Event without = event;
        std::get<model::SegmentSent>(without.fact).segment.payload.clear();
        writer_.write(without);
    }
    void forgotten(watch::Slot slot) override { writer_.forget(slot); }

    std::string take() {
        std::string records = std::move(text_).str();
        text_.str({});
        return records;
    }

  private:
    std::ostringstream text_;
    model::qlog::StreamWriter writer_;
};

Result<std::optional<files::GrowingFile>> file_for(const std::string& json) {
    if (json.empty() || json == "-") return std::nullopt;
    if (!exports::has_ending(json, ".sqlog")) {
        return fail(ErrorKind::BadInput,
                    fmt::format("{}: watch writes the sequential form only", json),
                    "name a file that ends in .sqlog");
    }
    auto file = files::GrowingFile::open(json);
    if (!file) return tl::make_unexpected(file.error());
    return std::optional(std::move(*file));
}

// Root, and nobody who has only borrowed its rights: the file is opened with these. Everybody
// else's is opened once they are given up, as a file of his own.
bool is_root_itself() {
    return ::getuid() == 0 && ::geteuid() == 0 &&
           !capture::user_behind_sudo(0, std::getenv("SUDO_UID"), std::getenv("SUDO_GID"));
}

/// Standard output, written as it happens.
class Output {
  public:
    /// Does nothing once it could not be written.
    void print(const std::string& text) {
        if (text.empty() || over_) return;
        write_text(stdout, text);
        const int fault = output_fault();
        if (fault == 0) return;
        over_ = true;
        // A reader that has seen enough (`| head`) is no failure.
        if (fault != EPIPE) {
            Error error = files::cannot_write("standard output", fault);
            error.remedy = "make room where it goes, or send it elsewhere";
            written_ = tl::make_unexpected(std::move(error));
        }
    }
    /// Nobody reads any more, or nothing can be written: known without writing.
    bool over() {
        pollfd end{STDOUT_FILENO, 0, 0};
        return over_ = over_ || (::poll(&end, 1, 0) > 0 && end.revents != 0);
    }
    const Result<void>& written() const { return written_; }

  private:
    bool over_ = false;
    Result<void> written_;
};

void print_summary(const watch::Tally& tally) {
    print_err("{}\n", say(Text::WatchSummary, tally.connections, tally.segments, tally.transitions,
                          tally.compared - tally.differing, tally.compared, tally.lost));
}

Result<void> watch_in_terminal(const WatchOptions& options, const watch::Subject& subject,
                               watch::Opened opened, std::optional<files::GrowingFile> file,
                               model::Time began) {
    const bool streams = options.json == "-";
    watch::Watcher watcher(watch::asking(opened), began);
    if (options.count) watcher.end_after(*options.count);
    WatchTable table(watcher.flows());
    if (!options.quiet && !streams) watcher.add(table);
    std::optional<WatchRecords> records;
    if (!options.json.empty()) {
        records.emplace(subject, watcher.flows(), began);
        watcher.add(*records);
    }
    if (isatty(STDERR_FILENO) != 0) print_err("{}\n", say(Text::WatchBegins, subject.name()));

    std::optional<model::Time> until;
    if (options.time) until = began + *options.time;
    Output output;
    Result<void> kept;
    const auto write = [&] {
        // The file first: what is printed is saved.
        if (records) {
            const std::string text = records->take();
            if (file && !text.empty()) kept = file->append(text);
            if (streams) output.print(text);
        }
        output.print(table.take());
    };
    const auto go_on = [&] {
        write();
        if (output.over() || !kept || StopSignal::came()) return false;
        if (watcher.full() || watcher.over()) return false;
        return !until || std::chrono::system_clock::now() < *until;
    };
    // Its reader's end rings, too (poll(2): POLLERR).
    const pollfd bell{STDOUT_FILENO, 0, 0};
    const Result<void> watched = watch::watch_live(opened.capture, watcher, bell, until, go_on);
    write();
    print_summary(watcher.tally());
    if (watcher.full()) print_err("tcpstep: {}\n", say(Text::WatchNoMoreNumbers));
    if (file && kept) kept = file->close();
    if (!watched) return watched;
    return kept ? output.written() : kept;
}

}  // namespace

Result<void> watch_connections(const WatchOptions& options) {
    const watch::Subject subject{options.interface, options.filter};
    std::optional<StopSignal> signals;  // the window has its own
    if (!options.window) signals.emplace();
    const model::Time began = std::chrono::system_clock::now();
    std::optional<files::GrowingFile> file;
    const auto open_file = [&]() -> Result<void> {
        auto made = file_for(options.json);
        if (!made) return tl::make_unexpected(made.error());
        if (*made) file.emplace(std::move(**made));
        return {};
    };
    const bool early = is_root_itself();
    const auto as_root = [&]() -> Result<void> { return early ? open_file() : Result<void>{}; };
    // Before there is a thread: with the privileges that are given up here.
    auto opened = watch::open(subject, as_root);
    if (!opened) return tl::make_unexpected(opened.error());
    if (options.window) return watch_in_window(subject, std::move(*opened), options.look);
    if (!early) {
        if (auto done = open_file(); !done) return done;
    }
    return watch_in_terminal(options, subject, std::move(*opened), std::move(file), began);
}

}  // namespace tcpstep::cli
