#include "app/cli/wrapped.hpp"

#include <algorithm>
#include <array>

#include "app/view/columns.hpp"

namespace tcpstep::cli {

namespace {

using view::CodePoint;
using view::columns;
using view::first_code_point;

// Where a line may end: a word with the spaces before it, or one ideograph.
std::string_view first_piece(std::string_view text) {
    std::size_t end = text.find_first_not_of(' ');
    if (end == std::string_view::npos) return text;
    while (end < text.size() && text[end] != ' ') {
        const CodePoint next = first_code_point(text.substr(end));
        const bool began = text.find_first_not_of(' ') < end;
        if (view::is_wide(next.code) && began) break;
        end += next.octets;
        if (view::is_wide(next.code)) break;
    }
    // No line begins with a mark that ends a clause.
    for (std::string_view rest = text.substr(end); !rest.empty(); rest = text.substr(end)) {
        static constexpr std::array kClosing = {U'，', U'。', U'；', U'：', U'、', U'）', U'！'};
        const CodePoint next = first_code_point(rest);
        if (std::find(kClosing.begin(), kClosing.end(), next.code) == kClosing.end()) break;
        end += next.octets;
    }
    return text.substr(0, end);
}

}  // namespace

std::vector<std::string> wrapped_to_columns(std::string_view text, std::size_t room) {
    std::vector<std::string> lines(1);
    std::size_t used = 0;
    while (!text.empty()) {
        std::string_view piece = first_piece(text);
        text.remove_prefix(piece.size());
        if (used > 0 && used + columns(piece) > room) {
            lines.emplace_back();
            used = 0;
        }
        if (used == 0) piece.remove_prefix(std::min(piece.find_first_not_of(' '), piece.size()));
        for (; columns(piece) > room; lines.emplace_back()) {
            const std::string_view part = view::cut_to_columns(piece, room);
            lines.back() += part;
            piece.remove_prefix(part.size());
        }
        lines.back() += piece;
        used += columns(piece);
    }
    return lines;
}

}  // namespace tcpstep::cli
