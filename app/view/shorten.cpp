#include "app/view/shorten.hpp"

#include <algorithm>
#include <cstddef>

#include "app/view/columns.hpp"

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

bool is_one_of(std::u32string_view set, char32_t code) {
    return set.find(code) != std::u32string_view::npos;
}

// Chinese is broken between any two characters, but for punctuation that belongs to the one beside
// it. GB/T 15834, 5.1
bool may_part(char32_t left, char32_t right) {
    constexpr std::u32string_view kOpening = U"（《〈「『【“‘([{";
    constexpr std::u32string_view kClosing = U"）》〉」』】”’)]}，。、；：？！,.;:?!…·—%×";
    return (is_wide(left) || is_wide(right)) && !is_one_of(kOpening, left) &&
           !is_one_of(kClosing, right);
}

// Where a line may end, and where the one after it then begins.
struct Break {
    std::size_t end, begin;
};

std::vector<Break> breaks_of(std::string_view text) {
    std::vector<Break> breaks;
    char32_t left = U' ';
    for (std::size_t i = 0; i < text.size();) {
        const CodePoint here = first_code_point(text.substr(i));
        if (here.code == U' ') {
            const std::size_t word = std::min(text.find_first_not_of(' ', i), text.size());
            if (i > 0) breaks.push_back({i, word});
            i = word;
        } else {
            if (left != U' ' && may_part(left, here.code)) breaks.push_back({i, i});
            i += here.octets;
        }
        left = here.code;
    }
    return breaks;
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
    const std::vector<Break> breaks = breaks_of(text);
    auto next = breaks.begin();  // the first one behind the line's begin
    for (std::size_t begin = 0; begin < text.size();) {
        const std::string_view rest = text.substr(begin);
        if (next == breaks.end() || measure(style, rest) <= room) {
            lines.push_back(rest);
            break;
        }
        // The last one before which everything fits, else the first one there is.
        const auto too_far = std::partition_point(next, breaks.end(), [&](const Break& at) {
            return measure(style, text.substr(begin, at.end - begin)) <= room;
        });
        const Break chosen = too_far == next ? *next : *(too_far - 1);
        lines.push_back(text.substr(begin, chosen.end - begin));
        begin = chosen.begin;
        next = std::upper_bound(next, breaks.end(), begin,
                                [](std::size_t at, const Break& one) { return at < one.begin; });
    }
    return lines;
}

}  // namespace tcpstep::view
