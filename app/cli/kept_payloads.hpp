#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "model/segment.hpp"

namespace tcpstep::cli {

/// The payloads of a capture's segments while it is read, in the order of the segments: of each the
/// first model::kMostPayload octets, of all together no more than there is room for.
class KeptPayloads {
  public:
    /// Two hundred thousand segments that are full of data, a million of a usual mixture.
    static constexpr std::size_t kRoom = std::size_t{64} << 20U;

    explicit KeptPayloads(std::size_t room = kRoom) : room_(room) {}

    /// That of the next segment, which is empty if it has none. One for which there is no room is
    /// not kept, and none after it: what is missing is the end, not a choice.
    void add(std::span<const std::uint8_t> payload);

    /// Gives away that of the segment: what was added first is that of segment 1.
    std::vector<std::uint8_t> take(model::SegmentId id);

  private:
    std::size_t room_;
    bool full_ = false;
    std::vector<std::vector<std::uint8_t>> payloads_;
};

}  // namespace tcpstep::cli
