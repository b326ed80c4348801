#include "model/qlog/json_text.hpp"

#include <array>
#include <charconv>
#include <cstring>

namespace tcpstep::model::qlog {

namespace {

constexpr char kHex[] = "0123456789abcdef";

/// The two digits of each octet.
constexpr auto kOctetDigits = [] {
    std::array<std::array<char, 2>, 256> digits{};
    for (std::size_t octet = 0; octet < digits.size(); ++octet) {
        digits[octet] = {kHex[octet >> 4], kHex[octet & 0xf]};
    }
    return digits;
}();

/// The octets that stand in a string as they are, each for itself.
constexpr std::array<bool, 256> kPlain = [] {
    std::array<bool, 256> plain{};
    for (unsigned char c = 0x20; c < 0x80; ++c) plain[c] = c != '"' && c != '\\';
    return plain;
}();

unsigned char octet(std::string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]);
}

bool is_continuation(std::string_view text, std::size_t at) {
    return at < text.size() && (octet(text, at) & 0xc0) == 0x80;
}

/// Length of the well-formed UTF-8 sequence of more than one octet at `at` (Unicode 15, table 3-7);
/// 0 if there is none. Overlong forms, surrogates and what lies above U+10FFFF are none.
std::size_t multibyte_length(std::string_view text, std::size_t at) {
    const unsigned char lead = octet(text, at);
    const std::size_t length = lead >= 0xc2 && lead <= 0xdf   ? 2
                               : lead >= 0xe0 && lead <= 0xef ? 3
                               : lead >= 0xf0 && lead <= 0xf4 ? 4
                                                              : 0;
    for (std::size_t i = 1; i < length; ++i) {
        if (!is_continuation(text, at + i)) return 0;
    }
    if (length < 3) return length;
    const unsigned char second = octet(text, at + 1);
    if (lead == 0xe0 && second < 0xa0) return 0;
    if (lead == 0xed && second > 0x9f) return 0;
    if (lead == 0xf0 && second < 0x90) return 0;
    if (lead == 0xf4 && second > 0x8f) return 0;
    return length;
}

void append_escape(std::string& out, char c) {
    switch (c) {
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '\b':
            out += "\\b";
            return;
        case '\f':
            out += "\\f";
            return;
        case '\n':
            out += "\\n";
            return;
        case '\r':
            out += "\\r";
            return;
        case '\t':
            out += "\\t";
            return;
    }
    const auto code = static_cast<unsigned char>(c);
    out += "\\u00";
    out += kHex[code >> 4];
    out += kHex[code & 0xf];
}

template <class Integer>
void append_integer(std::string& out, Integer number) {
    std::array<char, 20> digits;  // -9223372036854775808 and 18446744073709551615 just fit
    const auto done = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    out.append(digits.data(), done.ptr);
}

}  // namespace

void append_string(std::string& out, std::string_view text) {
    out += '"';
    std::size_t plain = 0;  // start of the run that is copied as it is
    std::size_t at = 0;
    while (at < text.size() && kPlain[octet(text, at)]) ++at;
    const auto copy_plain = [&] { out.append(text, plain, at - plain); };
    while (at < text.size()) {
        const unsigned char c = octet(text, at);
        if (c >= 0x80) {
            if (const std::size_t length = multibyte_length(text, at); length > 0) {
                at += length;
                continue;
            }
            copy_plain();
            out += "\xef\xbf\xbd";  // U+FFFD
        } else if (c < 0x20 || c == '"' || c == '\\') {
            copy_plain();
            append_escape(out, text[at]);
        } else {
            ++at;
            continue;
        }
        plain = ++at;
    }
    copy_plain();
    out += '"';
}

void append_number(std::string& out, std::int64_t number) {
    append_integer(out, number);
}
void append_number(std::string& out, std::uint64_t number) {
    append_integer(out, number);
}

void append_hex(std::string& out, std::span<const std::uint8_t> octets) {
    const std::size_t start = out.size();
    out.resize(start + 2 * octets.size() + 2, '"');
    char* digit = out.data() + start + 1;
    for (const std::uint8_t each : octets) {
        std::memcpy(digit, kOctetDigits[each].data(), 2);
        digit += 2;
    }
}

std::string& ObjectText::member(std::string_view name) {
    out_.append(first_ ? "\"" : ",\"").append(name).append("\":");
    first_ = false;
    return out_;
}

}  // namespace tcpstep::model::qlog
