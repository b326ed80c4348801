#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>

namespace tcpstep::bench {

/// A frame of a made capture: an Ethernet, an IPv4 and a TCP header, and no octet of payload, for a
/// capture keeps what its snap length allows (the rest are zeros).
struct MadeFrame {
    std::array<std::uint8_t, 128> octets{};
    std::uint32_t captured = 0;  ///< how many of them there are
    std::uint32_t length = 0;    ///< of the frame as it was on the wire
};

/// One connection as two well-behaved hosts make it: a handshake with the usual options, data both
/// ways with timestamps, every second segment acknowledged, and a close of four segments. The same
/// number makes the same connection.
class MadeConnection {
  public:
    static constexpr std::size_t kFewest = 8;

    /// `segments` in all, kFewest or more. `number` decides addresses, ports and sequence numbers;
    /// below 2^24 no two are the same.
    MadeConnection(std::uint32_t number, std::size_t segments);

    bool over() const { return sent_ == segments_; }

    /// The next segment, sent at `milliseconds` of both hosts' clocks, as captured with that snap
    /// length (at most 128).
    MadeFrame next(std::uint32_t milliseconds, std::uint32_t snap_length, std::mt19937& random);

  private:
    struct End {
        std::uint32_t address = 0;
        std::uint16_t port = 0;
        std::uint16_t ip_id = 0;
        std::uint32_t next = 0;          // SND.NXT
        std::uint32_t acknowledged = 0;  // what this end has acknowledged of the other's
        std::uint32_t clock = 0;         // its TSval at 0 ms
        std::uint32_t seen_clock = 0;    // the TSval that it saw last
    };
    struct Choice {
        std::size_t from = 0;  // 0 the client, 1 the server
        std::uint8_t flags = 0;
        std::uint32_t payload = 0;
    };

    Choice choose(std::mt19937& random);

    std::size_t segments_;
    std::size_t sent_ = 0;
    std::array<End, 2> ends_;
    std::size_t talks_ = 0;  // who sends data now
    std::size_t closes_;     // who closes first
};

}  // namespace tcpstep::bench
