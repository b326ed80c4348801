#include "model/tcpdump_line.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace tcpstep::model {

namespace {

// print-tcp.c of tcpdump, tcp_flag_values: in this order.
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

std::string padded(std::int64_t number, std::size_t digits) {
    std::string text = std::to_string(number);
    return std::string(digits - std::min(digits, text.size()), '0') + text;
}

// "127.0.0.1.8000".
std::string dotted(const SocketAddress& address) {
    return to_string(address.ip) + "." + std::to_string(address.port);
}

}  // namespace

std::string to_tcpdump_line(const Segment& segment, const ConnectionId& connection, SeqBase base) {
    if (segment.flags.syn() || !segment.flags.ack()) base = SeqBase();
    const bool from_client = segment.from == Role::Client;
    const SocketAddress& source = from_client ? connection.client : connection.server;
    const SocketAddress& destination = from_client ? connection.server : connection.client;
    std::string text = source.ip.v6 ? "IP6 " : "IP ";
    text += dotted(source) + " > " + dotted(destination) + ": Flags [" +
            flag_letters(segment.flags) + "]";
    if (segment.length > 0 || segment.flags.control()) {
        text += ", seq " + std::to_string(distance(base.sender, segment.seq));
        if (segment.length > 0) {
            text += ":" + std::to_string(distance(base.sender, segment.seq + segment.length));
        }
    }
    if (segment.flags.ack()) {
        text += ", ack " + std::to_string(distance(base.receiver, segment.ack));
    }
    text += ", win " + std::to_string(segment.window);
    if (!segment.options.empty()) {
        text += ", options [" + to_line(segment.options, base.receiver) + "]";
    }
    return text + ", length " + std::to_string(segment.length);
}

std::string to_tcpdump_line(const DatagramSent& datagram) {
    return (datagram.source.ip.v6 ? "IP6 " : "IP ") + dotted(datagram.source) + " > " +
           dotted(datagram.destination) + ": UDP, length " + std::to_string(datagram.length);
}

std::string to_tcpdump_time(Time time) {
    using namespace std::chrono;
    const hh_mm_ss parts(floor<microseconds>(time - floor<days>(time)));
    return padded(parts.hours().count(), 2) + ":" + padded(parts.minutes().count(), 2) + ":" +
           padded(parts.seconds().count(), 2) + "." + padded(parts.subseconds().count(), 6);
}

}  // namespace tcpstep::model
