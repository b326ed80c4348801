#include "app/view/claim_words.hpp"

#include <algorithm>
#include <chrono>

#include "app/view/call_value.hpp"
#include "app/view/escape.hpp"
#include "app/view/say.hpp"
#include "app/view/segment_text.hpp"
#include "app/view/time_text.hpp"
#include "model/claim/by_hand.hpp"
#include "model/claim/check.hpp"
#include "model/qlog/event_name.hpp"

namespace tcpstep::view {

namespace {

using namespace model;
using std::chrono::microseconds;

// After so many the eye is lost.
constexpr std::size_t kMostSightings = 4;

const Segment* segment_of(SegmentId id, const Trace& trace) {
    for (const Event& event : trace.events()) {
        if (const auto* sent = std::get_if<SegmentSent>(&event.fact)) {
            if (sent->segment.id == id) return &sent->segment;
        } else if (const auto* injected = std::get_if<SegmentInjected>(&event.fact)) {
            if (injected->segment.id == id) return &injected->segment;
        }
    }
    return nullptr;
}

const CallEntered* call_of(CallId id, const Trace& trace) {
    for (const Event& event : trace.events()) {
        const auto* entered = std::get_if<CallEntered>(&event.fact);
        if (entered != nullptr && entered->id == id) return entered;
    }
    return nullptr;
}

// Of which segment the gate made that one; 0: it is no copy.
SegmentId original_of(SegmentId copy, const Trace& trace) {
    for (const Event& event : trace.events()) {
        const auto* duplicated = std::get_if<SegmentDuplicated>(&event.fact);
        if (duplicated != nullptr && duplicated->copy == copy) return duplicated->id;
    }
    return 0;
}

std::string of_copy(const Sighting& one, const Trace& trace) {
    const Segment* segment = nullptr;
    for (SegmentId id = one.segment; segment == nullptr;) {
        id = original_of(id, trace);
        if (id == 0) return say(Text::SightSegment, one.segment);
        segment = segment_of(id, trace);
    }
    const std::string label = flags_label(*segment);
    const std::string from = role_word(segment->from);
    if (one.event == qlog::kSegmentHeld) return say(Text::SightCopyHeld, from, label);
    if (one.event == qlog::kSegmentDelivered) return say(Text::SightCopyDelivered, from, label);
    if (one.event == qlog::kSegmentDropped) return say(Text::SightCopyDropped, from, label);
    return say(Text::SightCopy, from, label);
}

std::string of_segment(const Sighting& one, const Trace& trace) {
    const Segment* segment = segment_of(one.segment, trace);
    if (segment == nullptr) return of_copy(one, trace);
    const std::string label = flags_label(*segment);
    const std::string from = role_word(segment->from);
    if (one.event == qlog::kSegmentSent) return say(Text::SightSent, from, label);
    if (one.event == qlog::kSegmentHeld) return say(Text::SightHeld, from, label);
    if (one.event == qlog::kSegmentDelivered) return say(Text::SightDelivered, from, label);
    if (one.event == qlog::kSegmentDropped) return say(Text::SightDropped, from, label);
    return say(Text::SightOther, from, label);
}

microseconds since_first(const Event& event, const Trace& trace) {
    return std::chrono::floor<microseconds>(event.time - trace.events().front().time);
}

// The kernel's word on the listener's queues at that moment.
std::string of_listener(const Sighting& one, const Trace& trace) {
    for (const Event& event : trace.events()) {
        const auto* sample = std::get_if<ListenerSampled>(&event.fact);
        if (sample == nullptr || since_first(event, trace).count() != one.at_us) continue;
        return say(Text::SightQueues, sample->accept_queue, sample->syn_queue);
    }
    return say(Text::SightQueues, "?", "?");
}

std::string what_was_seen(const Sighting& one, const Trace& trace) {
    if (one.segment != 0) return of_segment(one, trace);
    if (const CallEntered* call = one.call == 0 ? nullptr : call_of(one.call, trace)) {
        // It is no call: there is nothing to return from.
        if (is_look(call->call)) {
            return say(Text::SightOther, role_word(call->endpoint), call_name(call->call));
        }
        const bool returned = one.event == qlog::kCallReturned;
        return say(returned ? Text::SightReturned : Text::SightEntered,
                   caller_word(call->endpoint, call->process), escaped(call->call));
    }
    const Role role = one.endpoint == name(Role::Client) ? Role::Client : Role::Server;
    if (one.event == qlog::kDatagramSent) return say(Text::SightSent, role_word(role), "UDP");
    if (one.event == qlog::kIcmpErrorSent) return say(Text::SightSent, role_word(role), "ICMP");
    if (!one.state.empty()) {
        return say(Text::SightKernel, role_word(role), one.state);
    }
    if (one.event == qlog::kListenerSampled) return of_listener(one, trace);
    if (one.event == qlog::kScenario) return say(Text::SightBegan);
    return escaped(one.event);
}

// "segment 3 was dropped by you"; "" if the user had no part in it.
std::string by_hand_text(const Sighting& one, const Trace& trace) {
    const std::string number = trace.numbers().name(one.segment);
    if (one.event == claim::kDroppedByHand) return say(Text::YouDropped, number);
    if (one.event == claim::kDuplicatedByHand) return say(Text::YouDuplicated, number);
    if (one.event == claim::kResetByHand) return say(Text::YouReset, number);
    return "";
}

// "none of 7 segments, 3 calls"; as it stands if another program wrote it otherwise.
std::string none_of(std::string_view found) {
    const bool udp = found.find(claim::kNoneOfDatagrams) != std::string_view::npos;
    const std::string_view between = udp ? claim::kNoneOfDatagrams : claim::kNoneOfSegments;
    const std::size_t comma = found.find(between);
    if (comma == std::string_view::npos || !found.ends_with(claim::kNoneOfCalls)) {
        return escaped(found);
    }
    const std::size_t begin = claim::kNoneOf.size();
    const std::size_t end = found.size() - claim::kNoneOfCalls.size();
    const std::string_view passed = found.substr(begin, comma - begin);
    const std::string_view calls =
        found.substr(comma + between.size(), end - comma - between.size());
    const Text words = udp             ? Text::EvidenceNoneOfUdp
                       : passed == "0" ? Text::EvidenceNoneAtAll
                                       : Text::EvidenceNoneOf;
    return passed == "0" ? say(words, escaped(calls)) : say(words, escaped(passed), escaped(calls));
}

// Traces have it in English.
std::string found_text(std::string_view found) {
    const auto missing = [&](std::string_view begin, Text words) {
        const std::string_view what = found.substr(begin.size());
        return say(words, what == claim::kDataSegment ? say(Text::ClaimData) : escaped(what));
    };
    if (found.starts_with(claim::kNoneOf)) return none_of(found);
    if (found.starts_with(claim::kNoSecond)) return missing(claim::kNoSecond, Text::ClaimNoSecond);
    if (found.starts_with(claim::kNoLost)) return missing(claim::kNoLost, Text::ClaimNoneLost);
    return escaped(found);
}

std::string sightings_text(const std::vector<Sighting>& seen, const Trace& trace) {
    std::string text;
    const std::size_t shown = std::min(seen.size(), kMostSightings);
    for (std::size_t i = 0; i < shown; ++i) {
        const Sighting& one = seen[i];
        const std::string what = what_was_seen(one, trace);
        if (i == 0) {
            text = say(Text::SightAt, what, offset_text(microseconds(one.at_us)));
            continue;
        }
        const microseconds later(one.at_us - seen[i - 1].at_us);
        text += say(Text::SightSeparator) +
                (later.count() < 0 ? say(Text::SightAt, what, offset_text(microseconds(one.at_us)))
                                   : say(Text::SightLater, what, span_text(later)));
    }
    if (seen.size() > shown) {
        text += say(Text::SightSeparator) + say(Text::SightMore, seen.size() - shown);
    }
    return text;
}

// A claim that something never came holds by all that came until it was checked.
std::string looked_through(const ClaimChecked& checked, const Trace& trace) {
    std::size_t segments = 0;
    std::size_t datagrams = 0;
    std::size_t calls = 0;
    microseconds until(0);
    for (const Event& event : trace.events()) {
        const auto* now = std::get_if<ClaimChecked>(&event.fact);
        if (now != nullptr && now->claim == checked.claim) break;
        const auto* sent = std::get_if<SegmentSent>(&event.fact);
        if (sent != nullptr && sent->copy_of == 0) ++segments;
        if (std::holds_alternative<SegmentInjected>(event.fact)) ++segments;
        if (std::holds_alternative<DatagramSent>(event.fact)) ++datagrams;
        if (std::holds_alternative<CallEntered>(event.fact)) ++calls;
        until = since_first(event, trace);
    }
    const bool udp = segments == 0 && datagrams > 0;
    return say(udp ? Text::EvidenceNotOnceUdp : Text::EvidenceNotOnce, udp ? datagrams : segments,
               calls, offset_text(until));
}

}  // namespace

const std::string& claim_text(const ClaimChecked& checked) {
    const bool chinese = strings::language() == strings::Language::Chinese;
    return chinese && !checked.text_zh.empty() ? checked.text_zh : checked.text;
}

std::string evidence_text(const ClaimChecked& checked, const Trace& trace) {
    std::string text;
    const auto add = [&](std::string more) {
        if (!text.empty()) text += say(Text::SightSeparator);
        text += more;
    };
    // What the user did comes first: it is why, more likely than not.
    std::vector<Sighting> seen;
    std::size_t deeds = 0;
    for (const Sighting& one : checked.seen) {
        const std::string deed = by_hand_text(one, trace);
        if (deed.empty()) seen.push_back(one);
        if (!deed.empty() && ++deeds <= kMostSightings) add(deed);
    }
    if (deeds > kMostSightings) add(say(Text::SightMore, deeds - kMostSightings));
    if (!checked.found.empty()) add(found_text(checked.found));
    if (!checked.holds && !checked.expected.empty()) {
        add(say(Text::EvidenceExpected, escaped(checked.expected)));
    }
    if (!seen.empty()) add(sightings_text(seen, trace));
    if (!text.empty()) return text;
    return checked.holds ? looked_through(checked, trace) : say(Text::EvidenceNone);
}

std::string outcome_word(bool holds) {
    return say(holds ? Text::ClaimHolds : Text::ClaimDoesNotHold);
}

}  // namespace tcpstep::view
