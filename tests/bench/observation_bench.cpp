// What a captured segment costs after it was decoded: to find its connection, to store it, to
// follow the states of both ends; and to look at it again. The connections are all open at once and
// take turns, so that nothing of a connection is still near the processor when its next segment
// comes.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <benchmark/benchmark.h>

#include "model/flow_table.hpp"
#include "model/observation.hpp"
#include "model/segment_store.hpp"
#include "tests/model/wire_headers.hpp"

namespace tcpstep::model {
namespace {

constexpr std::uint32_t kConnections = 10000;
constexpr std::uint32_t kRounds = 100;  // segments of a connection
constexpr std::uint32_t kSegments = kConnections * kRounds;
constexpr std::uint32_t kOctets = 1000;
// Each round goes through the connections in another order, each once.
constexpr std::array<std::uint32_t, 5> kStrides = {1, 7919, 3571, 9127, 6521};

/// The n-th segment of such a capture: handshake, data from the client and acknowledgments, close.
class Capture {
  public:
    struct Captured {
        SocketAddress source;
        SocketAddress destination;
        SegmentSummary summary;
        std::vector<std::uint8_t> headers;
    };

    const Captured& at(std::uint32_t n) {
        const std::uint32_t round = n / kConnections;
        const std::uint32_t number = n % kConnections * kStrides[round % kStrides.size()];
        const bool from_client = !(round == 1 || round == kRounds - 2 ||
                                   (round > 2 && round < kRounds - 3 && round % 2 == 0));
        (from_client ? captured_.source : captured_.destination) = end(10, number % kConnections);
        (from_client ? captured_.destination : captured_.source) = {end(11, 0).ip, 80};
        summarize(round, from_client);
        captured_.summary.time = Time(std::chrono::microseconds(n));
        testing::write_headers(captured_.headers, captured_.source, captured_.destination,
                               captured_.summary);
        return captured_;
    }

  private:
    static SocketAddress end(std::uint8_t network, std::uint32_t number) {
        const std::uint8_t bytes[] = {network, 0, static_cast<std::uint8_t>(number >> 8U),
                                      static_cast<std::uint8_t>(number)};
        return {IpAddress::from_v4(bytes), static_cast<std::uint16_t>(1024 + number)};
    }

    void summarize(std::uint32_t round, bool from_client) {
        const bool data = from_client && round > 2 && round < kRounds - 3;
        const std::uint32_t sent = round > 3 ? (std::min(round, kRounds - 4) - 2) / 2 * kOctets : 0;
        const bool fin = round == kRounds - 3 || round == kRounds - 2;
        std::uint16_t flags = round == 0 ? Flags::kSyn : Flags::kAck;
        if (round == 1) flags |= Flags::kSyn;
        if (fin) flags |= Flags::kFin;
        SegmentSummary& summary = captured_.summary;
        summary.flags = Flags(flags);
        const std::uint32_t closed = round > kRounds - 3 ? 1 : 0;
        const SeqNum from(from_client ? 0xffffff00U : 5000U);
        const SeqNum to(from_client ? 5000U : 0xffffff00U);
        const std::uint32_t begun = round > 1 ? 1 : 0;
        summary.seq = from + begun + (from_client ? sent + closed : 0);
        summary.ack = round == 0 ? SeqNum() : to + 1 + (from_client ? closed : sent + closed);
        summary.length = data ? kOctets : 0;
        summary.window = 500;
        summary.has_timestamps = true;
        summary.timestamp = round;
        summary.timestamp_echo = round;
    }

    Captured captured_;
};

/// What making the segments costs, which the others must be reduced by.
void making(benchmark::State& state) {
    Capture capture;
    std::uint32_t n = 0;
    for (auto _ : state) benchmark::DoNotOptimize(capture.at(n++ % kSegments).headers.data());
}
BENCHMARK(making);

void find_flow(benchmark::State& state) {
    Capture capture;
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
    Capture capture;
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
    Capture capture;
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
    Capture capture;
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
