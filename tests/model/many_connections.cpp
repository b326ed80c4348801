#include "tests/model/many_connections.hpp"

#include <chrono>
#include <utility>

namespace tcpstep::testing {

using namespace model;

namespace {

constexpr Role C = Role::Client;
constexpr Role S = Role::Server;
constexpr std::uint16_t kAck = Flags::kAck;
constexpr std::uint32_t kClientIss = 100;
constexpr std::uint32_t kServerIss = 900;

ConnectionId id_of(std::size_t number) {
    const auto n = static_cast<std::uint32_t>(number);
    const std::uint8_t client[] = {10, static_cast<std::uint8_t>(n >> 16U),
                                   static_cast<std::uint8_t>(n >> 8U),
                                   static_cast<std::uint8_t>(n)};
    const std::uint8_t server[] = {192, 0, 2, 1};
    return {{IpAddress::from_v4(client), 40000}, {IpAddress::from_v4(server), 80}, 1};
}

}  // namespace

ManyConnections::ManyConnections(std::size_t count, Trace begun) : trace(std::move(begun)) {
    for (std::size_t i = 0; i < count; ++i) one_more();
}

void ManyConnections::one_more() {
    converse(id_of(made_), made_ % 3);
    ++made_;
}

void ManyConnections::again(ConnectionIndex connection) {
    ConnectionId id = trace.connections()[connection];
    ++id.generation;
    converse(id, connection % 3);
}

void ManyConnections::converse(const ConnectionId& id, std::size_t kind) {
    connection_ = trace.intern(id);
    send(C, Flags::kSyn, 0, 0);
    if (kind == 1) return send(S, Flags::kRst | kAck, 0, 1);
    send(S, Flags::kSyn | kAck, 0, 1);
    send(C, kAck, 1, 1);
    send(C, Flags::kPsh | kAck, 1, 1, 10);
    if (kind == 2) return;
    send(C, Flags::kFin | kAck, 11, 1);
    send(S, Flags::kFin | kAck, 1, 12);
    send(C, kAck, 12, 2);
}

void ManyConnections::send(Role from, std::uint16_t flags, std::uint32_t seq, std::uint32_t ack,
                           std::uint32_t length) {
    const bool refusal = (flags & Flags::kRst) != 0;
    Segment segment;
    segment.id = ++id_;
    segment.from = from;
    segment.flags = Flags(flags);
    segment.seq = refusal ? SeqNum(0) : SeqNum(from == C ? kClientIss : kServerIss) + seq;
    if (segment.flags.ack()) segment.ack = SeqNum(from == C ? kServerIss : kClientIss) + ack;
    segment.window = 64240;
    segment.length = length;
    trace.append({Time(std::chrono::microseconds(id_)), connection_, SegmentSent{segment, 0}});
}

}  // namespace tcpstep::testing
