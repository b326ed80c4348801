#include "app/cli/columns.hpp"

#include <algorithm>
#include <array>

namespace tcpstep::cli {

namespace {

// One character of UTF-8, which the reader of the file has checked.
struct Character {
    std::string_view octets;
    std::size_t columns;
};

Character first_of(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    // From U+2E80 on: ideographs and their punctuation, U+FF01 the full-width forms.
    const bool wide = lead >= 0xf0 || (lead >= 0xe3 && lead <= 0xed) || lead == 0xef ||
                      (lead == 0xe2 && static_cast<unsigned char>(text[1]) >= 0xba);
    return {text.substr(0, length), wide ? 2U : 1U};
}

// Where a line may end: a word with the spaces before it, or one ideograph.
std::string_view first_piece(std::string_view text) {
    std::size_t end = text.find_first_not_of(' ');
    if (end == std::string_view::npos) return text;
    while (end < text.size() && text[end] != ' ') {
        const Character next = first_of(text.substr(end));
        const bool began = text.find_first_not_of(' ') < end;
        if (next.columns == 2 && began) break;
        end += next.octets.size();
        if (next.columns == 2) break;
    }
    // No line begins with a mark that ends a clause.
    for (std::string_view rest = text.substr(end); !rest.empty(); rest = text.substr(end)) {
        static constexpr std::array<std::string_view, 7> kClosing = {"，", "。", "；", "：",
                                                                     "、", "）", "！"};
        const Character next = first_of(rest);
        if (std::find(kClosing.begin(), kClosing.end(), next.octets) == kClosing.end()) break;
        end += next.octets.size();
    }
    return text.substr(0, end);
}

std::string_view cut_to(std::string_view text, std::size_t columns) {
    std::size_t end = 0;
    for (std::size_t used = 0; end < text.size();) {
        const Character next = first_of(text.substr(end));
        used += next.columns;
        if (used > columns) break;
        end += next.octets.size();
    }
    return text.substr(0, end);
}

}  // namespace

std::size_t columns_of(std::string_view text) {
    std::size_t columns = 0;
    while (!text.empty()) {
        const Character next = first_of(text);
        columns += next.columns;
        text.remove_prefix(next.octets.size());
    }
    return columns;
}

std::vector<std::string> wrapped_to_columns(std::string_view text, std::size_t columns) {
    std::vector<std::string> lines(1);
    std::size_t used = 0;
    while (!text.empty()) {
        std::string_view piece = first_piece(text);
        text.remove_prefix(piece.size());
        if (used > 0 && used + columns_of(piece) > columns) {
            lines.emplace_back();
            used = 0;
        }
        if (used == 0) piece.remove_prefix(std::min(piece.find_first_not_of(' '), piece.size()));
        for (; columns_of(piece) > columns; lines.emplace_back()) {
            const std::string_view part = cut_to(piece, columns);
            lines.back() += part;
            piece.remove_prefix(part.size());
        }
        lines.back() += piece;
        used += columns_of(piece);
    }
    return lines;
}

}  // namespace tcpstep::cli
