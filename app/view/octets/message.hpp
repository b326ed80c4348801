#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/view/octets/field_meaning.hpp"
#include "app/view/timeline_index.hpp"
#include "model/timeline.hpp"

namespace tcpstep::view::octets {

/// What one end told the other where no segment shows it: a datagram on the wire, or what a call
/// wrote or read (AF_UNIX).
struct Message {
    std::string title;  ///< "DATAGRAM · client → server · 5 octets", "server · recv() · 6 octets"
    std::vector<std::uint8_t> payload;  ///< empty: it was not kept
    std::uint32_t length = 0;           ///< of all of it
    bool datagram = false;
};

/// The latest before the position, but not farther back than one sees; a datagram rather than a
/// call.
std::optional<Message> latest_message(const model::Timeline& timeline, const TimelineIndex& index,
                                      std::size_t position);

/// Of an octet of it.
FieldMeaning octet_of_message(const Message& message, const WireField& field);

}  // namespace tcpstep::view::octets
