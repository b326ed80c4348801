#include "model/tcpdump_line.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "model/tcp_option.hpp"

namespace tcpstep::model {

namespace {

std::string padded(std::int64_t number, std::size_t digits) {
    std::string text = std::to_string(number);
    return std::string(digits - std::min(digits, text.size()), '0') + text;
}

// "13:25:47.123456"
std::string clock_text(Time time) {
    using namespace std::chrono;
    const auto since_midnight = time - floor<days>(time);
    const hh_mm_ss parts(floor<microseconds>(since_midnight));
    return padded(parts.hours().count(), 2) + ":" + padded(parts.minutes().count(), 2) + ":" +
           padded(parts.seconds().count(), 2) + "." + padded(parts.subseconds().count(), 6);
}

std::string address_text(const SocketAddress& address) {
    return to_string(address.ip) + "." + std::to_string(address.port);
}

// In the order of tcpdump, which is another than ours: a FIN comes first.
std::string flag_letters(Flags flags) {
    constexpr std::array<std::pair<std::uint16_t, char>, 9> kLetters = {{{Flags::kFin, 'F'},
                                                                         {Flags::kSyn, 'S'},
                                                                         {Flags::kRst, 'R'},
                                                                         {Flags::kPsh, 'P'},
                                                                         {Flags::kAck, '.'},
                                                                         {Flags::kUrg, 'U'},
                                                                         {Flags::kEce, 'E'},
                                                                         {Flags::kCwr, 'W'},
                                                                         {Flags::kAe, 'e'}}};
    std::string text;
    for (const auto& [bit, letter] : kLetters) {
        if (flags.has(bit)) text += letter;
    }
    return text.empty() ? "none" : text;
}

}  // namespace

std::string tcpdump_line(const Segment& segment, const ConnectionId& connection, SeqBase base,
                         Time time) {
    const bool by_client = segment.from == Role::Client;
    const SocketAddress& from = by_client ? connection.client : connection.server;
    const SocketAddress& to = by_client ? connection.server : connection.client;
    if (segment.flags.syn() || !segment.flags.ack()) base = SeqBase();
    std::string text = clock_text(time) + (from.ip.v6 ? " IP6 " : " IP ") + address_text(from) +
                       " > " + address_text(to) + ": Flags [" + flag_letters(segment.flags) + "]";
    const bool control = segment.flags.control();
    if (segment.length > 0 || control) {
        const std::uint32_t first = distance(base.sender, segment.seq);
        text += ", seq " + std::to_string(first);
        if (segment.length > 0) text += ":" + std::to_string(first + segment.length);
    }
    if (segment.flags.ack())
        text += ", ack " + std::to_string(distance(base.receiver, segment.ack));
    text += ", win " + std::to_string(segment.window);
    if (!segment.options.empty())
        text += ", options [" + to_line(segment.options, base.receiver) + "]";
    return text + ", length " + std::to_string(segment.length);
}

}  // namespace tcpstep::model
