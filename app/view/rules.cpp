#include "app/view/rules.hpp"

#include <algorithm>
#include <array>

#include "model/rfc_sections.hpp"

namespace tcpstep::view {

using namespace model;
using strings::Text;

namespace {

constexpr std::string_view kRfc = "RFC 9293";

// Beside kMachine: each of its edges finds its rule here, the first that fits. Unknown: any state.
struct OfEdge {
    On on;
    State from;
    Opened opened;
    Text says;
    std::optional<Text> linux_does = {};
};
constexpr auto kAny = Opened::Either;
constexpr std::array kEdges = {
    OfEdge{On::PassiveOpen, State::Closed, kAny, Text::RulePassiveOpen, Text::LinuxPassiveOpen},
    OfEdge{On::ActiveOpen, State::Closed, kAny, Text::RuleActiveOpen, Text::LinuxActiveOpen},
    OfEdge{On::ActiveOpen, State::Listen, kAny, Text::RuleListenOpen, Text::LinuxListenOpen},
    OfEdge{On::Close, State::Listen, kAny, Text::RuleListenClose, Text::LinuxListenClose},
    OfEdge{On::RcvSyn, State::Listen, kAny, Text::RuleListenSyn, Text::LinuxListenSyn},
    OfEdge{On::RcvAckOfSyn, State::Listen, kAny, Text::RuleListenAck, Text::LinuxListenAck},
    OfEdge{On::Close, State::SynSent, kAny, Text::RuleSynSentClose},
    OfEdge{On::RcvSyn, State::SynSent, kAny, Text::RuleSynSentSyn},
    OfEdge{On::RcvSynAck, State::SynSent, kAny, Text::RuleSynSentSynAck, Text::LinuxSynSentSynAck},
    OfEdge{On::RcvAckOfSyn, State::SynRcvd, kAny, Text::RuleSynRcvdAck, Text::LinuxSynRcvdAck},
    OfEdge{On::RcvRst, State::SynRcvd, Opened::Passively, Text::RuleSynRcvdRst},
    OfEdge{On::RcvRst, State::SynRcvd, Opened::Actively, Text::RuleSynRcvdRstActive,
           Text::LinuxRst},
    OfEdge{On::Close, State::SynRcvd, kAny, Text::RuleSynRcvdClose},
    OfEdge{On::Close, State::Established, kAny, Text::RuleEstablishedClose,
           Text::LinuxEstablishedClose},
    OfEdge{On::RcvFin, State::Established, kAny, Text::RuleEstablishedFin,
           Text::LinuxEstablishedFin},
    OfEdge{On::RcvAckOfFin, State::FinWait1, kAny, Text::RuleFinWait1Ack, Text::LinuxFinWait1Ack},
    OfEdge{On::RcvFin, State::FinWait1, kAny, Text::RuleFinWait1Fin},
    OfEdge{On::RcvFin, State::FinWait2, kAny, Text::RuleFinWait2Fin, Text::LinuxTimeWait},
    OfEdge{On::Close, State::CloseWait, kAny, Text::RuleCloseWaitClose, Text::LinuxCloseWaitClose},
    OfEdge{On::RcvAckOfFin, State::Closing, kAny, Text::RuleClosingAck, Text::LinuxTimeWait},
    OfEdge{On::RcvAckOfFin, State::LastAck, kAny, Text::RuleLastAckAck},
    OfEdge{On::TimeWaitEnds, State::TimeWait, kAny, Text::RuleTimeWaitEnds, Text::LinuxTimeWait},
    OfEdge{On::RcvRst, State::SynSent, kAny, Text::RuleSynSentRst, Text::LinuxSynSentRst},
    OfEdge{On::RcvRst, State::TimeWait, kAny, Text::RuleTimeWaitRst, Text::LinuxTimeWaitRst},
    OfEdge{On::RcvRst, State::Unknown, kAny, Text::RuleRst, Text::LinuxRst},
    OfEdge{On::Abort, State::SynSent, kAny, Text::RuleSynSentAbort},
    OfEdge{On::Abort, State::Closing, kAny, Text::RuleAbortClosed, Text::LinuxAbortClosed},
    OfEdge{On::Abort, State::LastAck, kAny, Text::RuleAbortClosed, Text::LinuxAbortClosed},
    OfEdge{On::Abort, State::Unknown, kAny, Text::RuleAbort, Text::LinuxAbort},
    OfEdge{On::UserTimeout, State::Unknown, kAny, Text::RuleUserTimeout, Text::LinuxUserTimeout}};

struct OfCall {
    std::string_view call;
    std::string_view section;  // of RFC 9293; empty: POSIX alone knows it
    Text says;
    std::optional<Text> linux_does = {};
};
constexpr std::array kCalls = {
    OfCall{"socket", "", Text::RuleCallSocket},
    OfCall{"bind", "", Text::RuleCallBind},
    OfCall{"listen", "3.9.1.1", Text::RuleCallListen, Text::LinuxPassiveOpen},
    OfCall{"connect", "3.9.1.1", Text::RuleCallConnect, Text::LinuxCallConnect},
    OfCall{"accept", "", Text::RuleCallAccept, Text::LinuxCallAccept},
    OfCall{"accept4", "", Text::RuleCallAccept, Text::LinuxCallAccept},
    OfCall{"send", "3.9.1.2", Text::RuleCallSend},
    OfCall{"write", "3.9.1.2", Text::RuleCallSend},
    OfCall{"recv", "3.9.1.3", Text::RuleCallRecv},
    OfCall{"read", "3.9.1.3", Text::RuleCallRecv},
    OfCall{"shutdown", "3.9.1.4", Text::RuleCallClose, Text::LinuxCallClose},
    OfCall{"close", "3.9.1.4", Text::RuleCallClose, Text::LinuxCallClose},
    OfCall{"getsockname", "3.9.1.5", Text::RuleCallStatus},
    OfCall{"getpeername", "3.9.1.5", Text::RuleCallStatus},
    OfCall{"proc_net_tcp", "3.9.1.5", Text::RuleCallStatus}};
constexpr std::array kUnixCalls = {
    OfCall{"socket", "", Text::RuleUnixSocket},  OfCall{"bind", "", Text::RuleUnixBind},
    OfCall{"listen", "", Text::RuleUnixListen},  OfCall{"connect", "", Text::RuleUnixConnect},
    OfCall{"accept", "", Text::RuleUnixAccept},  OfCall{"accept4", "", Text::RuleUnixAccept},
    OfCall{"send", "", Text::RuleUnixData},      OfCall{"write", "", Text::RuleUnixData},
    OfCall{"sendto", "", Text::RuleUnixData},    OfCall{"recv", "", Text::RuleUnixData},
    OfCall{"read", "", Text::RuleUnixData},      OfCall{"recvfrom", "", Text::RuleUnixData},
    OfCall{"shutdown", "", Text::RuleUnixClose}, OfCall{"close", "", Text::RuleUnixClose}};
constexpr std::array kUdpCalls = {OfCall{"socket", "", Text::RuleUdpSocket},
                                  OfCall{"bind", "", Text::RuleUdpBind},
                                  OfCall{"connect", "", Text::RuleUdpConnect}};

template <class Calls>
const OfCall* find_call(const Calls& calls, std::string_view call) {
    const auto* found = std::find_if(calls.begin(), calls.end(),
                                     [&](const OfCall& one) { return one.call == call; });
    return found == calls.end() ? nullptr : found;
}

Rule rule_of_unix_call(std::string_view call) {
    const OfCall* found = find_call(kUnixCalls, call);
    if (found == nullptr) return {"POSIX", "", Text::RuleCallOther};
    return {"unix(7)", "", found->says};
}

Rule rule_of_udp_call(std::string_view call) {
    const bool moves = call == "send" || call == "write" || call == "recv" || call == "read" ||
                       call == "sendto" || call == "recvfrom";
    if (moves) return {"RFC 768", "", Text::RuleDatagram};
    const OfCall* found = find_call(kUdpCalls, call);
    if (found == nullptr) return {"POSIX", "", Text::RuleCallOther};
    return {"udp(7)", "", found->says};
}

}  // namespace

std::string Rule::source() const {
    std::string words(document);
    if (!section.empty()) words += " " + std::string(section);
    if (document == kRfc && !section.empty())
        words += " · " + std::string(title_of_section(section));
    return words;
}

Rule rule_of(const Transition* edge) {
    if (edge == nullptr) return {kRfc, "3.3.2", Text::RuleProved};
    const auto* found = std::find_if(kEdges.begin(), kEdges.end(), [&](const OfEdge& one) {
        return one.on == edge->on && (one.from == edge->from || one.from == State::Unknown) &&
               (one.opened == kAny || one.opened == edge->only_if);
    });
    // A test goes through kMachine.
    if (found == kEdges.end()) return {kRfc, edge->rfc, Text::RuleArriveOther};
    return {kRfc, edge->rfc, found->says, found->linux_does};
}

Rule rule_of_sending(SegmentKind kind, bool answers_syn) {
    switch (kind) {
        case SegmentKind::Syn:
            if (answers_syn) return {kRfc, "3.5", Text::RuleSendSynAck, Text::LinuxSendSyn};
            return {kRfc, "3.4.1", Text::RuleSendSyn, Text::LinuxSendSyn};
        case SegmentKind::Fin:
            return {kRfc, "3.6", Text::RuleSendFin};
        case SegmentKind::Rst:
            return {kRfc, "3.5.2", Text::RuleSendRst};
        case SegmentKind::Data:
            return {kRfc, "3.8", Text::RuleSendData, Text::LinuxSendData};
        case SegmentKind::Ack:
            return {kRfc, "3.8.6", Text::RuleSendAck, Text::LinuxSendAck};
    }
    return {kRfc, "3.8", Text::RuleSendData};
}

Rule rule_of_call(std::string_view call, SocketKind kind) {
    if (kind == SocketKind::Unix) return rule_of_unix_call(call);
    if (kind == SocketKind::Udp) return rule_of_udp_call(call);
    if (call == "sendto" || call == "recvfrom") return {"RFC 768", "", Text::RuleDatagram};
    const OfCall* found = find_call(kCalls, call);
    if (found == nullptr) return {"POSIX", "", Text::RuleCallOther};
    if (found->section.empty()) return {"POSIX", "", found->says, found->linux_does};
    return {kRfc, found->section, found->says, found->linux_does};
}

std::optional<Rule> rule_of_idle_ack(const Segment& segment, const Connection& before) {
    if (!segment.flags.ack() || segment.flags.syn() || segment.flags.rst()) return std::nullopt;
    const Endpoint& receiver = before.end(peer(segment.from));
    // Linux lets one more in than the backlog says.
    const bool full = before.listener && before.listener->accept_queue > before.listener->backlog;
    if (receiver.state() == State::Listen) {
        Rule rule{kRfc, "3.10.7.2", Text::RuleListenAck};
        if (receiver.awaits_cookie())
            rule.linux_does = full ? Text::LinuxCookieQueueFull : Text::LinuxListenAck;
        return rule;
    }
    if (receiver.state() != State::SynRcvd || receiver.opened() != Opened::Passively)
        return std::nullopt;
    // In this order Linux looks at them: tcp_check_req().
    if (before.accept_deferral() != 0 && receiver.completes_handshake(segment))
        return Rule{"tcp(7)", "TCP_DEFER_ACCEPT", Text::RuleAckDeferred};
    if (full) return Rule{"listen(2)", "", Text::RuleAckQueueFull};
    return std::nullopt;
}

}  // namespace tcpstep::view
