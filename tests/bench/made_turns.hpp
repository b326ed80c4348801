#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/segment_summary.hpp"
#include "tests/model/wire_headers.hpp"

namespace tcpstep::model {

inline constexpr std::uint32_t kConnections = 10000;
inline constexpr std::uint32_t kRounds = 100;  // segments of a connection
inline constexpr std::uint32_t kSegments = kConnections * kRounds;
inline constexpr std::uint32_t kOctets = 1000;
// Each round goes through the connections in another order, each once.
inline constexpr std::array<std::uint32_t, 5> kStrides = {1, 7919, 3571, 9127, 6521};

/// A capture of connections that are all open at once and take turns, so that nothing of a
/// connection is still near the processor when its next segment comes: handshake, data from the
/// client and acknowledgments, close.
class MadeTurns {
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

}  // namespace tcpstep::model
