#pragma once

#include <cstdint>
#include <vector>

#include "model/address.hpp"
#include "model/segment_summary.hpp"

namespace tcpstep::model::testing {

/// The IP and TCP headers that say what `summary` says, between these ends (both IPv4 or both
/// IPv6); with the timestamps option in its usual place if the summary has timestamps. Writes into
/// `into`, which keeps its memory.
void write_headers(std::vector<std::uint8_t>& into, const SocketAddress& source,
                   const SocketAddress& destination, const SegmentSummary& summary);

}  // namespace tcpstep::model::testing
