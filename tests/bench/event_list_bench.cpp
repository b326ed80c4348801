// What the list of events costs with a million of them: a frame at any place, and a filter for each
// row that it looks at. And the list of connections.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include <benchmark/benchmark.h>

#include "app/view/lists/connection_list.hpp"
#include "app/view/lists/event_filter.hpp"
#include "app/view/lists/event_line.hpp"
#include "app/view/lists/event_matches.hpp"
#include "app/view/lists/event_rows.hpp"
#include "model/timeline.hpp"
#include "model/trace.hpp"
#include "tests/bench/long_connection.hpp"
#include "tests/model/many_connections.hpp"

namespace tcpstep::view::lists {
namespace {

using namespace model;

constexpr std::size_t kSegments = 1'000'000;
constexpr std::size_t kInSight = 30;  // rows

/// A handshake and a million segments, with the timestamps that all of today's carry.
struct Long {
    Long()
        : trace(tcpstep::testing::long_connection(kSegments)),
          timeline(trace, 0),
          source{timeline, index, false} {
        index.catch_up(timeline);
        rows.catch_up(index);
    }
    Trace trace;
    Timeline timeline;
    TimelineIndex index;
    EventRows rows;
    EventSource source;
};

const Long& million() {
    static const std::unique_ptr<Long> made = std::make_unique<Long>();
    return *made;
}

/// The rows in sight, put into words, at another place each time.
void event_list_frame(benchmark::State& state) {
    const Long& run = million();
    EventMatches matches;
    matches.look_on(run.rows, run.source);
    std::size_t top = 0;
    for (auto _ : state) {
        top = (top + 7919 * kInSight) % (matches.size() - kInSight);
        for (std::size_t match = top; match < top + kInSight; ++match) {
            std::optional<EventRow> above;
            if (match > 0) above = run.rows.at(matches.row(match - 1));
            EventLine line = event_line(run.source, run.rows.at(matches.row(match)), above);
            benchmark::DoNotOptimize(line);
        }
    }
}
BENCHMARK(event_list_frame)->Unit(benchmark::kMicrosecond);

void look_through(benchmark::State& state, const EventFilter& filter) {
    const Long& run = million();
    EventMatches matches;
    std::size_t rows = 0;
    std::size_t portions = 0;
    for (auto _ : state) {
        matches.restart(filter);
        while (matches.look_on(run.rows, run.source)) ++portions;
        ++portions;
        rows += run.rows.size();
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(rows));
    // What a frame pays for it, in milliseconds.
    state.counters["portion_ms"] =
        benchmark::Counter(static_cast<double>(portions) / 1000,
                           benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void event_filter_by_flags(benchmark::State& state) {
    EventFilter filter;
    filter.flags = Flags::kSyn;
    look_through(state, filter);
}
BENCHMARK(event_filter_by_flags)->Unit(benchmark::kMillisecond);

void event_filter_by_text(benchmark::State& state) {
    EventFilter filter;
    filter.text = "ack 4711";
    look_through(state, filter);
}
BENCHMARK(event_filter_by_text)->Unit(benchmark::kMillisecond);

/// From nothing to sorted by how they ended, of a hundred thousand connections.
void connection_list_sorted(benchmark::State& state) {
    const tcpstep::testing::ManyConnections made(100'000);
    std::size_t portions = 0;
    for (auto _ : state) {
        ConnectionList list(made.trace);
        list.sort({ConnectionColumn::Ended, false});
        while (list.look_on()) ++portions;
        ++portions;
        benchmark::DoNotOptimize(list);
    }
    state.counters["portion_ms"] =
        benchmark::Counter(static_cast<double>(portions) / 1000,
                           benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(connection_list_sorted)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tcpstep::view::lists
