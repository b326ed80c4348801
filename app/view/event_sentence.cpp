#include "app/view/event_sentence.hpp"

#include <algorithm>

#include "app/view/call_list.hpp"
#include "app/view/call_value.hpp"
#include "app/view/claim_words.hpp"
#include "app/view/client_number.hpp"
#include "app/view/datagram_text.hpp"
#include "app/view/doubt_text.hpp"
#include "app/view/errno_meaning.hpp"
#include "app/view/escape.hpp"
#include "app/view/gate_sentence.hpp"
#include "app/view/marker_text.hpp"
#include "app/view/prediction_words.hpp"
#include "app/view/say.hpp"
#include "app/view/segment_sentence.hpp"
#include "app/view/segment_text.hpp"
#include "app/view/time_text.hpp"

namespace tcpstep::view {

using namespace model;

namespace {

struct Purpose {
    std::string_view call;
    Text text;
};
constexpr std::array kPurposes = {Purpose{"socket", Text::PurposeSocket},
                                  Purpose{"bind", Text::PurposeBind},
                                  Purpose{"listen", Text::PurposeListen},
                                  Purpose{"accept", Text::PurposeAccept},
                                  Purpose{"accept4", Text::PurposeAccept},
                                  Purpose{"connect", Text::PurposeConnect},
                                  Purpose{"send", Text::PurposeSend},
                                  Purpose{"write", Text::PurposeSend},
                                  Purpose{"recv", Text::PurposeRecv},
                                  Purpose{"read", Text::PurposeRecv},
                                  Purpose{"sendto", Text::PurposeSendTo},
                                  Purpose{"recvfrom", Text::PurposeRecvFrom},
                                  Purpose{"shutdown", Text::PurposeShutdown},
                                  Purpose{"close", Text::PurposeClose},
                                  Purpose{"dup", Text::PurposeDup},
                                  Purpose{"fork", Text::PurposeFork},
                                  Purpose{"waitpid", Text::PurposeWaitPid},
                                  Purpose{"exit", Text::PurposeExit},
                                  Purpose{"getsockname", Text::PurposeGetSockName},
                                  Purpose{"getpeername", Text::PurposeGetPeerName},
                                  Purpose{"proc_net_tcp", Text::PurposeProcNetTcp}};
// The same of sockets that do not speak TCP, where that is something else.
constexpr std::array kWithoutTcp = {
    Purpose{"listen", Text::PurposeListenPlain}, Purpose{"connect", Text::PurposeConnectPlain},
    Purpose{"send", Text::PurposeSendPlain}, Purpose{"write", Text::PurposeSendPlain},
    Purpose{"close", Text::PurposeClosePlain}};

template <std::size_t N>
const Purpose* find_purpose(const std::array<Purpose, N>& purposes, std::string_view call) {
    const auto found = std::find_if(purposes.begin(), purposes.end(),
                                    [&](const Purpose& one) { return one.call == call; });
    return found == purposes.end() ? nullptr : &*found;
}

// What a call is for; a call that is not here is told without.
std::string purpose_of(std::string_view call, bool tcp) {
    const Purpose* found = tcp ? nullptr : find_purpose(kWithoutTcp, call);
    if (found == nullptr) found = find_purpose(kPurposes, call);
    return found == nullptr ? std::string() : " " + say(found->text);
}

// The socket that a call works on speaks TCP, or it works on none.
bool about_tcp(const Connection& before, const CallEntered& call) {
    const std::optional<Descriptor> fd = descriptor_of(call);
    return !fd || before.descriptors_of(call.endpoint).is_tcp(*fd);
}

bool about_tcp(const Connection& before, const CallReturned& call) {
    return std::all_of(before.open_calls.begin(), before.open_calls.end(),
                       [&](const OpenCall& open) {
                           return open.call.id != call.id || about_tcp(before, open.call);
                       });
}

// Of a close() that was not the socket's last: another descriptor that is still open.
std::optional<Descriptor> still_open(const Connection& before, const CallReturned& close) {
    if (close.call != "close") return std::nullopt;
    for (const OpenCall& open : before.open_calls) {
        const auto fd = open.call.id == close.id ? descriptor_of(open.call) : std::nullopt;
        if (fd) return before.descriptors_of(close.endpoint).other(*fd);
    }
    return std::nullopt;
}

std::string took(const Timeline& timeline, const TimelineIndex& index, Role role,
                 std::size_t event) {
    const auto& calls = index.calls(role);
    const auto call = std::find_if(calls.rbegin(), calls.rend(), [&](const TimelineIndex::Call& c) {
        return c.returned == event;
    });
    if (call == calls.rend()) return {};
    return span_text(timeline.event(event).time - timeline.event(call->entered).time);
}

struct Teller {
    const Timeline& timeline;
    const TimelineIndex& index;
    std::size_t event;
    bool raw;
    EndWords ends;

    std::string operator()(const Scenario& s) const {
        return say(Text::SayScenario, escaped(s.title));
    }
    std::string operator()(const Marker& m) const {
        return marker_text(m, timeline.trace().numbers());
    }
    std::string operator()(const SegmentSent& s) const {
        return s.copy_of == 0 ? tell_segment(timeline, index, event, raw) : gate();
    }
    std::string operator()(const SegmentInjected&) const { return gate(); }
    std::string operator()(const SegmentHeld&) const { return gate(); }
    std::string operator()(const SegmentHeldBack&) const { return gate(); }
    std::string operator()(const SegmentDelivered&) const { return gate(); }
    std::string operator()(const SegmentDropped&) const { return gate(); }
    std::string operator()(const SegmentDuplicated&) const { return gate(); }

    std::string operator()(const CallEntered& c) const {
        const Text words = is_look(c.call) ? Text::SayReads : Text::SayCall;
        return say(words, caller_of(c), call_text(c)) +
               purpose_of(c.call, about_tcp(timeline.at(event), c));
    }
    std::string operator()(const CallReturned& c) const {
        const std::string span = took(timeline, index, c.endpoint, event);
        const std::string caller = caller_of(c);
        if (c.call == "exit") return say(Text::SayExited, caller, c.result);
        if (!c.error.empty()) {
            const auto& events = timeline.trace().events();
            const std::string meaning = failure_meaning(
                timeline.trace(), static_cast<std::size_t>(&timeline.event(event) - events.data()));
            if (meaning.empty())
                return say(Text::SayCallFailed, caller, escaped(c.call), escaped(c.error), span);
            return say(Text::SayCallFailedAs, caller, escaped(c.call), escaped(c.error), span,
                       meaning);
        }
        if (is_look(c.call)) {
            return say(
                counted(static_cast<std::uint64_t>(c.result), Text::SayRowsOne, Text::SayRows),
                call_name(c.call), c.result);
        }
        std::string text = say(Text::SayCallReturned, caller, escaped(c.call), c.result, span);
        if ((c.call == "recv" || c.call == "read") && c.result == 0 &&
            about_tcp(timeline.at(event), c)) {
            text += " " + say(Text::SayEndOfFile);
        } else if (c.call == "accept" || c.call == "accept4") {
            text += " " + say(Text::SayAccepted);
        } else if (c.call == "fork") {
            text += " " + say(Text::SayForked);
        } else if (const auto open = still_open(timeline.at(event), c)) {
            text += " " + say(Text::SayStillOpen, open->fd, caller_word(c.endpoint, open->process));
        }
        return text + tell_value(c);
    }
    std::string operator()(const DatagramSent& s) const {
        return say(counted(s.length, Text::SayDatagramOne, Text::SayDatagram), ends.of(s.from),
                   s.length, to_string(s.source), to_string(s.destination));
    }
    std::string operator()(const IcmpErrorSent& s) const {
        return say(Text::SayIcmpError, ends.of(s.from), icmp_error_text(s),
                   to_string(s.destination), ends.of(peer(s.from)));
    }
    std::string operator()(const SocketSampled& s) const {
        const Text id =
            timeline.effects(event).disagreement ? Text::SayDisagrees : Text::SaySampled;
        std::string text = say(id, ends.of(s.endpoint), name(s.state));
        if (!timeline.effects(event).changes.empty()) text += " " + say(Text::SayTimeWaitOver);
        return text;
    }
    std::string operator()(const ListenerSampled& s) const {
        return say(Text::KernelQueues, s.syn_queue, s.accept_queue, s.backlog);
    }
    std::string operator()(const SegmentsLost& s) const {
        return say(counted(s.total, Text::NoticeLostOne, Text::NoticeLost), s.total);
    }
    std::string operator()(const PredictionChecked& checked) const {
        return prediction_text(checked, timeline, raw);
    }
    std::string operator()(const ClaimChecked& checked) const {
        return outcome_word(checked.holds) + ": " + claim_text(checked);
    }
    std::string operator()(const Unrecognized& u) const {
        return say(Text::SayUnrecognized, escaped(u.name));
    }

  private:
    // Clients that play one role have no children.
    template <class Call>
    std::string caller_of(const Call& c) const {
        return c.process == 0 ? ends.of(c.endpoint) : caller_word(c.endpoint, c.process);
    }
    std::string gate() const { return tell_gate(timeline, index, event); }
};

// Sentences are joined by a space, which Chinese does not have: its full stop is as wide as both.
std::string without_gaps(std::string sentences) {
    constexpr std::string_view kStop = "。";
    for (std::size_t at = sentences.find("。 "); at != std::string::npos;
         at = sentences.find("。 ", at)) {
        sentences.erase(at + kStop.size(), 1);
    }
    return sentences;
}

}  // namespace

Happening tell_event(const Timeline& timeline, const TimelineIndex& index, std::size_t event,
                     bool raw) {
    Happening happening;
    const EndWords ends(timeline, event);
    happening.sentence = without_article(without_gaps(
        std::visit(Teller{timeline, index, event, raw, ends}, timeline.event(event).fact)));
    const auto* returned = std::get_if<CallReturned>(&timeline.event(event).fact);
    if (returned != nullptr && is_look(returned->call)) happening.rows = value_lines(*returned, 0);
    for (const Effects::Change& change : timeline.effects(event).changes) {
        std::string text =
            without_article(say(Text::SayChange, ends.of(change.endpoint), name(change.change.from),
                                state_text(change.change.to, change.doubt)));
        if (change.change.edge != nullptr)
            text += " · RFC 9293 " + std::string(change.change.edge->rfc);
        if (change.doubt != Doubt::None) text += " · " + say(doubt_text(change.doubt));
        happening.changes.push_back({std::move(text), role_colour(change.endpoint)});
    }
    const Time time = timeline.event(event).time;
    happening.when = offset_text(time - timeline.event(0).time);
    const auto before = index.last_step_before(event);
    if (before && timeline.event(*before).time != time) {
        happening.after = say(Text::SayAfter, span_text(time - timeline.event(*before).time));
    }
    return happening;
}

}  // namespace tcpstep::view
