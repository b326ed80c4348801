#include "app/view/segment_sentence.hpp"

#include <algorithm>

#include "app/view/client_number.hpp"
#include "app/view/say.hpp"
#include "app/view/segment_text.hpp"
#include "app/view/window_scale.hpp"

namespace tcpstep::view {

using namespace model;

namespace {

bool brought(const Effects& effects, On on) {
    return std::any_of(effects.changes.begin(), effects.changes.end(), [&](const auto& change) {
        return change.change.edge != nullptr && change.change.edge->on == on;
    });
}

std::string tell_syn(const Segment& segment, SeqBase base, const EndWords& ends) {
    const std::uint32_t isn = segment.seq.raw();
    if (!segment.flags.ack()) return say(Text::SaySyn, ends.of(segment.from), isn);
    return say(Text::SaySynAck, ends.of(segment.from), ends.of(peer(segment.from)),
               distance(base.receiver, segment.ack) - 1, isn);
}

// The segment before it by which its sender told what it expects; nullptr if there is none.
const Segment* last_ack(const Timeline& timeline, const TimelineIndex& index, SegmentId id) {
    for (id = index.sent_before(timeline, id); id != 0; id = index.sent_before(timeline, id)) {
        const Segment* earlier = timeline.segment(id);
        if (earlier != nullptr && earlier->flags.ack() && !earlier->flags.rst()) return earlier;
    }
    return nullptr;
}

// By its numbers it is the first to acknowledge the FIN of the end that it goes to. (Whether that
// learns of it now or, held in flight, later.)
bool acks_fin(const Timeline& timeline, const TimelineIndex& index, std::size_t event,
              const Segment& segment) {
    const std::optional<SeqNum> fin = timeline.at(event + 1).end(peer(segment.from)).fin();
    if (!segment.flags.ack() || !fin || segment.ack != *fin + 1) return false;
    const Segment* earlier = last_ack(timeline, index, segment.id);
    return earlier == nullptr || earlier->ack != segment.ack;
}

// Whether more may come from the other end; nothing of an end whose state is not known.
std::string tell_what_may_come(const Segment& segment, const Connection& after,
                               const EndWords& ends) {
    switch (after.end(segment.from).state()) {
        case State::FinWait1:
        case State::FinWait2:
            return " " + say(Text::SayFinReceives);
        case State::LastAck:
        case State::Closing:
        case State::TimeWait:
            return " " + say(Text::SayFinBoth, ends.of(peer(segment.from)));
        case State::Unknown:
        case State::Closed:
        case State::Listen:
        case State::SynSent:
        case State::SynRcvd:
        case State::Established:
        case State::CloseWait:
            return {};
    }
    return {};
}

std::string tell_fin(const Segment& segment, SeqBase base, const Connection& after, bool acks,
                     const EndWords& ends) {
    std::string text;
    if (segment.length > 0) {
        text =
            say(counted(segment.length, Text::SayLastDataOne, Text::SayLastData), segment.length) +
            " ";
    }
    text += say(Text::SayFin, ends.of(segment.from),
                distance(base.sender, segment.seq) + segment.length);
    text += tell_what_may_come(segment, after, ends);
    if (acks) {
        text += " " + say(Text::SayFinAcksFin, ends.of(peer(segment.from)));
    }
    return text;
}

std::string tell_data(const Segment& segment, SeqBase base, const EndWords& ends) {
    const std::uint32_t first = distance(base.sender, segment.seq);
    std::string text =
        say(counted(segment.length, Text::SayDataOne, Text::SayData), ends.of(segment.from),
            segment.length, first, first + segment.length - 1);
    if (segment.flags.ack()) {
        text += " " + say(Text::SayDataAck, distance(base.receiver, segment.ack));
    }
    return text;
}

// An end in that state still waits for the ACK of its SYN; in LISTEN it may have sent a cookie.
bool opening(State state) {
    return state == State::Listen || state == State::SynSent || state == State::SynRcvd;
}

const SackBlocks* sack_of(const Segment& segment) {
    for (const TcpOption& option : segment.options)
        if (const auto* sack = std::get_if<SackBlocks>(&option); sack && !sack->blocks.empty())
            return sack;
    return nullptr;
}

// RFC 2883 4: the first block tells of a duplicate if it lies before the acknowledgment number, or
// within the second block.
bool came_twice(const SackBlocks& sack, SeqNum ack) {
    const auto& first = sack.blocks.front();
    if (at_or_before(first.right, ack)) return true;
    return sack.blocks.size() > 1 && at_or_before(sack.blocks[1].left, first.left) &&
           at_or_before(first.right, sack.blocks[1].right);
}

// "8-12", "7".
std::string octets_of(const SackBlocks::Block& block, SeqNum base) {
    const std::uint32_t first = distance(base, block.left);
    const std::uint32_t last = distance(base, block.right) - 1;
    return first == last ? fmt::format("{}", first) : fmt::format("{}-{}", first, last);
}

std::string tell_sack(const SackBlocks& sack, SeqNum ack, SeqNum base) {
    const bool twice = came_twice(sack, ack);
    std::string gap;
    for (std::size_t i = twice ? 1 : 0; i < sack.blocks.size(); ++i)
        gap += (gap.empty() ? "" : ", ") + octets_of(sack.blocks[i], base);
    std::string text;
    if (!gap.empty()) text += " " + say(Text::SaySackGap, gap);
    if (twice) text += " " + say(Text::SaySackTwice, octets_of(sack.blocks.front(), base));
    return text;
}

struct AckTeller {
    const Timeline& timeline;
    const TimelineIndex& index;
    std::size_t event;
    const Segment& segment;
    SeqBase base;
    const EndWords& ends;

    std::string operator()() const {
        const Effects& effects = timeline.effects(event);
        const std::string who = ends.of(segment.from);
        const std::string other = ends.of(peer(segment.from));
        const std::uint32_t ack = distance(base.receiver, segment.ack);
        if (acks_fin(timeline, index, event, segment))
            return say(Text::SayAckOfFin, who, other, ack - 1, ack);
        const Segment* earlier = last_ack(timeline, index, segment.id);
        const bool repeats = earlier != nullptr && earlier->ack == segment.ack;
        if (of_syn() && (!repeats || awaited())) {
            std::string text = say(Text::SayAckOfSyn, who, other, ack - 1);
            if (brought(effects, On::RcvAckOfSyn)) text += " " + say(Text::SayOpen);
            return text;
        }
        const std::string window = window_words(timeline, index, segment);
        if (!repeats) return say(Text::SayAck, who, ack, window);
        if (const SackBlocks* sack = sack_of(segment))
            return say(Text::SayAckAgain, who, ack) + tell_sack(*sack, segment.ack, base.receiver);
        // RFC 5681 2: a duplicate ACK offers the same window. That of a SYN is not comparable.
        if (!earlier->flags.syn() && earlier->window != segment.window)
            return say(Text::SayWindowUpdate, who, ack, window);
        return say(Text::SayAckAgain, who, ack) + " " + say(Text::SayNothingNew);
    }

  private:
    // By its numbers it acknowledges a SYN and nothing else.
    bool of_syn() const {
        const Connection& after = timeline.at(event + 1);
        const std::optional<SeqNum> iss = after.end(segment.from).iss();
        const std::optional<SeqNum> peers = after.end(peer(segment.from)).iss();
        return iss && peers && segment.seq == *iss + 1 && segment.ack == *peers + 1;
    }
    // Whoever it goes to has not got such an ACK yet.
    bool awaited() const { return opening(timeline.at(event).end(peer(segment.from)).state()); }
};

}  // namespace

std::string tell_segment(const Timeline& timeline, const TimelineIndex& index, std::size_t event,
                         bool raw) {
    const Segment& segment = std::get<SegmentSent>(timeline.event(event).fact).segment;
    const Effects& effects = timeline.effects(event);
    const SeqBase base = base_of(timeline.at(event + 1), segment.from, raw);
    const EndWords ends(timeline, event);
    std::string text;
    if (effects.retransmission_of != 0)
        text = say(Text::SayAgain, timeline.number(effects.retransmission_of)) + " ";
    switch (kind_of(segment)) {
        case SegmentKind::Syn:
            return text + tell_syn(segment, base, ends);
        case SegmentKind::Fin:
            return text + tell_fin(segment, base, timeline.at(event + 1),
                                   acks_fin(timeline, index, event, segment), ends);
        case SegmentKind::Rst:
            return text + say(Text::SayRst, ends.of(segment.from));
        case SegmentKind::Data:
            return text + tell_data(segment, base, ends);
        case SegmentKind::Ack:
            return text + AckTeller{timeline, index, event, segment, base, ends}();
    }
    return text;
}

}  // namespace tcpstep::view
