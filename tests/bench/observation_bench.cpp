// What a captured segment costs after it was decoded: to find its connection, to store it, to
// follow the states of both ends; and to look at it again.
#include <cstdint>

#include <benchmark/benchmark.h>

#include "model/flow_table.hpp"
#include "model/observation.hpp"
#include "model/segment_store.hpp"
#include "tests/bench/made_turns.hpp"

namespace tcpstep::model {
namespace {

/// What making the segments costs, which the others must be reduced by.
void making(benchmark::State& state) {
    MadeTurns capture;
    std::uint32_t n = 0;
    for (auto _ : state) benchmark::DoNotOptimize(capture.at(n++ % kSegments).headers.data());
}
BENCHMARK(making);

void find_flow(benchmark::State& state) {
    MadeTurns capture;
    FlowTable flows;
    std::uint32_t n = 0;
    for (auto _ : state) {
        const auto& captured = capture.at(n++ % kSegments);
        const SegmentSummary& summary = captured.summary;
        benchmark::DoNotOptimize(flows.place(captured.source, captured.destination,
                                             {summary.seq, summary.ack, summary.flags}));
    }
}
BENCHMARK(find_flow)->Iterations(kSegments);

void store(benchmark::State& state) {
    MadeTurns capture;
    SegmentStore segments;
    std::uint32_t n = 0;
    for (auto _ : state) {
        const auto& captured = capture.at(n++ % kSegments);
        SegmentStore::put(segments.append(captured.source, captured.destination, captured.summary,
                                          captured.headers),
                          {n % kConnections, Side::Low});
    }
    state.counters["octets"] = static_cast<double>(segments.bytes()) / segments.size();
}
BENCHMARK(store)->Iterations(kSegments);

void observe(benchmark::State& state) {
    MadeTurns capture;
    Observation observation;
    std::uint32_t n = 0;
    for (auto _ : state) {
        const auto& captured = capture.at(n++ % kSegments);
        observation.take(captured.source, captured.destination, captured.summary, captured.headers);
    }
    observation.finish();
    state.counters["octets"] = static_cast<double>(observation.bytes()) / observation.segments();
}
BENCHMARK(observe)->Iterations(kSegments);

enum class Order { AsCaptured, Scattered };

void look(benchmark::State& state, Order order, bool whole) {
    MadeTurns capture;
    Observation observation;
    for (std::uint32_t n = 0; n < kSegments; ++n) {
        const auto& captured = capture.at(n);
        observation.take(captured.source, captured.destination, captured.summary, captured.headers);
    }
    observation.finish();
    const std::uint32_t stride = order == Order::AsCaptured ? 1 : 611953;
    std::uint32_t n = 0;
    for (auto _ : state) {
        const SegmentId id = n + 1;
        n = (n + stride) % kSegments;
        if (whole) {
            benchmark::DoNotOptimize(observation.segment(id));
        } else {
            benchmark::DoNotOptimize(observation.summary(id));
        }
    }
}
BENCHMARK_CAPTURE(look, summaries_in_order, Order::AsCaptured, false);
BENCHMARK_CAPTURE(look, summaries_scattered, Order::Scattered, false);
BENCHMARK_CAPTURE(look, segments_in_order, Order::AsCaptured, true);
BENCHMARK_CAPTURE(look, segments_scattered, Order::Scattered, true);

}  // namespace
}  // namespace tcpstep::model
