#include "app/view/call_value.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "app/view/escape.hpp"
#include "app/view/say.hpp"
#include "model/proc_net_tcp.hpp"

namespace tcpstep::view {

using namespace model;

namespace {

constexpr std::string_view kProcNetTcp = "proc_net_tcp";
constexpr std::size_t kTextTold = 80;  // characters of a text that was received, in a sentence

bool receives(std::string_view call) {
    return call == "recv" || call == "recvfrom" || call == "read";
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

std::string timer_word(std::uint8_t timer) {
    constexpr std::array kWords = {Text::ProcTimerNone, Text::ProcTimerRetransmit,
                                   Text::ProcTimerOther, Text::ProcTimerTimeWait,
                                   Text::ProcTimerProbe};
    return timer < kWords.size() ? say(kWords[timer]) : std::to_string(timer);
}

// "0100007F:1F40", the row's second column.
std::string local_column(std::string_view row) {
    const std::size_t from = row.find_first_not_of(' ', std::min(row.find(':') + 1, row.size()));
    if (from == std::string_view::npos) return {};
    return escaped(row.substr(from, row.find(' ', from) - from));
}

// A row of /proc/net/tcp, field by field; what is none stays as it is.
std::string decoded(std::string_view text) {
    const auto row = parse_proc_net_tcp(text);
    if (!row) return escaped(text);
    const std::size_t fd = text.find(" fd ");
    const std::string_view descriptors =
        fd == std::string_view::npos ? std::string_view() : text.substr(fd + 4);
    return say(Text::ProcRow, to_string(row->local), to_string(row->remote),
               fmt::format("{:02X}", row->st), name(row->state), row->tx_queue, row->rx_queue,
               timer_word(row->timer), row->inode, local_column(text)) +
           (descriptors.empty() ? "" : say(Text::ProcDescriptor, escaped(descriptors)));
}

}  // namespace

bool is_look(std::string_view call) {
    return call == kProcNetTcp;
}

std::string call_name(std::string_view call) {
    return is_look(call) ? "/proc/net/tcp" : escaped(call) + "()";
}

std::string process_mark(Process process) {
    return process == 0 ? "" : fmt::format("[{}] ", process);
}

std::string result_text(const CallReturned& returned) {
    if (!returned.error.empty()) return escaped(returned.error);
    if (returned.call == "exit") return "= ?";
    if (returned.datagram_length == 0) return fmt::format("= {}", returned.result);
    return say(Text::CallCut, returned.result, returned.datagram_length);
}

std::vector<std::string> value_lines(const CallReturned& returned, std::size_t at_most) {
    std::vector<std::string> lines;
    if (returned.value.empty() && returned.address.empty()) return lines;
    if (is_look(returned.call)) {
        for (const std::string_view row : lines_of(returned.value)) lines.push_back(decoded(row));
        return lines;
    }
    std::string line =
        receives(returned.call) ? quoted(returned.value, at_most) : escaped(returned.value);
    if (!returned.address.empty()) line = say(Text::CallFrom, line, escaped(returned.address));
    lines.push_back(std::move(line));
    return lines;
}

std::string tell_value(const CallReturned& returned) {
    std::string told;
    const std::vector<std::string> lines = value_lines(returned, kTextTold);
    for (const std::string& line : lines) told += " " + say(Text::SayValue, line);
    if (returned.datagram_length > 0) {
        told += " " + say(Text::SayCut, returned.datagram_length);
    }
    return told;
}

}  // namespace tcpstep::view
