#include "app/view/shorten.hpp"

#include <algorithm>
#include <cstddef>

namespace tcpstep::view {

namespace {

// Where the characters of a UTF-8 text begin, and its end.
std::vector<std::size_t> boundaries(std::string_view text) {
    std::vector<std::size_t> at;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool continues = (static_cast<unsigned char>(text[i]) & 0xc0) == 0x80;
        if (!continues) at.push_back(i);
    }
    at.push_back(text.size());
    return at;
}

}  // namespace

std::string shorten_middle(std::string_view text, TextStyle style, float room,
                           const Measure& measure) {
    if (measure(style, text) <= room) return std::string(text);
    const std::vector<std::size_t> at = boundaries(text);
    const std::size_t characters = at.size() - 1;
    std::string shorter = "…";
    for (std::size_t kept = 1; kept < characters; ++kept) {
        const std::size_t tail = (kept + 1) / 2;
        const std::size_t head = kept - tail;
        std::string longer(text.substr(0, at[head]));
        longer += "…";
        longer += text.substr(at[characters - tail]);
        if (measure(style, longer) > room) break;
        shorter = std::move(longer);
    }
    return shorter;
}

std::string shorten_end(std::string_view text, TextStyle style, float room,
                        const Measure& measure) {
    if (measure(style, text) <= room) return std::string(text);
    const std::vector<std::size_t> at = boundaries(text);
    std::string shorter = "…";
    for (std::size_t kept = 1; kept + 1 < at.size(); ++kept) {
        std::string longer = std::string(text.substr(0, at[kept])) + "…";
        if (measure(style, longer) > room) break;
        shorter = std::move(longer);
    }
    return shorter;
}

std::vector<std::string_view> break_lines(std::string_view text, TextStyle style, float room,
                                          const Measure& measure) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        std::size_t end = text.size();
        if (measure(style, text) > room) {
            // The last space before which everything fits, else the first one there is.
            std::size_t fits = std::string_view::npos;
            for (std::size_t space = text.find(' ', 1); space != std::string_view::npos;
                 space = text.find(' ', space + 1)) {
                if (fits != std::string_view::npos && measure(style, text.substr(0, space)) > room)
                    break;
                fits = space;
            }
            end = std::min(fits, text.size());
        }
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(text.size(), end));
        text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    }
    return lines;
}

}  // namespace tcpstep::view
