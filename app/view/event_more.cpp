#include "app/view/event_more.hpp"

#include <optional>
#include <variant>

#include "app/view/call_list.hpp"
#include "app/view/doubt_text.hpp"
#include "app/view/escape.hpp"
#include "app/view/event_numbers.hpp"
#include "app/view/rules.hpp"
#include "app/view/say.hpp"
#include "app/view/segment_text.hpp"
#include "app/view/socket_kind.hpp"

namespace tcpstep::view {

using namespace model;

namespace {

constexpr std::string_view kRfc = "RFC 9293";

// Linux: tcp_check_req() for a request, tcp_validate_incoming() for a socket; only without SYN does
// the ACK bring a D-SACK.
Text linux_on_old(const Segment& segment, State receiver) {
    if (!segment.flags.syn()) return Text::LinuxArriveOld;
    return receiver == State::SynRcvd ? Text::LinuxArriveOldSyn : Text::LinuxArriveOldSynLater;
}

// What the receiver does with a segment that moves no state: RFC 9293 3.10.7.4, in the order of its
// checks.
Rule rule_of_arrival(const Segment& segment, const Endpoint& receiver) {
    const std::string_view section = receiver.state() == State::Listen    ? "3.10.7.2"
                                     : receiver.state() == State::SynSent ? "3.10.7.3"
                                                                          : "3.10.7.4";
    const auto expected = receiver.rcv_nxt();
    if (segment.flags.rst()) return {kRfc, "3.5.3", Text::RuleArriveRst, Text::LinuxRst};
    if (expected && segment.sequence_length() > 0) {
        if (at_or_before(segment.end(), *expected))
            return {kRfc, section, Text::RuleArriveOld, linux_on_old(segment, receiver.state())};
        if (before(*expected, segment.seq))
            return {kRfc, section, Text::RuleArriveEarly, Text::LinuxArriveEarly};
        if (segment.length > 0) return {kRfc, section, Text::RuleArriveData, Text::LinuxArriveData};
    }
    if (segment.flags.ack() && !segment.flags.syn()) return {kRfc, section, Text::RuleArriveAck};
    return {kRfc, "3.10.7", Text::RuleArriveOther};
}

/// The rule that an event follows which changes no state.
struct RuleFinder {
    const Timeline& timeline;
    std::size_t event;

    Rule operator()(const Scenario&) const { return {"tcpstep", "", Text::RuleNote}; }
    Rule operator()(const Marker&) const { return {"tcpstep", "", Text::RuleNote}; }
    Rule operator()(const Unrecognized&) const { return {"tcpstep", "", Text::RuleUnknown}; }
    Rule operator()(const ClaimChecked&) const { return {"tcpstep", "", Text::RuleClaim}; }
    Rule operator()(const PredictionChecked&) const {
        return {"tcpstep", "", Text::RulePrediction};
    }
    Rule operator()(const SegmentSent& s) const {
        if (s.copy_of != 0 || timeline.effects(event).retransmission_of != 0)
            return {kRfc, "3.8.1", Text::RuleSendAgain, Text::LinuxSendAgain};
        return rule_of_sending(kind_of(s.segment), s.segment.flags.answers_syn());
    }
    Rule operator()(const SegmentInjected&) const { return {kRfc, "3.5.3", Text::RuleInjected}; }
    Rule operator()(const SegmentHeld&) const {
        return {kRfc, "3.8.1", Text::RuleHeld, Text::LinuxHeld};
    }
    Rule operator()(const SegmentHeldBack&) const { return {kRfc, "3.4", Text::RuleHeldBack}; }
    Rule operator()(const SegmentDropped&) const {
        return {kRfc, "3.8.1", Text::RuleDropped, Text::LinuxDropped};
    }
    Rule operator()(const SegmentDuplicated&) const { return {kRfc, "3.4", Text::RuleDuplicated}; }
    Rule operator()(const SegmentDelivered& s) const {
        const Segment* segment = timeline.segment(s.id);
        if (segment == nullptr) return {kRfc, "3.10.7", Text::RuleArriveOther};
        const Connection& before = timeline.at(event);
        if (const auto idle = rule_of_idle_ack(*segment, before)) return *idle;
        return rule_of_arrival(*segment, before.end(peer(segment->from)));
    }
    Rule operator()(const CallEntered& c) const {
        return rule_of_call(c.call, socket_kind(timeline, event, c));
    }
    Rule operator()(const CallReturned& c) const {
        for (const OpenCall& open : timeline.at(event).open_calls) {
            if (open.call.id == c.id) return (*this)(open.call);
        }
        return rule_of_call(c.call, timeline.at(event).tcp ? SocketKind::Tcp : SocketKind::Udp);
    }
    Rule operator()(const DatagramSent&) const { return {"RFC 768", "", Text::RuleDatagram}; }
    Rule operator()(const IcmpErrorSent& e) const {
        return {e.source.ip.v6 ? "RFC 4443" : "RFC 792", "", Text::RuleIcmp, Text::LinuxIcmp};
    }
    Rule operator()(const SocketSampled&) const {
        return {kRfc, "3.9.1.5", Text::RuleSampled, Text::LinuxSampled};
    }
    Rule operator()(const ListenerSampled&) const {
        return {"Linux", "", Text::RuleQueues, Text::LinuxQueues};
    }
    Rule operator()(const SegmentsLost&) const { return {"libpcap", "", Text::RuleLost}; }
};

/// What made an end change its state: the event, or, of a capture, a segment known with hindsight.
struct CauseFinder {
    const Timeline& timeline;
    std::size_t event;
    const Effects::Change& change;

    // What a process has begun by a call that has not returned yet: "" if it was no call's doing.
    std::string of_call() const {
        if (change.change.edge == nullptr) return {};
        const On on = change.change.edge->on;
        if (on != On::ActiveOpen && on != On::Close && on != On::Abort) return {};
        for (const OpenCall& open : timeline.at(event).open_calls) {
            const std::string& name = open.call.call;
            const bool fits =
                on == On::ActiveOpen ? name == "connect" : name == "close" || name == "shutdown";
            if (fits && open.call.endpoint == change.endpoint)
                return say(Text::CauseCall, role_word(change.endpoint), call_text(open.call)) + " ";
        }
        return {};
    }
    std::string of_segment(SegmentId id) const {
        const Segment* segment = timeline.segment(id);
        if (segment == nullptr) return say(Text::CauseEvent, role_word(change.endpoint));
        return say(segment->from == change.endpoint ? Text::CauseSent : Text::CauseArrived,
                   role_word(change.endpoint), timeline.number(id), flags_label(*segment));
    }
    std::string operator()(const SegmentSent& s) const {
        std::string call = of_call();
        // Sentences are joined by a space, which Chinese does not have.
        if (call.ends_with("。 ")) call.pop_back();
        return call + of_segment(s.segment.id);
    }
    std::string operator()(const SegmentInjected& s) const { return of_segment(s.segment.id); }
    std::string operator()(const SegmentDelivered& s) const { return of_segment(s.id); }
    std::string operator()(const CallEntered& c) const {
        return say(Text::CauseCall, role_word(c.endpoint), call_text(c));
    }
    std::string operator()(const CallReturned& c) const {
        if (!c.error.empty()) {
            return say(Text::CauseCallFailed, role_word(c.endpoint), escaped(c.call),
                       escaped(c.error));
        }
        return say(Text::CauseCallReturned, role_word(c.endpoint), escaped(c.call), c.result);
    }
    std::string operator()(const SocketSampled&) const {
        return say(Text::CauseTimer, role_word(change.endpoint));
    }
    std::string operator()(const Scenario&) const { return say(Text::CauseStart); }
    std::string operator()(const auto&) const {
        return say(Text::CauseEvent, role_word(change.endpoint));
    }
};

void add_rule(std::vector<MoreLine>& lines, const Rule& rule) {
    lines.push_back({say(Text::MoreRule), rule.source(), say(rule.says)});
}

void add_linux(std::vector<MoreLine>& lines, const Rule& rule) {
    if (rule.linux_does) lines.push_back({say(Text::MoreLinux), {}, say(*rule.linux_does)});
}

constexpr std::size_t kUnknownShown = 2000;  // characters: more than one reads here

// What the file says of the event and of the states after it that this version does not know.
void add_unknown(std::vector<MoreLine>& lines, const Timeline& timeline, std::size_t event) {
    const Trace& trace = timeline.trace();
    const auto index = static_cast<std::size_t>(&timeline.event(event) - trace.events().data());
    const auto& records = trace.unknown.records;
    std::string all;
    if (const auto* event_data = std::get_if<Unrecognized>(&timeline.event(event).fact);
        event_data != nullptr && !event_data->data.empty()) {
        all = "data = " + escaped(event_data->data, kUnknownShown);
    }
    for (auto at = records.lower_bound({index, 0}); at != records.end(); ++at) {
        if (at->first.event != index) break;
        for (const UnknownMember& member : at->second) {
            all += (all.empty() ? "" : " · ") + escaped(member.name) + " = " +
                   escaped(member.json, kUnknownShown);
        }
    }
    if (!all.empty()) lines.push_back({say(Text::MoreUnknown), {}, std::move(all)});
}

void add_change(std::vector<MoreLine>& lines, std::vector<Rule>& rules, const Timeline& timeline,
                std::size_t event, const Effects::Change& change) {
    const Rule rule = rule_of(change.change.edge);
    add_rule(lines, rule);
    const CauseFinder finder{timeline, event, change};
    lines.push_back({say(Text::MoreCause),
                     {},
                     change.cause != 0 ? finder.of_segment(change.cause)
                                       : std::visit(finder, timeline.event(event).fact)});
    if (change.doubt != Doubt::None)
        lines.push_back({say(Text::MoreDoubt), {}, say(doubt_text(change.doubt))});
    rules.push_back(rule);
}

}  // namespace

std::vector<MoreLine> tell_more(const Timeline& timeline, const TimelineIndex& index,
                                std::size_t event, bool raw) {
    std::vector<MoreLine> lines;
    std::vector<Rule> rules;
    // A run begins with both ends CLOSED: that is no move.
    const bool begins = std::holds_alternative<Scenario>(timeline.event(event).fact);
    if (!begins) {
        for (const Effects::Change& change : timeline.effects(event).changes)
            add_change(lines, rules, timeline, event, change);
    }
    if (lines.empty()) {
        rules.push_back(std::visit(RuleFinder{timeline, event}, timeline.event(event).fact));
        add_rule(lines, rules.back());
    }
    std::string numbers;
    for (const std::string& one : numbers_of(timeline, index, event, raw))
        numbers += (numbers.empty() ? "" : " · ") + one;
    if (!numbers.empty()) lines.push_back({say(Text::MoreNumbers), {}, std::move(numbers)});
    for (const Rule& rule : rules) add_linux(lines, rule);
    add_unknown(lines, timeline, event);
    return lines;
}

}  // namespace tcpstep::view
