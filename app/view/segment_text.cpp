#include "app/view/segment_text.hpp"

#include <algorithm>
#include <utility>

#include "app/view/say.hpp"
#include "model/tcp_option.hpp"

namespace tcpstep::view {

using namespace model;

SegmentKind kind_of(const Segment& segment) {
    if (segment.flags.rst()) return SegmentKind::Rst;
    if (segment.flags.syn()) return SegmentKind::Syn;
    if (segment.flags.fin()) return SegmentKind::Fin;
    return segment.length > 0 ? SegmentKind::Data : SegmentKind::Ack;
}

ColourRole colour_of(SegmentKind kind) {
    switch (kind) {
        case SegmentKind::Syn:
            return ColourRole::Syn;
        case SegmentKind::Fin:
            return ColourRole::Fin;
        case SegmentKind::Rst:
            return ColourRole::Rst;
        case SegmentKind::Data:
            return ColourRole::Data;
        case SegmentKind::Ack:
            return ColourRole::Ack;
    }
    return ColourRole::Text;
}

std::string length_number(const Segment& segment) {
    return fmt::format("len {}", segment.length);
}

std::string length_text(const Segment& segment) {
    return say(counted(segment.length, Text::OctetsOne, Text::Octets), segment.length);
}

std::string flags_label(const Segment& segment) {
    std::string label = to_label(segment.flags);
    if (segment.length > 0) label += " · " + length_text(segment);
    return label;
}

SeqBase base_of(const Connection& connection, Role from, bool raw) {
    if (raw) return {};
    // An end that is back in LISTEN has forgotten its number, and its peer may never have taken it:
    // the SYN that told it was seen all the same. One that a capture does not have may be known.
    const auto initial = [&](Role role) {
        if (const auto told = connection.syn_number_of(role)) return *told;
        const auto own = connection.end(role).iss();
        return own ? *own : connection.end(peer(role)).irs().value_or(SeqNum());
    };
    return {initial(from), initial(peer(from))};
}

std::string sack_text(const Segment& segment, SeqBase base) {
    std::string blocks;
    for (const TcpOption& option : segment.options) {
        const auto* sack = std::get_if<SackBlocks>(&option);
        if (sack == nullptr) continue;
        for (const SackBlocks::Block& block : sack->blocks) {
            blocks += fmt::format(" {}-{}", distance(base.receiver, block.left),
                                  distance(base.receiver, block.right));
        }
    }
    return blocks.empty() ? blocks : "SACK" + blocks;
}

std::vector<NumberWord> number_words(const Segment& segment, SeqBase base, bool length_is_said) {
    enum Rank : unsigned { What, Behind, Where, Then, Length, Window, Options };
    const SegmentKind kind = kind_of(segment);
    const bool seq_second =
        kind == SegmentKind::Ack || (kind == SegmentKind::Data && !length_is_said);
    std::vector<NumberWord> words;
    words.push_back(
        {fmt::format("seq {}", distance(base.sender, segment.seq)), seq_second ? Where : What});
    if (segment.flags.ack()) {
        words.push_back({fmt::format("ack {}", distance(base.receiver, segment.ack)),
                         kind == SegmentKind::Ack ? What : Then});
    }
    // Behind a gap: what an ACK does not acknowledge yet.
    if (std::string sack = sack_text(segment, base); !sack.empty())
        words.push_back({std::move(sack), Behind});
    if (segment.length > 0 && !length_is_said)
        words.push_back({length_number(segment), kind == SegmentKind::Data ? What : Length});
    words.push_back({fmt::format("win {}", segment.window), Window});
    // Options tell something in the handshake; later they are time stamps over and over.
    if (!segment.flags.syn()) return words;
    unsigned rank = Options;
    for (const TcpOption& option : segment.options) {
        if (const auto* mss = std::get_if<MaximumSegmentSize>(&option)) {
            words.push_back({fmt::format("mss {}", mss->octets), rank++});
        } else if (const auto* scale = std::get_if<WindowScale>(&option)) {
            words.push_back({fmt::format("wscale {}", scale->shift), rank++});
        } else if (std::holds_alternative<SackPermitted>(option)) {
            words.push_back({"sackOK", rank++});
        }
    }
    return words;
}

std::string most_telling(const std::vector<NumberWord>& words, std::size_t count) {
    std::string line;
    for (const NumberWord& word : words) {
        const auto before = std::count_if(words.begin(), words.end(), [&](const NumberWord& one) {
            return one.rank < word.rank;
        });
        if (static_cast<std::size_t>(before) >= count) continue;
        if (!line.empty()) line += "  ";
        line += word.text;
    }
    return line;
}

std::string role_word(Role role) {
    return say(role == Role::Client ? Text::Client : Text::Server);
}

std::string caller_word(Role role, Process process) {
    return process == 0 ? role_word(role) : say(Text::ChildOf, role_word(role), process);
}

std::string direction_text(Role from) {
    return role_word(from) + " → " + role_word(peer(from));
}

}  // namespace tcpstep::view
