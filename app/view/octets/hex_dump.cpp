#include "app/view/octets/hex_dump.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace tcpstep::view::octets {

namespace {

constexpr std::size_t kOffset = 6;  // "0040" and two spaces
constexpr std::size_t kGap = 2;     // between digits and letters

}  // namespace

char letter_of(std::uint8_t octet) {
    return octet >= 0x20 && octet < 0x7f ? static_cast<char>(octet) : '.';
}

std::string offset_of(std::size_t octet) {
    return fmt::format("{:04x}", octet);
}

std::size_t letters_of_line(std::size_t octets) {
    return kOffset + 3 * octets + kGap + octets;
}

std::size_t octets_in_line(float letters) {
    for (std::size_t octets : {std::size_t{16}, std::size_t{8}})
        if (static_cast<float>(letters_of_line(octets)) <= letters) return octets;
    return 4;
}

Share share_of(std::size_t octet, std::size_t bit, std::size_t bits) {
    const std::size_t from = std::clamp(bit, octet * 8, octet * 8 + 8) - octet * 8;
    const std::size_t to = std::clamp(bit + bits, octet * 8, octet * 8 + 8) - octet * 8;
    return {static_cast<float>(from) / 8, static_cast<float>(to) / 8};
}

}  // namespace tcpstep::view::octets
