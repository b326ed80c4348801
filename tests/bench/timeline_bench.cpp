// The two costs a user feels: opening a trace (the fold) and stepping in it, forward and back.
#include <chrono>
#include <cstddef>
#include <cstdint>

#include <benchmark/benchmark.h>

#include "model/address.hpp"
#include "model/event.hpp"
#include "model/timeline.hpp"
#include "model/trace.hpp"

namespace tcpstep::model {
namespace {

constexpr std::uint32_t kOctets = 100;
constexpr SeqNum kClientIsn(0xffffff00U);  // wraps around after a few segments
constexpr SeqNum kServerIsn(1);

/// Writes a connection: the handshake, then data from the client, each segment acknowledged.
class Conversation {
  public:
    explicit Conversation(std::size_t segments) {
        const std::uint8_t loopback[] = {127, 0, 0, 1};
        const IpAddress ip = IpAddress::from_v4(loopback);
        connection_ = trace_.intern({{ip, 43512}, {ip, 8000}, 1});
        send(Role::Client, kClientIsn, SeqNum(), Flags(Flags::kSyn), 0);
        send(Role::Server, kServerIsn, kClientIsn + 1, Flags(Flags::kSyn | Flags::kAck), 0);
        send(Role::Client, kClientIsn + 1, kServerIsn + 1, Flags(Flags::kAck), 0);
        SeqNum next = kClientIsn + 1;
        while (id_ < segments) {
            send(Role::Client, next, kServerIsn + 1, Flags(Flags::kPsh | Flags::kAck), kOctets);
            next = next + kOctets;
            send(Role::Server, kServerIsn + 1, next, Flags(Flags::kAck), 0);
        }
    }

    const Trace& trace() const { return trace_; }
    ConnectionIndex connection() const { return connection_; }

  private:
    void send(Role from, SeqNum seq, SeqNum ack, Flags flags, std::uint32_t length) {
        Segment segment;
        segment.id = ++id_;
        segment.from = from;
        segment.seq = seq;
        segment.ack = ack;
        segment.flags = flags;
        segment.length = length;
        trace_.append({Time(std::chrono::microseconds(id_)), connection_, SegmentSent{segment}});
    }

    Trace trace_;
    ConnectionIndex connection_ = 0;
    SegmentId id_ = 0;
};

void fold(benchmark::State& state) {
    const Conversation conversation(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) {
        Timeline timeline(conversation.trace(), conversation.connection());
        benchmark::DoNotOptimize(&timeline);
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(fold)->Range(64, 1 << 18);

enum class Direction { Forward, Back };

/// One step at a time through the whole timeline, and around again.
void step(benchmark::State& state, Direction direction) {
    const Conversation conversation(static_cast<std::size_t>(state.range(0)));
    const Timeline timeline(conversation.trace(), conversation.connection());
    const std::size_t positions = timeline.size() + 1;
    const std::size_t stride = direction == Direction::Forward ? 1 : positions - 1;
    std::size_t position = 0;
    for (auto _ : state) {
        position = (position + stride) % positions;
        const Connection* connection = &timeline.at(position);
        benchmark::DoNotOptimize(connection);
    }
    state.SetItemsProcessed(state.iterations());
}

void step_forward(benchmark::State& state) {
    step(state, Direction::Forward);
}
BENCHMARK(step_forward)->Range(64, 1 << 18);

void step_back(benchmark::State& state) {
    step(state, Direction::Back);
}
BENCHMARK(step_back)->Range(64, 1 << 18);

}  // namespace
}  // namespace tcpstep::model
