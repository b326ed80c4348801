#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "model/address.hpp"
#include "model/event.hpp"
#include "model/segment_summary.hpp"
#include "model/side.hpp"
#include "model/time.hpp"

namespace tcpstep::model {

/// Where a stored segment belongs.
struct SegmentPlace {
    ConnectionIndex connection = 0;  ///< less than 2^31
    Side side = Side::Low;           ///< its sender
    bool operator==(const SegmentPlace&) const = default;
};

/// A captured segment to be packed.
struct SegmentToPack {
    const SocketAddress& source;
    const SocketAddress& destination;
    const SegmentSummary& summary;
    std::span<const std::uint8_t> headers;  ///< IP and TCP
};

/// More octets than pack() needs for headers of that size.
constexpr std::size_t most_packed_octets(std::size_t headers) {
    return headers + 64;
}

struct Packed {
    std::uint8_t* end;
    std::uint8_t* place_at;  ///< for pack_place(), which is to follow
};

/// Writes the segment at `at`, where most_packed_octets() are free. Kept are the
/// summary without `id` and `from`, its time as counted from `base`, and the headers without
/// version, protocol, addresses and ports; the headers whole if these or anything else in them is
/// not as expected.
Packed pack(std::uint8_t* at, const SegmentToPack& segment, Time base);

/// Reads what pack() wrote.
class PackedSegment {
  public:
    /// The first octet of what is packed is never this.
    static constexpr std::uint8_t kNever = 255;

    explicit PackedSegment(const std::uint8_t* at);

    const std::uint8_t* end() const { return end_; }
    SegmentPlace place() const;
    Time time(Time base) const;
    /// `id` is 0, `from` the client.
    SegmentSummary summary(Time base) const;
    std::vector<std::uint8_t> headers(const SocketAddress& source,
                                      const SocketAddress& destination) const;

    /// Where place() is kept, for pack_place().
    const std::uint8_t* place_at() const { return shape_ + 1; }

  private:
    const std::uint8_t* time_at() const;
    const std::uint8_t* length_at() const;
    const std::uint8_t* body() const;

    const std::uint8_t* shape_;
    const std::uint8_t* end_;
};

/// Overwrites where a packed segment belongs: `at` is its PackedSegment::place_at().
void pack_place(std::uint8_t* at, SegmentPlace place);

}  // namespace tcpstep::model
