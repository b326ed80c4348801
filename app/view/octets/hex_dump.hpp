#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace tcpstep::view::octets {

/// What an octet is as a letter, as hex dumps show it: "." for what is no printable ASCII.
char letter_of(std::uint8_t octet);

/// "0040", of the first octet of a line.
std::string offset_of(std::size_t octet);

/// How many octets stand in a line that is `letters` wide: 16, or 8, 4 where they do not fit. Each
/// takes two digits, a space and its letter; besides there are the offset and gaps.
std::size_t octets_in_line(float letters);

/// Letters that a line of so many octets takes.
std::size_t letters_of_line(std::size_t octets);

/// The share of octet `octet` that the bits from `bit` on take, from 0 to 1 of its width.
struct Share {
    float from = 0;
    float to = 0;
    bool empty() const { return to <= from; }
};
Share share_of(std::size_t octet, std::size_t bit, std::size_t bits);

}  // namespace tcpstep::view::octets
