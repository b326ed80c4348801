#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "app/view/octets/wire_fields.hpp"

namespace tcpstep::view::octets {

/// Appends a field for each octet of a payload that begins at that bit of the packet.
void append_payload_fields(std::vector<WireField>& fields, std::span<const std::uint8_t> payload,
                           std::size_t bit);

/// A character of a payload, as a text that is shown to people.
struct PayloadCharacter {
    std::size_t octet = 0;   ///< its first one in the payload
    std::size_t octets = 1;  ///< that it takes: "é" takes two (UTF-8)
    std::string shown;       ///< "h"; "\n" for what would be no letter
    bool as_it_is = true;    ///< no escape
    bool ends_line = false;  ///< a line feed
};
std::vector<PayloadCharacter> payload_characters(std::span<const std::uint8_t> payload);

/// How much of a payload of `length` octets is there: "payload, 5 octets", "payload, the first 256
/// of 1460 octets", "payload not kept: 5 octets"; "" if it has none.
std::string payload_extent(std::uint32_t length, std::size_t kept);

/// What is missing of it, for the place where it would stand: "cut here: 256 of 1460 octets are
/// kept", "payload not kept: 5 octets"; "" if nothing is.
std::string payload_gap(std::uint32_t length, std::size_t kept);

}  // namespace tcpstep::view::octets
