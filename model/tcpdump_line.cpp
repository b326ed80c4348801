#include "model/tcpdump_line.hpp"

#include <array>
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

}  // namespace tcpstep::model
