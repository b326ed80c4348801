#pragma once

#include <cstdint>

namespace tcpstep::model {

/// A TCP sequence number: a point on a circle of 2^32 (RFC 9293 3.4). It has no `<` and no `-`,
/// because on a circle these have no meaning; use the named functions below.
class SeqNum {
  public:
    constexpr SeqNum() = default;
    constexpr explicit SeqNum(std::uint32_t raw) : raw_(raw) {}

    /// The number as it stands in the header.
    constexpr std::uint32_t raw() const { return raw_; }

    /// The point `n` octets further round the circle.
    constexpr SeqNum operator+(std::uint32_t n) const { return SeqNum(raw_ + n); }

    constexpr bool operator==(const SeqNum&) const = default;

  private:
    std::uint32_t raw_ = 0;
};

/// How far to go forward from `from` to reach `to`: 0 to 2^32 - 1.
constexpr std::uint32_t distance(SeqNum from, SeqNum to) {
    return to.raw() - from.raw();
}

/// The shorter way from `from` to `to`: negative if `to` lies behind.
constexpr std::int64_t signed_distance(SeqNum from, SeqNum to) {
    return static_cast<std::int32_t>(to.raw() - from.raw());
}

/// `a` comes before `b`, taking the shorter way round. Of two points exactly 2^31 apart each is
/// before the other, as in Linux's before().
constexpr bool before(SeqNum a, SeqNum b) { return signed_distance(b, a) < 0; }

/// `a` is `b` or comes before it.
constexpr bool at_or_before(SeqNum a, SeqNum b) {
    return a == b || before(a, b);
}

/// `start <= x < start + size` on the circle; an empty window holds nothing.
constexpr bool in_window(SeqNum x, SeqNum start, std::uint32_t size) {
    return distance(start, x) < size;
}

/// `x` lies beyond `start`, and at `last` or before it.
constexpr bool beyond_up_to(SeqNum x, SeqNum start, SeqNum last) {
    return before(start, x) && at_or_before(x, last);
}

}  // namespace tcpstep::model
