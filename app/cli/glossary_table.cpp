#include "app/cli/glossary_table.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "app/cli/wrapped.hpp"
#include "app/view/columns.hpp"
#include "app/view/say.hpp"

namespace tcpstep::cli {

namespace {

using view::say;
using view::Text;

constexpr std::size_t kLeast = 60;
constexpr std::size_t kGap = 2;     // between the columns
constexpr std::size_t kIndent = 2;  // of what goes on in the next line, and of what stands below

std::string padded(std::string_view text, std::size_t columns) {
    const std::size_t used = view::columns(text);
    return std::string(text) + std::string(columns > used ? columns - used : 0, ' ');
}

// A cell: what does not fit into its first line goes on further in.
std::vector<std::string> cell(std::string_view text, std::size_t columns) {
    std::vector<std::string> lines = wrapped_to_columns(text, columns);
    if (lines.size() < 2) return lines;
    const std::string first = lines.front();
    const auto rest = text.substr(std::min(text.size(), first.size()));
    lines = wrapped_to_columns(rest, columns - kIndent);
    for (std::string& line : lines) line.insert(0, kIndent, ' ');
    lines.insert(lines.begin(), first);
    return lines;
}

void trim_end(std::string& line) {
    line.erase(line.find_last_not_of(' ') + 1);
}

std::string row(const std::array<std::string, 3>& texts, std::size_t width) {
    std::array<std::vector<std::string>, 3> cells;
    std::size_t lines = 0;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        cells[i] = cell(texts[i], width);
        lines = std::max(lines, cells[i].size());
    }
    std::string all;
    for (std::size_t n = 0; n < lines; ++n) {
        std::string line;
        for (const auto& one : cells) {
            line += padded(n < one.size() ? one[n] : "", width) + std::string(kGap, ' ');
        }
        trim_end(line);
        all += line + "\n";
    }
    return all;
}

std::string indented(std::string_view text, std::size_t columns) {
    std::string all;
    for (const std::string& line : wrapped_to_columns(text, columns - kIndent))
        all += std::string(kIndent, ' ') + line + "\n";
    return all;
}

// "CLOSED to SYN_SENT · sends SYN · RFC 9293 3.10.1"
std::string facts(const lesson::GlossaryEntry& entry) {
    std::vector<std::string> parts;
    for (const auto& move : entry.moves)
        parts.push_back(say(Text::GlossaryMove, name(move.from), name(move.to)));
    if (entry.moves.empty()) parts.push_back(say(Text::GlossaryMovesNothing));
    parts.push_back(entry.sends.empty() ? say(Text::GlossarySendsNothing)
                                        : say(Text::GlossarySends, entry.sends));
    if (!entry.rfc.empty()) parts.push_back(say(Text::GlossaryRfc, entry.rfc));
    return fmt::format("{}", fmt::join(parts, "; "));
}

}  // namespace

std::string glossary_table(const lesson::Glossary& glossary, std::size_t columns) {
    columns = std::max(columns, kLeast);
    const std::size_t width = (columns - 2 * kGap) / 3;
    std::string table =
        row({say(Text::GlossaryPosix), say(Text::GlossaryWinsock), say(Text::GlossaryGo)}, width);
    const std::string none = say(Text::GlossaryNone);
    const auto or_none = [&](const std::string& call) { return call.empty() ? none : call; };
    for (const lesson::GlossaryEntry& entry : glossary) {
        table += std::string(columns, '-') + "\n";
        table += row({or_none(entry.posix), or_none(entry.winsock), or_none(entry.go)}, width);
        table += indented(facts(entry), columns);
        table += indented(entry.does.shown(), columns);
    }
    return table;
}

}  // namespace tcpstep::cli
