#include "app/view/terminal/text_row.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "app/view/call_list.hpp"
#include "app/view/call_value.hpp"
#include "app/view/columns.hpp"
#include "app/view/escape.hpp"
#include "app/view/say.hpp"

namespace tcpstep::view::terminal {

using namespace model;

namespace {

constexpr std::size_t kInside = TextRow::kArrow - 2;  // between the lifelines
constexpr std::size_t kArrowRoom = kInside - 2;       // beside an arrow's head and one dash

std::string between_lifelines(const std::string& words) {
    return fmt::format("|{:^{}}|", cut_to_columns(words, kInside), kInside);
}

std::string flags_of(const std::string& line) {
    return line.substr(0, line.find(' '));
}

// The segment's line, the longest first.
std::vector<std::string> lines_of(const Segment& segment, SeqBase base) {
    const std::string line = to_line(segment, base);
    return {line, line.substr(0, line.find(" ack ")),
            fmt::format("{} ({})", flags_of(line), segment.length), flags_of(line)};
}

// The longest of these that fits with the words around it; the last one alone if none does.
std::string fitting(const std::vector<std::string>& lines, Text words, std::size_t room) {
    for (const std::string& line : lines) {
        std::string text = say(words, line);
        if (columns(text) <= room) return text;
    }
    return lines.back();
}

// The part of the way on which it is not now, from the segment outward: "- - -  ", clear of the
// lifeline at its end.
std::string not_here(std::size_t length) {
    std::string gaps;
    for (std::size_t i = 0; i < length; ++i) gaps += i % 2 == 0 ? '-' : ' ';
    if (!gaps.empty()) gaps.back() = ' ';
    return gaps;
}

// What is drawn on both sides of a segment's line, each from the line outward.
struct Drawn {
    std::string toward_sender, toward_receiver;
};

Drawn draw(Way way, Role from, std::size_t length) {
    const std::size_t room = kInside - length;
    switch (way) {
        case Way::Whole:
            // The line of text begins at the left, whoever sent it.
            if (from == Role::Server) return {std::string(room - 1, '-'), ">"};
            return {"-", std::string(room - 2, '-') + ">"};
        case Way::Begins:
            return {"-", not_here(room - 1)};
        case Way::Arrives: {
            const std::string head = room > 2 ? "->" : ">";
            return {not_here(room - head.size()), head};
        }
        case Way::IsLost: {
            const std::string end = std::string("-X  ").substr(0, room);
            return {not_here(room - end.size()), end};
        }
    }
    return {};
}

std::string leftward(std::string text) {
    std::reverse(text.begin(), text.end());
    std::replace(text.begin(), text.end(), '>', '<');
    return text;
}

// A text on its way between the lifelines.
std::string arrow_of(Role from, const std::string& text, Way way) {
    const Drawn drawn = draw(way, from, columns(text));
    return from == Role::Client
               ? fmt::format("|{}{}{}|", leftward(drawn.toward_sender), text, drawn.toward_receiver)
               : fmt::format("|{}{}{}|", leftward(drawn.toward_receiver), text,
                             drawn.toward_sender);
}

}  // namespace

std::string TextRow::line() const {
    std::string text = fmt::format(
        "{:>{}} {:<{}} {:<{}} {:<{}} {:<{}} {}", time, kTime, state[0], kState, calls[0], kCalls,
        arrow.empty() ? between_lifelines("") : arrow, kArrow, calls[1], kCalls, state[1]);
    text.erase(text.find_last_not_of(' ') + 1);
    return text + "\n";
}

std::string time_cell(Duration since) {
    const double ms = std::chrono::duration<double, std::milli>(since).count();
    if (ms < 999.9995) return fmt::format("{:.3f}", ms);
    const double s = ms / 1000;
    return fmt::format("{:.{}f}s", s, s < 100 ? 3 : 0);
}

std::string arrow_cell(const Segment& segment, SeqBase base, Way way, bool again) {
    const Text words = again ? Text::TerminalAgain : Text::TerminalPlain;
    return arrow_of(segment.from, fitting(lines_of(segment, base), words, kArrowRoom), way);
}

std::string datagram_cell(Role from, const std::vector<std::string>& words) {
    const std::string text = fitting(words, Text::TerminalPlain, kArrowRoom);
    return arrow_of(from, std::string(cut_to_columns(text, kArrowRoom)), Way::Whole);
}

std::string wire_cell(Text words, const Segment& segment, SeqBase base) {
    return between_lifelines(fitting(lines_of(segment, base), words, kInside));
}

std::string sent_again_cell(const Segment& segment, std::size_t count) {
    return between_lifelines(
        say(Text::TerminalAbsorbed, flags_of(to_line(segment, SeqBase())), count));
}

std::string call_cell(const CallEntered& call) {
    if (is_look(call.call)) return call_name(call.call);
    for (const CallArgument& argument : call.arguments) {
        const auto* fd = std::get_if<std::int64_t>(&argument.value);
        if (argument.name != "fd" || fd == nullptr) continue;
        std::string cell = fmt::format("{}({})", escaped(call.call), *fd);
        if (cell.size() <= TextRow::kCalls) return cell;
    }
    return call_name(call.call);
}

std::vector<std::string> returned_cell(const std::string& call, const CallReturned& returned) {
    const std::string result = result_text(returned);
    for (const std::string& head : {call, call_name(returned.call)}) {
        std::string one = fmt::format("{} {}", head, result);
        if (one.size() <= TextRow::kCalls) return {std::move(one)};
    }
    return {call.substr(0, TextRow::kCalls), result.substr(0, TextRow::kCalls)};
}

}  // namespace tcpstep::view::terminal
