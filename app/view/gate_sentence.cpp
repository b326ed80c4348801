#include "app/view/gate_sentence.hpp"

#include <algorithm>
#include <chrono>

#include "app/view/client_number.hpp"
#include "app/view/say.hpp"
#include "app/view/segment_text.hpp"
#include "app/view/time_text.hpp"

namespace tcpstep::view {

using namespace model;

namespace {

struct Teller {
    const Timeline& timeline;
    const TimelineIndex& index;
    std::size_t event;
    EndWords who;

    std::string operator()(const SegmentInjected& s) const {
        const Segment& segment = s.segment;
        return say(Text::SayInjected, to_label(segment.flags), who.of(peer(segment.from))) + " " +
               say(Text::SayInjectedFrom, who.of(segment.from));
    }
    std::string operator()(const SegmentSent& s) const {
        if (s.copy_of == 0) return {};
        return say(Text::SayAbsorbed, who.of(s.segment.from), timeline.number(s.copy_of));
    }
    std::string operator()(const SegmentHeld& s) const {
        std::string held = with(s.id, Text::SayHeld);
        if (s.pass_ms > 0) {
            const Segment* segment = timeline.segment(s.id);
            if (segment == nullptr) return {};
            held =
                say(Text::SaySlow, timeline.number(s.id), flags_label(*segment),
                    span_text(std::chrono::milliseconds(s.pass_ms)), who.of(peer(segment->from)));
        }
        if (index.begun_by(timeline, event) != s.id) return held;
        return stands(s.id) + " " + held;
    }
    std::string operator()(const SegmentHeldBack& s) const {
        const Segment* segment = timeline.segment(s.id);
        const Segment* behind = timeline.segment(s.behind);
        if (segment == nullptr || behind == nullptr || behind->from != segment->from) {
            return with(s.id, Text::SayHeldBack);
        }
        return say(Text::SayHeldBehind, timeline.number(s.id), flags_label(*segment),
                   who.of(peer(segment->from)), timeline.number(s.behind), flags_label(*behind));
    }
    std::string operator()(const SegmentDelivered& s) const {
        std::string text = with(s.id, Text::SayDelivered);
        if (index.begun_by(timeline, event) == s.id) text = stands(s.id) + " " + text;
        if (const std::string cookie = of_cookie(s.id); !cookie.empty()) text += " " + cookie;
        if (brought(On::RcvAckOfSyn)) text += " " + say(Text::SayOpen);
        const Segment* segment = timeline.segment(s.id);
        if (segment == nullptr) return text;
        const std::string to = who.of(peer(segment->from));
        if (s.generation != 0) return text + " " + say(Text::SayStray, to, s.generation);
        if (is_set_aside(*segment)) text += " " + say(Text::SayDeferred, to);
        return text;
    }
    std::string operator()(const SegmentDropped& s) const {
        const auto begin = index.begin_of(timeline, s.id);
        if (!begin || *begin > event) {
            return say(Text::SayAbsorbedDropped, timeline.number(index.original_of(s.id)));
        }
        const std::string follows = what_follows(s.id);
        return with(s.id, Text::SayDropped) + (follows.empty() ? "" : " " + follows);
    }
    std::string operator()(const SegmentDuplicated& s) const {
        return with(s.id, Text::SayDuplicated);
    }
    template <class Other>
    std::string operator()(const Other&) const {
        return {};
    }

  private:
    std::string with(SegmentId id, Text text) const {
        const Segment* found = timeline.segment(id);
        if (found == nullptr) return {};
        return say(text, timeline.number(id), flags_label(*found), who.of(peer(found->from)));
    }

    std::string stands(SegmentId id) const {
        const Segment* found = timeline.segment(id);
        if (found == nullptr) return {};
        return say(Text::SayStands, timeline.number(id), flags_label(*found),
                   timeline.number(index.original_of(id)));
    }

    bool brought(On on) const {
        const auto& changes = timeline.effects(event).changes;
        return std::any_of(changes.begin(), changes.end(), [on](const Effects::Change& change) {
            return change.change.edge != nullptr && change.change.edge->on == on;
        });
    }

    // Of a segment that was delivered: the server waits for data (TCP_DEFER_ACCEPT).
    bool is_set_aside(const Segment& segment) const {
        const Connection& before = timeline.at(event);
        return segment.from == Role::Client && before.accept_deferral() != 0 &&
               before.server.completes_handshake(segment) &&
               timeline.effects(event).changes.empty();
    }

    // Of a segment that reached a listener which has no room for requests.
    std::string of_cookie(SegmentId id) const {
        const Segment* segment = timeline.segment(id);
        if (segment == nullptr || segment->flags.rst()) return {};
        const Role to = peer(segment->from);
        const bool awaited = timeline.at(event).end(to).awaits_cookie();
        const bool awaits = timeline.at(event + 1).end(to).awaits_cookie();
        if (awaits && segment->flags.syn()) return say(Text::SayCookie, who.of(to));
        if (awaited && !awaits && brought(On::RcvAckOfSyn))
            return say(Text::SayCookieTaken, who.of(to));
        if (awaited && awaits && segment->flags.ack())
            return say(Text::SayCookieLost, who.of(to), who.of(segment->from));
        return {};
    }

    // Of a segment that was lost: only what TCP will do for certain.
    std::string what_follows(SegmentId id) const {
        const Segment* lost = timeline.segment(id);
        if (lost == nullptr) return {};
        const Event& begun = timeline.event(*timeline.event_of_segment(id));
        if (std::holds_alternative<SegmentInjected>(begun.fact)) {
            return say(Text::SayDroppedForged);
        }
        const Connection& now = timeline.at(event + 1);
        const Endpoint& sender = now.end(lost->from);
        const Endpoint& receiver = now.end(peer(lost->from));
        const std::string receiver_word = who.of(peer(lost->from));
        if (lost->flags.rst()) return say(Text::SayDroppedRst, receiver_word);
        if (lost->sequence_length() > 0) {
            const auto expects = receiver.rcv_nxt();
            const auto unacknowledged = sender.snd_una();
            const bool had = (expects && at_or_before(lost->end(), *expects)) ||
                             (unacknowledged && at_or_before(lost->end(), *unacknowledged));
            if (had) return say(Text::SayDroppedHad, receiver_word);
            // A copy is still on its way, or the sender is gone.
            if (on_its_way(now, *lost) || sender.state() == State::Closed) return {};
            return say(Text::SayDroppedAgain, who.of(lost->from));
        }
        if (!lost->flags.ack()) return {};
        const auto oldest = receiver.snd_una();
        if (!oldest) return {};
        if (!before(*oldest, lost->ack)) return say(Text::SayDroppedAck);
        if (on_its_way(now, *lost) || sender.state() == State::Closed) return {};
        return say(Text::SayDroppedAckMissed, receiver_word);
    }

    // Another segment in flight carries the same, or a later acknowledgment.
    static bool on_its_way(const Connection& now, const Segment& lost) {
        return std::any_of(now.in_flight.begin(), now.in_flight.end(), [&](const InFlight& flight) {
            const Segment& other = flight.segment;
            if (other.from != lost.from || flight.copy_of != 0) return false;
            if (lost.sequence_length() > 0) {
                return other.seq == lost.seq && other.sequence_length() > 0;
            }
            return other.flags.ack() && at_or_before(lost.ack, other.ack);
        });
    }
};

}  // namespace

std::string tell_gate(const Timeline& timeline, const TimelineIndex& index, std::size_t event) {
    return std::visit(Teller{timeline, index, event, EndWords(timeline, event)},
                      timeline.event(event).fact);
}

}  // namespace tcpstep::view
