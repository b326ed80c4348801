#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "capture/wire_segment.hpp"
#include "model/address.hpp"

namespace tcpstep::testing {

using namespace std::chrono_literals;

inline const model::Time kBegin{std::chrono::hours(100)};

/// A segment as it is captured, without octets.
inline capture::WireSegment segment(const std::string& source, const std::string& destination,
                                    std::uint16_t flags, std::uint32_t seq, std::uint32_t ack = 0,
                                    model::Time time = kBegin, std::uint32_t length = 0) {
    capture::WireSegment wire;
    wire.source = *model::parse_socket_address(source);
    wire.destination = *model::parse_socket_address(destination);
    wire.summary.time = time;
    wire.summary.flags = model::Flags(flags);
    wire.summary.seq = model::SeqNum(seq);
    wire.summary.ack = model::SeqNum(ack);
    wire.summary.length = length;
    return wire;
}

constexpr std::uint16_t kFin = model::Flags::kFin, kSyn = model::Flags::kSyn,
                        kRst = model::Flags::kRst, kPsh = model::Flags::kPsh,
                        kAck = model::Flags::kAck;

}  // namespace tcpstep::testing
