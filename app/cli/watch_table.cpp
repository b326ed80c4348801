#include "app/cli/watch_table.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <utility>

#include <fmt/format.h>

#include "app/view/columns.hpp"
#include "app/view/doubt_text.hpp"
#include "app/view/lists/connection_words.hpp"
#include "app/view/say.hpp"
#include "model/segment.hpp"

namespace tcpstep::cli {

namespace {

using model::Role;
using model::State;
using strings::text;
using view::columns;
using view::say;
using view::Text;

constexpr std::size_t kTimeWidth = std::string_view("13:25:47.123456").size();
constexpr std::size_t kEndWidth = 6;
constexpr std::size_t kStateWidth = std::string_view("ESTABLISHED -> FIN_WAIT_1?").size();

// "13:25:47.123456", where the machine is.
std::string time_text(model::Time time) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    const std::time_t whole = std::chrono::system_clock::to_time_t(seconds);
    std::tm parts{};
    ::localtime_r(&whole, &parts);
    const auto micros = std::chrono::floor<std::chrono::microseconds>(time - seconds);
    return fmt::format("{:02}:{:02}:{:02}.{:06}", parts.tm_hour, parts.tm_min, parts.tm_sec,
                       micros.count());
}

std::string connection_text(const model::ConnectionId& id) {
    return to_string(id.client) + " > " + view::lists::server_text(id);
}

std::string_view end_text(Role end) {
    return text(end == Role::Client ? Text::Client : Text::Server);
}

std::string padded(std::string_view cell, std::size_t width) {
    const std::size_t wide = columns(cell);
    return std::string(cell).append(width > wide ? width - wide : 0, ' ');
}

std::string segment_text(const model::SegmentSummary& summary, const watch::Flow& flow) {
    model::Segment segment;
    segment.from = summary.from;
    segment.seq = summary.seq;
    segment.ack = summary.ack;
    segment.flags = summary.flags;
    segment.window = summary.window;
    segment.length = summary.length;
    return to_line(segment, {flow.base(segment.from), flow.base(peer(segment.from))});
}

}  // namespace

void WatchTable::line(const std::string& time, const std::string& connection, std::string_view end,
                      std::string_view state, std::string_view because) {
    connection_width_ = std::max(connection_width_, columns(connection));
    if (!std::exchange(headed_, true)) {
        line(padded(text(Text::WatchTime), kTimeWidth), std::string(text(Text::WatchConnection)),
             text(Text::WatchEnd), text(Text::WatchState), text(Text::WatchBecause));
    }
    lines_ += fmt::format("{}  {}  {}  {}  {}\n", time, padded(connection, connection_width_),
                          padded(end, kEndWidth), padded(state, kStateWidth), because);
}

void WatchTable::moved(const watch::Moved& moved) {
    if (moved.is_beginning()) return;
    const model::TrackedChange& change = moved.change;
    const std::string_view mark =
        moved.by_kernel ? std::string_view() : view::doubt_mark(change.doubt);
    line(time_text(moved.time), connection_text(flows_[moved.slot].id), end_text(change.endpoint),
         fmt::format("{} -> {}{}", name(change.from), name(change.to), mark), because(moved));
}

std::string WatchTable::because(const watch::Moved& moved) const {
    const model::TrackedChange& change = moved.change;
    if (moved.by_kernel) {
        if (change.edge() != nullptr) return say(Text::WatchTimeWaitOver);
        return say(change.to == State::Closed ? Text::WatchSocketGone : Text::WatchKernelTells);
    }
    if (moved.segment) {
        const std::string segment = segment_text(*moved.segment, flows_[moved.slot]);
        if (change.edge() == nullptr) return say(Text::WatchShownByIt, segment);
        const bool own = moved.segment->from == change.endpoint;
        return say(own ? Text::WatchSends : Text::WatchGets, segment);
    }
    if (change.cause != 0 || change.edge() == nullptr) return say(Text::WatchBySegmentBefore);
    return std::string(name(change.edge()->on));
}

void WatchTable::compared(const watch::Compared& compared) {
    const model::ConnectionId& id = flows_[compared.slot].id;
    std::string ends;
    for (const Role role : {Role::Client, Role::Server}) {
        if (role == Role::Server && id.client == id.server) break;  // there is one socket
        const auto& state = compared.kernel[role == Role::Client ? 0 : 1];
        if (!ends.empty()) ends += ", ";
        ends += state ? say(Text::WatchEndIs, end_text(role), name(*state))
                      : say(Text::WatchElsewhere, end_text(role));
    }
    line(time_text(compared.time), connection_text(id), text(Text::WatchKernelEnd),
         text(compared.agrees() ? Text::WatchAgrees : Text::WatchDiffers), ends);
}

void WatchTable::lost(model::Time time, std::uint64_t total) {
    lines_ += fmt::format("{}  {}\n", time_text(time), say(Text::WatchLost, total));
}

std::string WatchTable::take() {
    return std::exchange(lines_, {});
}

}  // namespace tcpstep::cli
