#include "app/view/segment_text.hpp"

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

std::string flags_label(const Segment& segment) {
    std::string label = to_label(segment.flags);
    if (segment.length > 0) {
        label +=
            " · " + say(counted(segment.length, Text::OctetsOne, Text::Octets), segment.length);
    }
    return label;
}

SeqBase base_of(const Connection& connection, Role from, bool raw) {
    if (raw) return {};
    // An end that is back in LISTEN has forgotten its number; its peer may know it still.
    const auto initial = [&](Role role) {
        const auto own = connection.end(role).iss();
        return own ? *own : connection.end(peer(role)).irs().value_or(SeqNum());
    };
    return {initial(from), initial(peer(from))};
}

std::vector<std::string> number_words(const Segment& segment, SeqBase base) {
    std::vector<std::string> words;
    words.push_back(fmt::format("seq {}", distance(base.sender, segment.seq)));
    if (segment.flags.ack()) {
        words.push_back(fmt::format("ack {}", distance(base.receiver, segment.ack)));
    }
    if (segment.length > 0) words.push_back(fmt::format("len {}", segment.length));
    words.push_back(fmt::format("win {}", segment.window));
    // Options tell something in the handshake; later they are time stamps over and over.
    if (!segment.flags.syn()) return words;
    for (const TcpOption& option : segment.options) {
        if (const auto* mss = std::get_if<MaximumSegmentSize>(&option)) {
            words.push_back(fmt::format("mss {}", mss->octets));
        } else if (const auto* scale = std::get_if<WindowScale>(&option)) {
            words.push_back(fmt::format("wscale {}", scale->shift));
        } else if (std::holds_alternative<SackPermitted>(option)) {
            words.emplace_back("sackOK");
        }
    }
    return words;
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
