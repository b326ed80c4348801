#include "app/view/escape.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include <fmt/format.h>

namespace tcpstep::view {

namespace {

constexpr char32_t kNone = 0xffffffff;

struct Character {
    std::string_view bytes;
    char32_t code = kNone;  // kNone: one byte that is not UTF-8
};

// The character that `text`, which is not empty, begins with (RFC 3629 3).
Character first_of(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    if (byte(0) < 0x80) return {text.substr(0, 1), byte(0)};
    const std::size_t size = byte(0) < 0xc2   ? 0
                             : byte(0) < 0xe0 ? 2
                             : byte(0) < 0xf0 ? 3
                             : byte(0) < 0xf5 ? 4
                                              : 0;
    if (size == 0 || size > text.size()) return {text.substr(0, 1)};
    char32_t code = byte(0) & (0xffU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xc0) != 0x80) return {text.substr(0, 1)};
        code = code << 6 | (byte(i) & 0x3fU);
    }
    constexpr std::array<char32_t, 5> kLeast = {0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = code >= 0xd800 && code < 0xe000;
    if (code < kLeast[size] || surrogate || code > 0x10ffff) return {text.substr(0, 1)};
    return {text.substr(0, size), code};
}

// Controls, and what makes a line look like another one (Unicode's bidirectional controls, line
// separators, the byte order mark).
bool is_shown(char32_t code) {
    constexpr std::array kHidden = {std::pair<char32_t, char32_t>{0, 0x1f},
                                    std::pair<char32_t, char32_t>{0x7f, 0x9f},
                                    std::pair<char32_t, char32_t>{0x61c, 0x61c},
                                    std::pair<char32_t, char32_t>{0x200e, 0x200f},
                                    std::pair<char32_t, char32_t>{0x2028, 0x202e},
                                    std::pair<char32_t, char32_t>{0x2066, 0x2069},
                                    std::pair<char32_t, char32_t>{0xfeff, 0xfeff}};
    return std::none_of(kHidden.begin(), kHidden.end(), [&](const auto& range) {
        return code >= range.first && code <= range.second;
    });
}

std::string escape_of(const Character& character) {
    switch (character.code) {
        case '\n':
            return "\\n";
        case '\r':
            return "\\r";
        case '\t':
            return "\\t";
        case kNone:
            return fmt::format("\\x{:02x}", static_cast<unsigned char>(character.bytes[0]));
        default:
            break;
    }
    const auto code = static_cast<std::uint32_t>(character.code);
    return code < 0x80 ? fmt::format("\\x{:02x}", code) : fmt::format("\\u{:04x}", code);
}

void append(std::string& out, const Character& character) {
    if (character.code != kNone && is_shown(character.code)) {
        out += character.bytes;
    } else {
        out += escape_of(character);
    }
}

}  // namespace

std::string escaped(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const Character character = first_of(text);
        append(out, character);
        text.remove_prefix(character.bytes.size());
    }
    return out;
}

std::string escaped(std::string_view text, std::size_t at_most) {
    std::string out;
    for (std::size_t shown = 0; !text.empty() && shown < at_most; ++shown) {
        const Character character = first_of(text);
        append(out, character);
        text.remove_prefix(character.bytes.size());
    }
    return out + (text.empty() ? "" : "…");
}

ShownCharacter first_shown(std::string_view text) {
    const Character character = first_of(text);
    ShownCharacter shown;
    shown.octets = character.bytes.size();
    append(shown.shown, character);
    shown.as_it_is = shown.shown == character.bytes;
    return shown;
}

std::string quoted(std::string_view text, std::size_t at_most) {
    std::string out = "\"";
    for (std::size_t shown = 0; !text.empty() && shown < at_most; ++shown) {
        const Character character = first_of(text);
        if (character.code == '"' || character.code == '\\') out += '\\';
        append(out, character);
        text.remove_prefix(character.bytes.size());
    }
    return out + (text.empty() ? "\"" : "\"…");
}

}  // namespace tcpstep::view
