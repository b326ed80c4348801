#include "app/view/segment_sentence.hpp"

#include <algorithm>

#include "app/view/say.hpp"
#include "app/view/segment_text.hpp"

namespace tcpstep::view {

using namespace model;

namespace {

bool brought(const Effects& effects, On on) {
    return std::any_of(effects.changes.begin(), effects.changes.end(), [&](const auto& change) {
        return change.change.edge != nullptr && change.change.edge->on == on;
    });
}

std::string tell_syn(const Segment& segment, SeqBase base) {
    const std::uint32_t isn = segment.seq.raw();
    if (!segment.flags.ack()) return say(Text::SaySyn, role_word(segment.from), isn);
    return say(Text::SaySynAck, role_word(segment.from), role_word(peer(segment.from)),
               distance(base.receiver, segment.ack) - 1, isn);
}

std::string tell_fin(const Segment& segment, SeqBase base, const Effects& effects) {
    std::string text;
    if (segment.length > 0) {
        text =
            say(counted(segment.length, Text::SayLastDataOne, Text::SayLastData), segment.length) +
            " ";
    }
    text += say(Text::SayFin, role_word(segment.from),
                distance(base.sender, segment.seq) + segment.length);
    if (brought(effects, On::RcvAckOfFin)) {
        text += " " + say(Text::SayFinAcksFin, role_word(peer(segment.from)));
    }
    return text;
}

std::string tell_data(const Segment& segment, SeqBase base) {
    const std::uint32_t first = distance(base.sender, segment.seq);
    std::string text =
        say(counted(segment.length, Text::SayDataOne, Text::SayData), role_word(segment.from),
            segment.length, first, first + segment.length - 1);
    if (segment.flags.ack()) {
        text += " " + say(Text::SayDataAck, distance(base.receiver, segment.ack));
    }
    return text;
}

std::string tell_ack(const Segment& segment, const Connection& after, SeqBase base,
                     const Effects& effects) {
    const std::string who = role_word(segment.from);
    const std::string other = role_word(peer(segment.from));
    const std::uint32_t ack = distance(base.receiver, segment.ack);
    if (brought(effects, On::RcvAckOfFin)) return say(Text::SayAckOfFin, who, other, ack - 1, ack);
    const std::optional<SeqNum> iss = after.end(segment.from).iss();
    const std::optional<SeqNum> peers = after.end(peer(segment.from)).iss();
    const bool of_syn = iss && peers && segment.seq == *iss + 1 && segment.ack == *peers + 1;
    if (!of_syn) return say(Text::SayAck, who, ack, segment.window);
    std::string text = say(Text::SayAckOfSyn, who, other, ack - 1);
    if (brought(effects, On::RcvAckOfSyn)) text += " " + say(Text::SayOpen);
    return text;
}

}  // namespace

std::string tell_segment(const Segment& segment, const Connection& after, const Effects& effects,
                         bool raw) {
    const SeqBase base = base_of(after, segment.from, raw);
    std::string text;
    if (effects.retransmission_of != 0) text = say(Text::SayAgain, effects.retransmission_of) + " ";
    switch (kind_of(segment)) {
        case SegmentKind::Syn:
            return text + tell_syn(segment, base);
        case SegmentKind::Fin:
            return text + tell_fin(segment, base, effects);
        case SegmentKind::Rst:
            return text + say(Text::SayRst, role_word(segment.from));
        case SegmentKind::Data:
            return text + tell_data(segment, base);
        case SegmentKind::Ack:
            return text + tell_ack(segment, after, base, effects);
    }
    return text;
}

}  // namespace tcpstep::view
