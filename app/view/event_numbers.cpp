#include "app/view/event_numbers.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "app/view/escape.hpp"
#include "app/view/say.hpp"
#include "app/view/segment_text.hpp"
#include "app/view/time_text.hpp"
#include "app/view/timer_name.hpp"
#include "app/view/window_scale.hpp"

namespace tcpstep::view {

using namespace model;

namespace {

constexpr Role kRoles[] = {Role::Client, Role::Server};

struct Variable {
    const char* name;
    std::optional<SeqNum> (Endpoint::*value)() const;
    std::optional<SeqNum> (Endpoint::*base)() const;  // relative numbers are counted from there
};
constexpr Variable kVariables[] = {{"SND.UNA", &Endpoint::snd_una, &Endpoint::iss},
                                   {"SND.NXT", &Endpoint::snd_nxt, &Endpoint::iss},
                                   {"RCV.NXT", &Endpoint::rcv_nxt, &Endpoint::irs}};

std::string shown(std::optional<SeqNum> value, std::optional<SeqNum> base, bool raw) {
    if (!value) return say(Text::NumberUnknown);
    return fmt::format("{}", raw || !base ? value->raw() : distance(*base, *value));
}

// Which variables moved; where the receiver's RCV.NXT did not though a segment came, that too.
void add_variables(std::vector<std::string>& numbers, const Connection& was, const Connection& is,
                   std::optional<Role> receiver, bool raw) {
    for (Role role : kRoles) {
        const Endpoint& before = was.end(role);
        const Endpoint& after = is.end(role);
        for (const Variable& each : kVariables) {
            const auto old = (before.*each.value)();
            const auto now = (after.*each.value)();
            const auto base = (after.*each.base)();
            if (old != now) {
                numbers.push_back(say(Text::NumberMoved, role_word(role), each.name,
                                      shown(old, base, raw), shown(now, base, raw)));
            } else if (now && receiver == role && each.value == &Endpoint::rcv_nxt) {
                numbers.push_back(
                    say(Text::NumberStays, role_word(role), each.name, shown(now, base, raw)));
            }
        }
    }
}

struct SegmentReader {
    SegmentId operator()(const SegmentSent& s) const { return s.segment.id; }
    SegmentId operator()(const SegmentInjected& s) const { return s.segment.id; }
    SegmentId operator()(const SegmentHeld& s) const { return s.id; }
    SegmentId operator()(const SegmentHeldBack& s) const { return s.id; }
    SegmentId operator()(const SegmentDelivered& s) const { return s.id; }
    SegmentId operator()(const SegmentDropped& s) const { return s.id; }
    SegmentId operator()(const SegmentDuplicated& s) const { return s.copy; }
    SegmentId operator()(const auto&) const { return 0; }
};

struct Counter {
    const Timeline& timeline;
    const TimelineIndex& index;
    std::size_t event;
    bool raw;
    std::vector<std::string> numbers;

    void segment(SegmentId id) {
        const Segment* found = timeline.segment(id);
        if (found == nullptr) return;
        const SeqBase base = base_of(timeline.at(event + 1), found->from, raw);
        numbers.push_back(
            say(Text::NumberSegment, timeline.number(id), to_line(*found, base, LineDetail::Full)));
        const unsigned shift = window_shift(timeline, index, *found).value_or(0);
        if (shift > 0) {
            numbers.push_back(say(Text::NumberWindow, found->window, 1U << shift,
                                  std::uint64_t{found->window} << shift));
        }
        if (raw) return;
        numbers.push_back(found->flags.ack()
                              ? say(Text::NumberRaw, found->seq.raw(), found->ack.raw())
                              : say(Text::NumberRawSeq, found->seq.raw()));
    }
    void flight(SegmentId id) {
        const auto begun = timeline.event_of_segment(id);
        if (!begun) return;
        numbers.push_back(say(Text::NumberFlight,
                              span_text(timeline.event(event).time - timeline.event(*begun).time)));
    }

    void operator()(const CallReturned& c) {
        // From the latest that was entered before it: mostly that one.
        const auto& calls = index.calls(c.endpoint);
        auto call = std::lower_bound(
            calls.begin(), calls.end(), event,
            [](const TimelineIndex::Call& one, std::size_t at) { return one.entered < at; });
        while (call != calls.begin()) {
            --call;
            if (call->returned != event) continue;
            const Duration took = timeline.event(event).time - timeline.event(call->entered).time;
            numbers.push_back(say(Text::NumberTook, span_text(took)));
            return;
        }
    }
    void operator()(const SocketSampled& s) {
        numbers.push_back(say(Text::NumberQueues, s.recv_q, s.send_q));
        if (!s.timer.empty()) {
            numbers.push_back(say(Text::NumberTimer, timer_name(s),
                                  span_text(std::chrono::milliseconds(s.timer_ms))));
        }
        if (s.rto_us > 0) {
            numbers.push_back(say(Text::NumberRto, span_text(std::chrono::microseconds(s.rto_us))));
        }
        numbers.push_back(say(Text::NumberModel, role_word(s.endpoint),
                              name(timeline.at(event + 1).end(s.endpoint).state())));
    }
    void operator()(const ListenerSampled& s) {
        numbers.push_back(say(Text::KernelQueues, s.syn_queue, s.accept_queue, s.backlog));
    }
    void operator()(const DatagramSent& s) {
        numbers.push_back(say(Text::NumberPayload, s.length));
    }
    void operator()(const ClaimChecked& c) {
        for (const Sighting& seen : c.seen) {
            numbers.push_back(
                say(Text::NumberSeen, offset_text(std::chrono::microseconds(seen.at_us))));
        }
    }
    void operator()(const PredictionChecked& p) {
        numbers.push_back(say(Text::NumberAnswer, escaped(p.answer), escaped(p.actual)));
    }
    template <class Other>
    void operator()(const Other& fact) {
        const SegmentId id = segment_of(timeline.event(event).fact);
        if (id == 0) return;
        segment(id);
        constexpr bool kEnds =
            std::is_same_v<Other, SegmentDelivered> || std::is_same_v<Other, SegmentDropped>;
        if constexpr (kEnds) flight(fact.id);
    }
};

}  // namespace

SegmentId segment_of(const Fact& fact) {
    return std::visit(SegmentReader{}, fact);
}

std::vector<std::string> numbers_of(const Timeline& timeline, const TimelineIndex& index,
                                    std::size_t event, bool raw) {
    Counter counter{timeline, index, event, raw, {}};
    const Fact& fact = timeline.event(event).fact;
    std::visit(counter, fact);
    std::optional<Role> receiver;
    if (const auto* arrived = std::get_if<SegmentDelivered>(&fact)) {
        if (const Segment* segment = timeline.segment(arrived->id)) receiver = peer(segment->from);
    }
    const Connection was = timeline.at(event);
    add_variables(counter.numbers, was, timeline.at(event + 1), receiver, raw);
    return std::move(counter.numbers);
}

}  // namespace tcpstep::view
