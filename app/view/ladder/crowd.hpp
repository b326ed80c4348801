#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace tcpstep::view::ladder {

/// Something that is to stand beside a moment of a lifeline, in a column with others of its kind.
struct Crowded {
    float moment;  ///< where its middle would be if it were alone
    float height;
    /// The less, the rather it stays where not all can.
    std::uint32_t rank = 0;
    /// It is left out rather than put farther from its moment than this.
    float farthest = std::numeric_limits<float>::max();
    /// Nor does anything of a higher rank than `kLasting` move it farther than this, or farther
    /// than it is without them.
    float at_ease = std::numeric_limits<float>::max();
};

/// Of a rank below this is what counts before all of the others.
constexpr std::uint32_t kLasting = 1'000'000;

struct CrowdLimits {
    float top;   ///< the upper edge of the first is not above this
    float last;  ///< the middle of the last is not below this
};

/// Where the middle of each stands so that they do not overlap, keep their order, and are as near
/// to their moments as that allows: a crowd spreads around its moments, up as well as down. Nothing
/// for what is left out: what does not fit within `farthest` and the limits, by rank. The moments
/// do not decrease.
std::vector<std::optional<float>> settle_crowd(const std::vector<Crowded>& crowd,
                                               CrowdLimits limits);

}  // namespace tcpstep::view::ladder
