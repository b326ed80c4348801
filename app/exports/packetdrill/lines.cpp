#include "app/exports/packetdrill/lines.hpp"

#include <algorithm>
#include <chrono>
#include <ostream>

#include "app/view/say.hpp"
#include "model/packetdrill_line.hpp"

namespace tcpstep::exports::packetdrill {

using namespace model;
using view::say;
using view::Text;

namespace {

std::string words_of(const DrillLine& line, const DrillEnd& end, Duration since) {
    if (line.segment != nullptr)
        return packetdrill_line(*line.segment, end.bases.of(*line.segment), end.side, since);
    std::string text = packetdrill_time(since);
    // Both are told since the line before.
    if (line.until) text += "..." + packetdrill_time(since + (*line.until - line.time)).substr(1);
    return text + " " + line.says;
}

}  // namespace

void write_lines(const std::vector<DrillLine>& lines, const DrillEnd& end, std::ostream& out) {
    // Told are whole microseconds: what they leave out must not add up.
    std::optional<Time> before;
    std::optional<Time> busy;
    for (const DrillLine& line : lines) {
        const bool says = !line.says.empty() || line.segment != nullptr;
        const bool kept = says && !(line.call && busy && line.time < *busy);
        if (!kept) {
            const std::string text =
                says ? say(Text::DrillOneCall, line.says.substr(0, line.says.find('\n')))
                     : line.comment;
            if (!text.empty()) out << "// " << text << "\n";
            continue;
        }
        const Duration since = before ? std::max(line.time - *before, Duration()) : Duration();
        const auto told = std::chrono::floor<std::chrono::microseconds>(since);
        before = before ? *before + told : line.time;
        if (line.until) busy = line.until;
        out << words_of(line, end, told);
        if (!line.comment.empty()) out << "  // " << line.comment;
        out << "\n";
    }
}

}  // namespace tcpstep::exports::packetdrill
