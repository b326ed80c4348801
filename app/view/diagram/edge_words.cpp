#include "app/view/diagram/edge_words.hpp"

#include "app/view/call_value.hpp"
#include "app/view/doubt_text.hpp"
#include "app/view/escape.hpp"
#include "app/view/say.hpp"
#include "app/view/segment_text.hpp"

namespace tcpstep::view::diagram {

using namespace model;

namespace {

constexpr std::string_view kNothing = "x";  // as the figure writes it
constexpr std::string_view kDeleteTcb = "delete TCB";

std::string_view event_of(const Transition& edge) {
    switch (edge.on) {
        case On::PassiveOpen:
            return "passive OPEN";
        case On::ActiveOpen:
            return edge.from == State::Listen ? "SEND" : "active OPEN";
        case On::Close:
            return "CLOSE";
        case On::Abort:
            return "ABORT";
        case On::RcvSyn:
            return "rcv SYN";
        case On::RcvSynAck:
            return "rcv SYN,ACK";
        case On::RcvAckOfSyn:
            return "rcv ACK of SYN";
        case On::RcvFin:
            return "rcv FIN";
        case On::RcvAckOfFin:
            return "rcv ACK of FIN";
        case On::RcvRst:
            return "rcv RST";
        case On::TimeWaitEnds:
            return "Timeout=2MSL";
        case On::UserTimeout:
            return "USER TIMEOUT";
    }
    return {};
}

std::string_view action_of(const Transition& edge) {
    switch (edge.sends) {
        case Sends::Syn:
            return edge.from == State::Closed ? "create TCB, snd SYN" : "snd SYN";
        case Sends::SynAck:
            return "snd SYN,ACK";
        case Sends::Ack:
            return "snd ACK";
        case Sends::Fin:
            return "snd FIN";
        case Sends::Rst:
            return "snd RST";
        case Sends::Nothing:
            break;
    }
    if (edge.on == On::PassiveOpen) return "create TCB";
    // LAST_ACK's "rcv ACK of FIN" has the figure's x, though it deletes the TCB as well.
    const bool deletes = edge.to == State::Closed && edge.on != On::RcvAckOfFin;
    return deletes ? kDeleteTcb : kNothing;
}

// What made the end send the RST of an abort. Linux: close() is the only call that aborts, with
// SO_LINGER 0 or with data unread; that of the listener aborts what nobody accepted.
std::string_view cause_of_abort(const Timeline& timeline, const TimelineIndex::Change& change) {
    const Role end = change.what.endpoint;
    const Connection& before = timeline.at(change.event);
    for (const OpenCall& open : before.open_calls) {
        if (open.call.endpoint != end || open.call.call != "close") continue;
        const std::optional<Descriptor> fd = descriptor_of(open.call);
        if (!fd) continue;
        if (before.descriptors_of(end).aborts(*fd)) return "ABORT";
        if (end == Role::Server && fd == before.listener_fd) return "CLOSE of listener";
        return "CLOSE, data unread";
    }
    const auto* sent = std::get_if<SegmentSent>(&timeline.event(change.event).fact);
    const State from = change.what.change.from;
    // RFC 9293 3.10.7.1: only the RST that answers a segment has no ACK.
    const bool answers = sent != nullptr && !sent->segment.flags.ack();
    if (answers && (from == State::FinWait1 || from == State::FinWait2))
        return "rcv data after CLOSE";
    return "ABORT or CLOSE";
}

// The segment of an event, by number and flags.
std::string of_segment(const Timeline& timeline, SegmentId id, Text words) {
    const Segment* segment = timeline.segment(id);
    return say(words, timeline.number(id), segment == nullptr ? "" : flags_label(*segment));
}

struct Cause {
    const Timeline& timeline;

    std::string operator()(const Scenario&) const { return say(Text::CauseBegins); }
    std::string operator()(const SegmentSent& f) const {
        return of_segment(timeline, f.segment.id, Text::CauseIsSent);
    }
    std::string operator()(const SegmentDelivered& f) const {
        return of_segment(timeline, f.id, Text::CauseDelivered);
    }
    std::string operator()(const CallEntered& f) const {
        return say(Text::CauseEntered, escaped(f.call));
    }
    std::string operator()(const CallReturned& f) const {
        return say(Text::CauseReturned, escaped(f.call));
    }
    std::string operator()(const SocketSampled&) const { return say(Text::CauseKernel); }
    template <class Other>
    std::string operator()(const Other&) const {
        return say(Text::CauseOther);
    }
};

}  // namespace

EdgeLabel edge_label(const Transition& edge) {
    return {event_of(edge), action_of(edge)};
}

EdgeLabel taken_label(const Timeline& timeline, const TimelineIndex::Change& change) {
    const Transition& edge = *change.what.change.edge;
    if (edge.on != On::Abort || edge.sends != Sends::Rst) return edge_label(edge);
    return {cause_of_abort(timeline, change), action_of(edge)};
}

std::string edge_text(const EdgeLabel& label) {
    return fmt::format("{} / {}", label.event, label.action);
}

std::string edge_text(const Transition& edge) {
    return edge_text(edge_label(edge));
}

std::string cause_text(const Timeline& timeline, const TimelineIndex::Change& change) {
    const Effects::Change& what = change.what;
    if (what.doubt != Doubt::None) return say(doubt_text(what.doubt));
    const Event& event = timeline.event(change.event);
    // A segment that is taken as delivered when it was captured arrives with its sending.
    const auto* sent = std::get_if<SegmentSent>(&event.fact);
    const SegmentId id = what.cause != 0 ? what.cause : sent != nullptr ? sent->segment.id : 0;
    const Segment* segment = id != 0 ? timeline.segment(id) : nullptr;
    if (segment == nullptr) return std::visit(Cause{timeline}, event.fact);
    return of_segment(timeline, id,
                      segment->from == what.endpoint ? Text::CauseIsSent : Text::CauseDelivered);
}

std::string tell_edge(const Timeline& timeline, const TimelineIndex& index, const Transition& edge,
                      const TimelineIndex::Change* taken) {
    const EdgeLabel label = taken != nullptr ? taken_label(timeline, *taken) : edge_label(edge);
    std::string text =
        say(Text::EdgeOf, name(edge.from), name(edge.to), edge_text(label), edge.rfc) + ". ";
    if (taken == nullptr) return text + say(Text::EdgeNotTaken);
    return text + say(Text::EdgeTaken, index.step_of(taken->event), cause_text(timeline, *taken));
}

}  // namespace tcpstep::view::diagram
