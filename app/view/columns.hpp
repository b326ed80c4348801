#pragma once

#include <cstddef>
#include <string_view>

namespace tcpstep::view {

/// The columns that a UTF-8 text takes in a terminal: two for each East Asian wide character, one
/// for any other. Unicode Standard Annex #11
std::size_t columns(std::string_view text);

/// The beginning of `text` that takes no more than `room` columns; no character is cut apart.
std::string_view cut_to_columns(std::string_view text, std::size_t room);

/// One character of a UTF-8 text; a byte that begins none is one by itself.
struct CodePoint {
    char32_t code = 0;
    std::size_t octets = 1;
};
/// The first character of `text`, which must not be empty.
CodePoint first_code_point(std::string_view text);

/// It is as wide as high: Chinese characters and their punctuation, among others.
bool is_wide(char32_t code);

}  // namespace tcpstep::view
