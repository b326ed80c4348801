#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "model/segment.hpp"

namespace tcpstep::model::claim {

/// A field of a captured header, as it went over the wire: RFC 791 3.1, RFC 8200 3, RFC 9293 3.1.
enum class HeaderField : std::uint8_t {
    SourceAddress,
    DestinationAddress,
    SourcePort,
    DestinationPort,
    Seq,
    Ack,
    Flags,  ///< the octet of them, CWR to FIN
    Window,
};

/// Its octets in their order on the wire; none if the trace has no headers of this segment.
std::span<const std::uint8_t> octets_of(const Segment& segment, HeaderField field);

/// "1F 40".
std::string hexadecimal(std::span<const std::uint8_t> octets);

/// The number that they are in network byte order, the first one being the most significant;
/// nothing if there are none, or more than four.
std::optional<std::int64_t> number_of(std::span<const std::uint8_t> octets);

}  // namespace tcpstep::model::claim
