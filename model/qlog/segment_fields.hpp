#pragma once

#include <cstdint>
#include <vector>

#include "model/qlog/fields.hpp"
#include "model/segment.hpp"

namespace tcpstep::model::qlog {

/// The segment that `data` of tcp:segment_sent or tcp:segment_injected tells; where that is not
/// possible there are faults, and what is returned means nothing.
Segment read_segment(const Fields& data);

/// What `data` of udp:datagram_sent tells in `raw` of a payload of `length` octets; empty if
/// nothing.
std::vector<std::uint8_t> read_datagram_payload(const Fields& data, std::uint32_t length);

}  // namespace tcpstep::model::qlog
