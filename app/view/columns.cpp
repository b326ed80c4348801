#include "app/view/columns.hpp"

#include <algorithm>
#include <array>

namespace tcpstep::view {

namespace {

struct Range {
    char32_t first, last;
};

// Wide and Fullwidth (UAX #11), in blocks; fmt pads by the same ones.
constexpr std::array kWide = {
    Range{0x1100, 0x115f},   Range{0x2329, 0x232a},   Range{0x2e80, 0x303e},
    Range{0x3040, 0xa4cf},   Range{0xac00, 0xd7a3},   Range{0xf900, 0xfaff},
    Range{0xfe10, 0xfe19},   Range{0xfe30, 0xfe6f},   Range{0xff00, 0xff60},
    Range{0xffe0, 0xffe6},   Range{0x1f300, 0x1f64f}, Range{0x1f900, 0x1f9ff},
    Range{0x20000, 0x2fffd}, Range{0x30000, 0x3fffd},
};

// What the first byte of a sequence says about its length.
std::size_t length_of(unsigned char first) {
    if (first >= 0xf0 && first < 0xf8) return 4;
    if (first >= 0xe0 && first < 0xf0) return 3;
    return first >= 0xc0 && first < 0xe0 ? 2 : 1;
}

}  // namespace

CodePoint first_code_point(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const std::size_t length = length_of(byte(0));
    if (length == 1 || length > text.size()) return {byte(0), 1};
    char32_t code = byte(0) & (0x7fU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0) != 0x80) return {byte(0), 1};
        code = (code << 6) | (byte(i) & 0x3fU);
    }
    return {code, length};
}

bool is_wide(char32_t code) {
    if (code < kWide.front().first) return false;
    return std::any_of(kWide.begin(), kWide.end(), [code](const Range& range) {
        return code >= range.first && code <= range.last;
    });
}

std::size_t columns(std::string_view text) {
    std::size_t count = 0;
    while (!text.empty()) {
        const CodePoint next = first_code_point(text);
        count += is_wide(next.code) ? 2 : 1;
        text.remove_prefix(next.octets);
    }
    return count;
}

std::string_view cut_to_columns(std::string_view text, std::size_t room) {
    std::size_t end = 0;
    for (std::size_t used = 0; end < text.size();) {
        const CodePoint next = first_code_point(text.substr(end));
        used += is_wide(next.code) ? 2 : 1;
        if (used > room) break;
        end += next.octets;
    }
    return text.substr(0, end);
}

}  // namespace tcpstep::view
