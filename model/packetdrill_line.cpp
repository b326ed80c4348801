#include "model/packetdrill_line.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <string_view>
#include <utility>
#include <variant>

#include "model/tcp_option.hpp"

namespace tcpstep::model {

namespace {

// For its parser letters are one word, and the dot for ACK follows it.
std::string flag_letters(Flags flags) {
    constexpr std::array<std::pair<std::uint16_t, char>, 9> kLetters = {{{Flags::kFin, 'F'},
                                                                         {Flags::kSyn, 'S'},
                                                                         {Flags::kRst, 'R'},
                                                                         {Flags::kPsh, 'P'},
                                                                         {Flags::kUrg, 'U'},
                                                                         {Flags::kEce, 'E'},
                                                                         {Flags::kCwr, 'W'},
                                                                         {Flags::kAe, 'A'},
                                                                         {Flags::kAck, '.'}}};
    std::string text;
    for (const auto& [bit, letter] : kLetters) {
        if (flags.has(bit)) text += letter;
    }
    return text.empty() ? "-" : text;
}

// packetdrill's word for an option; "" if it has none.
struct Word {
    SeqNum sack_base;

    std::string operator()(const EndOfOptions&) const { return "eol"; }
    std::string operator()(const NoOperation&) const { return "nop"; }
    std::string operator()(const MaximumSegmentSize& o) const {
        return "mss " + std::to_string(o.octets);
    }
    std::string operator()(const WindowScale& o) const {
        return "wscale " + std::to_string(o.shift);
    }
    std::string operator()(const SackPermitted&) const { return "sackOK"; }
    std::string operator()(const SackBlocks& o) const {
        std::string text = "sack";
        for (const SackBlocks::Block& block : o.blocks) {
            text += " " + std::to_string(distance(sack_base, block.left)) + ":" +
                    std::to_string(distance(sack_base, block.right));
        }
        return text;
    }
    std::string operator()(const Timestamps& o) const {
        return "TS val " + std::to_string(o.value) + " ecr " + std::to_string(o.echo_reply);
    }
    std::string operator()(const FastOpen& o) const {
        constexpr std::string_view kDigits = "0123456789abcdef";
        std::string text = o.experimental ? "FOEXP" : "FO";
        if (!o.cookie.empty()) text += " ";
        for (const std::uint8_t octet : o.cookie) {
            text += kDigits[octet >> 4U];
            text += kDigits[octet & 0xfU];
        }
        return text;
    }
    std::string operator()(const MultipathTcp&) const { return ""; }
    std::string operator()(const OtherOption&) const { return ""; }
    std::string operator()(const MalformedOptions&) const { return ""; }
};

// Its octets on the wire; 0 if there is no word for it.
struct Length {
    std::size_t operator()(const EndOfOptions&) const { return 1; }
    std::size_t operator()(const NoOperation&) const { return 1; }
    std::size_t operator()(const MaximumSegmentSize&) const { return 4; }
    std::size_t operator()(const WindowScale&) const { return 3; }
    std::size_t operator()(const SackPermitted&) const { return 2; }
    std::size_t operator()(const SackBlocks& o) const { return 2 + 8 * o.blocks.size(); }
    std::size_t operator()(const Timestamps&) const { return 10; }
    std::size_t operator()(const FastOpen& o) const {
        return o.cookie.size() + (o.experimental ? 4 : 2);
    }
    std::size_t operator()(const MultipathTcp&) const { return 0; }
    std::size_t operator()(const OtherOption&) const { return 0; }
    std::size_t operator()(const MalformedOptions&) const { return 0; }
};

std::string option_words(const std::vector<TcpOption>& options, SeqNum sack_base) {
    std::string text;
    const auto add = [&text](std::string_view word) {
        if (!text.empty()) text += ",";
        text += word;
    };
    std::size_t length = 0;
    for (const TcpOption& option : options) {
        const std::string word = std::visit(Word{sack_base}, option);
        if (word.empty()) continue;
        add(word);
        length += std::visit(Length{}, option);
    }
    const bool ended = !options.empty() && std::holds_alternative<EndOfOptions>(options.back());
    for (; length % 4 != 0; ++length) add(ended ? "eol" : "nop");
    return text;
}

}  // namespace

std::string packetdrill_time(Duration since) {
    using namespace std::chrono;
    const std::int64_t all = std::max<std::int64_t>(0, duration_cast<microseconds>(since).count());
    const std::string fraction = std::to_string(all % 1'000'000);
    return "+" + std::to_string(all / 1'000'000) + "." + std::string(6 - fraction.size(), '0') +
           fraction;
}

std::string packetdrill_line(const Segment& segment, SeqBase base, Role under_test,
                             Duration since) {
    const std::uint32_t first = distance(base.sender, segment.seq);
    std::string text = packetdrill_time(since) + (segment.from == under_test ? " > " : " < ") +
                       flag_letters(segment.flags) + " " + std::to_string(first) + ":" +
                       std::to_string(first + segment.length) + "(" +
                       std::to_string(segment.length) + ")";
    if (segment.flags.ack()) text += " ack " + std::to_string(distance(base.receiver, segment.ack));
    text += " win " + std::to_string(segment.window);
    const std::string options = option_words(segment.options, base.receiver);
    if (!options.empty()) text += " <" + options + ">";
    return text;
}

std::string packetdrill_line(const DatagramSent& datagram, Role under_test, Duration since) {
    return packetdrill_time(since) + (datagram.from == under_test ? " > " : " < ") + "udp (" +
           std::to_string(datagram.length) + ")";
}

}  // namespace tcpstep::model
