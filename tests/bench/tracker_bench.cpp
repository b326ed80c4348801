// What following the states of a connection costs, near the processor: the handshake and the close,
// where they change; data in between, where nothing but what a segment says is noted.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <benchmark/benchmark.h>

#include "model/tracking/tracker.hpp"

namespace tcpstep::model::tracking {
namespace {

constexpr std::uint32_t kOctets = 1000;

/// A connection as it mostly is: the client sends data, the server acknowledges, the client closes.
class Life {
  public:
    explicit Life(std::uint32_t data) {
        send(Role::Client, Flags::kSyn);
        send(Role::Server, Flags::kSyn | Flags::kAck);
        send(Role::Client, Flags::kAck);
        for (std::uint32_t i = 0; i < data; ++i) {
            send(Role::Client, Flags::kAck | Flags::kPsh, kOctets);
            send(Role::Server, Flags::kAck);
        }
        send(Role::Client, Flags::kFin | Flags::kAck);
        send(Role::Server, Flags::kAck);
        send(Role::Server, Flags::kFin | Flags::kAck);
        send(Role::Client, Flags::kAck);
    }

    const std::vector<SegmentSummary>& segments() const { return segments_; }

  private:
    void send(Role from, std::uint16_t flags, std::uint32_t octets = 0) {
        SegmentSummary segment;
        segment.id = static_cast<SegmentId>(segments_.size() + 1);
        segment.time = Time(std::chrono::microseconds(50) * segment.id);
        segment.from = from;
        segment.flags = Flags(flags);
        SeqNum& next = from == Role::Client ? client_ : server_;
        segment.seq = next;
        if (segment.flags.ack()) segment.ack = from == Role::Client ? server_ : client_;
        segment.length = octets;
        segment.window = 500;
        segment.has_timestamps = true;
        segment.timestamp = segment.id;
        segment.timestamp_echo = segment.id - 1;
        next = segment.end();
        segments_.push_back(segment);
    }

    std::vector<SegmentSummary> segments_;
    SeqNum client_{0xffffff00U};
    SeqNum server_{5000};
};

/// All of a connection without any data but one request and its answer.
void short_life(benchmark::State& state) {
    const Life life(1);
    for (auto _ : state) {
        Tracker tracker;
        for (const SegmentSummary& segment : life.segments()) tracker.take(segment);
        tracker.finish(life.segments().back().time);
        benchmark::DoNotOptimize(tracker.changes());
    }
}
BENCHMARK(short_life);

/// The same with so much data that the rest counts little; told is what a segment costs.
void long_life(benchmark::State& state) {
    const Life life(5000);
    for (auto _ : state) {
        Tracker tracker;
        for (const SegmentSummary& segment : life.segments()) tracker.take(segment);
        benchmark::DoNotOptimize(tracker);
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(life.segments().size()));
}
BENCHMARK(long_life);

}  // namespace
}  // namespace tcpstep::model::tracking
