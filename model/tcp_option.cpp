#include "model/tcp_option.hpp"

#include <array>
#include <cstddef>

namespace tcpstep::model {

namespace {

using Bytes = std::span<const std::uint8_t>;

std::uint16_t read16(Bytes b, std::size_t at) {
    return static_cast<std::uint16_t>(b[at] << 8 | b[at + 1]);
}

std::uint32_t read32(Bytes b, std::size_t at) {
    return static_cast<std::uint32_t>(read16(b, at)) << 16 | read16(b, at + 2);
}

SackBlocks read_sack(Bytes data) {
    SackBlocks sack;
    for (std::size_t at = 0; at + 8 <= data.size(); at += 8) {
        sack.blocks.push_back({SeqNum(read32(data, at)), SeqNum(read32(data, at + 4))});
    }
    return sack;
}

// RFC 7413 4.1.1: none, or 4 to 16 octets, an even number.
bool is_cookie(Bytes data) {
    return data.empty() || (data.size() >= 4 && data.size() <= 16 && data.size() % 2 == 0);
}

FastOpen fast_open(bool experimental, Bytes cookie) {
    return FastOpen{experimental, {cookie.begin(), cookie.end()}};
}

std::string to_hex(Bytes octets) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (const std::uint8_t octet : octets) {
        text += kDigits[octet >> 4U];
        text += kDigits[octet & 0xfU];
    }
    return text;
}

// An option whose length is not the one its kind demands is kept as OtherOption: it was skipped
// by its own length, so what follows still parses.
TcpOption read_option(std::uint8_t kind, Bytes data) {
    switch (kind) {
        case 2:
            if (data.size() == 2) return MaximumSegmentSize{read16(data, 0)};
            break;
        case 3:
            if (data.size() == 1) return WindowScale{data[0]};
            break;
        case 4:
            if (data.empty()) return SackPermitted{};
            break;
        case 5:
            if (!data.empty() && data.size() % 8 == 0) return read_sack(data);
            break;
        case 8:
            if (data.size() == 8) return Timestamps{read32(data, 0), read32(data, 4)};
            break;
        case 30:
            if (!data.empty()) return MultipathTcp{{data.begin(), data.end()}};
            break;
        case 34:
            if (is_cookie(data)) return fast_open(false, data);
            break;
        case 254:  // RFC 6994: shared by experiments, told apart by their first 16 bits
            if (data.size() >= 2 && read16(data, 0) == 0xf989 && is_cookie(data.subspan(2))) {
                return fast_open(true, data.subspan(2));
            }
            break;
        default:
            break;
    }
    return OtherOption{kind, {data.begin(), data.end()}};
}

struct Line {
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
        for (const auto& block : o.blocks) {
            text += " " + std::to_string(distance(sack_base, block.left)) + ":" +
                    std::to_string(distance(sack_base, block.right));
        }
        return text;
    }
    std::string operator()(const Timestamps& o) const {
        return "TS val " + std::to_string(o.value) + " ecr " + std::to_string(o.echo_reply);
    }
    std::string operator()(const FastOpen& o) const {
        // Two spaces: tcpdump has the name of the option, then what is in it.
        const std::string name = o.experimental ? "exp-tfo " : "tfo  ";
        return name + (o.cookie.empty() ? "cookiereq" : "cookie " + to_hex(o.cookie));
    }
    std::string operator()(const MultipathTcp& o) const {
        return "mptcp " + std::string(subtype(o));
    }
    std::string operator()(const OtherOption& o) const { return "opt-" + std::to_string(o.kind); }
    std::string operator()(const MalformedOptions&) const { return "bad options"; }
};

}  // namespace

std::string_view subtype(const MultipathTcp& option) {
    // RFC 8684 8.2; the ninth, MP_TCPRST, is younger than tcpdump's list.
    constexpr std::array<std::string_view, 9> kNames = {
        "capable", "join", "dss", "add-addr", "rem-addr", "prio", "fail", "fast-close", "reset"};
    const std::size_t number = option.data.empty() ? kNames.size() : option.data[0] >> 4U;
    return number < kNames.size() ? kNames[number] : "unknown";
}

std::vector<TcpOption> parse_tcp_options(Bytes area) {
    std::vector<TcpOption> options;
    std::size_t at = 0;
    while (at < area.size()) {
        const std::uint8_t kind = area[at];
        if (kind == 0) {
            options.emplace_back(EndOfOptions{});
            return options;
        }
        if (kind == 1) {
            options.emplace_back(NoOperation{});
            ++at;
            continue;
        }
        const std::size_t length = at + 1 < area.size() ? area[at + 1] : 0;
        if (length < 2 || at + length > area.size()) {
            const Bytes rest = area.subspan(at);
            options.emplace_back(MalformedOptions{{rest.begin(), rest.end()}});
            return options;
        }
        options.push_back(read_option(kind, area.subspan(at + 2, length - 2)));
        at += length;
    }
    return options;
}

std::string to_line(const std::vector<TcpOption>& options, SeqNum sack_base) {
    std::string text;
    for (const TcpOption& option : options) {
        if (!text.empty()) text += ",";
        text += std::visit(Line{sack_base}, option);
    }
    return text;
}

}  // namespace tcpstep::model
