#include "model/segment.hpp"

#include <array>
#include <utility>

namespace tcpstep::model {

namespace {

struct FlagName {
    std::uint16_t bit;
    std::string_view name;
    char letter;  // tcpdump's
};

// In the order in which people say them; ACK last of the common ones.
constexpr std::array kFlagNames = {
    FlagName{Flags::kSyn, "SYN", 'S'}, FlagName{Flags::kFin, "FIN", 'F'},
    FlagName{Flags::kRst, "RST", 'R'}, FlagName{Flags::kPsh, "PSH", 'P'},
    FlagName{Flags::kUrg, "URG", 'U'}, FlagName{Flags::kEce, "ECE", 'E'},
    FlagName{Flags::kCwr, "CWR", 'W'}, FlagName{Flags::kAe, "AE", 'e'},
    FlagName{Flags::kAck, "ACK", '.'},
};

std::string letters(Flags flags) {
    std::string text;
    for (const FlagName& flag : kFlagNames) {
        if (flags.has(flag.bit)) text += flag.letter;
    }
    return text.empty() ? "none" : text;
}

}  // namespace

std::vector<std::string_view> names(Flags flags) {
    std::vector<std::string_view> found;
    for (const FlagName& flag : kFlagNames) {
        if (flags.has(flag.bit)) found.push_back(flag.name);
    }
    return found;
}

std::string to_label(Flags flags) {
    std::string text;
    for (std::string_view flag : names(flags)) {
        if (!text.empty()) text += ", ";
        text += flag;
    }
    return text.empty() ? "none" : text;
}

std::string to_line(const Segment& segment, SeqBase base, LineDetail detail) {
    std::string text = letters(segment.flags);
    const bool numbered =
        segment.sequence_length() != 0 || segment.flags.rst() || !segment.flags.ack();
    if (numbered) {
        const std::uint32_t from = distance(base.sender, segment.seq);
        text += " " + std::to_string(from) + ":" + std::to_string(from + segment.length) + "(" +
                std::to_string(segment.length) + ")";
    }
    if (segment.flags.ack()) text += " ack " + std::to_string(distance(base.receiver, segment.ack));
    if (detail == LineDetail::Full) {
        text += " win " + std::to_string(segment.window);
        if (!segment.options.empty()) text += " <" + to_line(segment.options, base.receiver) + ">";
    }
    return text;
}

}  // namespace tcpstep::model
