#include "app/view/event_sentence.hpp"

#include <algorithm>

#include "app/view/call_list.hpp"
#include "app/view/doubt_text.hpp"
#include "app/view/errno_meaning.hpp"
#include "app/view/escape.hpp"
#include "app/view/gate_sentence.hpp"
#include "app/view/say.hpp"
#include "app/view/segment_sentence.hpp"
#include "app/view/segment_text.hpp"
#include "app/view/time_text.hpp"

namespace tcpstep::view {

using namespace model;

namespace {

// What a call is for; a call that is not here is told without.
std::string purpose_of(std::string_view call) {
    struct Purpose {
        std::string_view call;
        Text text;
    };
    constexpr std::array kPurposes = {
        Purpose{"socket", Text::PurposeSocket},     Purpose{"bind", Text::PurposeBind},
        Purpose{"listen", Text::PurposeListen},     Purpose{"accept", Text::PurposeAccept},
        Purpose{"accept4", Text::PurposeAccept},    Purpose{"connect", Text::PurposeConnect},
        Purpose{"send", Text::PurposeSend},         Purpose{"write", Text::PurposeSend},
        Purpose{"recv", Text::PurposeRecv},         Purpose{"read", Text::PurposeRecv},
        Purpose{"shutdown", Text::PurposeShutdown}, Purpose{"close", Text::PurposeClose}};
    const auto found = std::find_if(kPurposes.begin(), kPurposes.end(),
                                    [&](const Purpose& purpose) { return purpose.call == call; });
    return found == kPurposes.end() ? std::string() : " " + say(found->text);
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

    std::string operator()(const Scenario& s) const {
        return say(Text::SayScenario, escaped(s.title));
    }
    std::string operator()(const Marker& m) const { return escaped(m.message); }
    std::string operator()(const SegmentSent& s) const {
        return s.copy_of == 0 ? segment(s.segment) : gate();
    }
    std::string operator()(const SegmentInjected&) const { return gate(); }
    std::string operator()(const SegmentHeld&) const { return gate(); }
    std::string operator()(const SegmentHeldBack&) const { return gate(); }
    std::string operator()(const SegmentDelivered&) const { return gate(); }
    std::string operator()(const SegmentDropped&) const { return gate(); }
    std::string operator()(const SegmentDuplicated&) const { return gate(); }

    std::string operator()(const CallEntered& c) const {
        return say(Text::SayCall, role_word(c.endpoint), call_text(c)) + purpose_of(c.call);
    }
    std::string operator()(const CallReturned& c) const {
        const std::string span = took(timeline, index, c.endpoint, event);
        if (!c.error.empty()) {
            const std::string meaning = errno_meaning(c.error);
            return say(Text::SayCallFailed, role_word(c.endpoint), escaped(c.call),
                       escaped(c.error), span) +
                   (meaning.empty() ? "" : " " + say(Text::SayErrno, c.error, meaning));
        }
        std::string text =
            say(Text::SayCallReturned, role_word(c.endpoint), escaped(c.call), c.result, span);
        if ((c.call == "recv" || c.call == "read") && c.result == 0) {
            text += " " + say(Text::SayEndOfFile);
        } else if (c.call == "accept" || c.call == "accept4") {
            text += " " + say(Text::SayAccepted);
        }
        return text;
    }
    std::string operator()(const SocketSampled& s) const {
        const Text id =
            timeline.effects(event).disagreement ? Text::SayDisagrees : Text::SaySampled;
        std::string text = say(id, role_word(s.endpoint), name(s.state));
        if (!timeline.effects(event).changes.empty()) text += " " + say(Text::SayTimeWaitOver);
        return text;
    }
    std::string operator()(const ListenerSampled& s) const {
        return say(Text::KernelQueues, s.syn_queue, s.accept_queue, s.backlog);
    }
    std::string operator()(const SegmentsLost& s) const {
        return say(counted(s.total, Text::NoticeLostOne, Text::NoticeLost), s.total);
    }
    std::string operator()(const Unrecognized& u) const {
        return say(Text::SayUnrecognized, escaped(u.name));
    }

  private:
    std::string segment(const Segment& sent) const {
        return tell_segment(sent, timeline.at(event + 1), timeline.effects(event), raw);
    }
    std::string gate() const { return tell_gate(timeline, index, event); }
};

}  // namespace

Happening tell_event(const Timeline& timeline, const TimelineIndex& index, std::size_t event,
                     bool raw) {
    Happening happening;
    happening.sentence =
        std::visit(Teller{timeline, index, event, raw}, timeline.event(event).fact);
    for (const Effects::Change& change : timeline.effects(event).changes) {
        std::string text = say(Text::SayChange, role_word(change.endpoint),
                               name(change.change.from), name(change.change.to));
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
