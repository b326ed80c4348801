#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "model/address.hpp"
#include "model/trace.hpp"
#include "tests/model/wire_headers.hpp"

namespace tcpstep::testing {

/// A capture of one connection: its handshake, then data and acknowledgments in turn, a segment a
/// microsecond, with the timestamps that all of today's carry and their headers.
inline model::Trace long_connection(std::size_t segments) {
    using namespace model;
    Trace trace;
    const std::uint8_t loopback[] = {127, 0, 0, 1};
    const IpAddress ip = IpAddress::from_v4(loopback);
    const ConnectionId ends = {{ip, 43512}, {ip, 8000}, 1};
    const ConnectionIndex connection = trace.intern(ends);
    SegmentId id = 0;
    const auto send = [&](Role from, std::uint16_t flags, std::uint32_t seq, std::uint32_t ack,
                          std::uint32_t length) {
        Segment segment;
        segment.id = ++id;
        segment.from = from;
        segment.seq = SeqNum(seq);
        segment.ack = SeqNum(ack);
        segment.flags = Flags(flags);
        segment.length = length;
        segment.options = {Timestamps{id, id}};
        SegmentSummary summary;
        summary.id = id;
        summary.seq = segment.seq;
        summary.ack = segment.ack;
        summary.length = length;
        summary.flags = segment.flags;
        summary.from = from;
        summary.has_timestamps = true;
        summary.timestamp = summary.timestamp_echo = id;
        const bool client = from == Role::Client;
        model::testing::write_headers(segment.headers, client ? ends.client : ends.server,
                                      client ? ends.server : ends.client, summary);
        trace.append({Time(std::chrono::microseconds(id)), connection, SegmentSent{segment, 0}});
    };
    send(Role::Client, Flags::kSyn, 0, 0, 0);
    send(Role::Server, Flags::kSyn | Flags::kAck, 0, 1, 0);
    send(Role::Client, Flags::kAck, 1, 1, 0);
    for (std::uint32_t next = 1; id < segments; next += 100) {
        send(Role::Client, Flags::kPsh | Flags::kAck, next, 1, 100);
        send(Role::Server, Flags::kAck, 1, next + 100, 0);
    }
    return trace;
}

}  // namespace tcpstep::testing
