#include "app/lesson/script_left.hpp"

#include <algorithm>
#include <map>

#include "app/lesson/in_both.hpp"
#include "model/claim/chronicle.hpp"
#include "model/claim/moment.hpp"

namespace tcpstep::lesson {

namespace {

using namespace model;
using claim::Chronicle;
using claim::EventIndex;
using claim::SegmentRecord;

// The first event before `end` that did so to that segment.
template <class Deed>
bool was_done(SegmentId id, EventIndex end, const Trace& trace) {
    const auto& events = trace.events();
    return std::any_of(events.begin(), events.begin() + static_cast<std::ptrdiff_t>(end),
                       [&](const Event& event) {
                           const auto* deed = std::get_if<Deed>(&event.fact);
                           return deed != nullptr && deed->id == id;
                       });
}

// One that was sent after it, the same way, has arrived before `end`.
bool overtaken(const SegmentRecord& one, EventIndex end, const Chronicle& chronicle) {
    const auto& all = chronicle.segments();
    return std::any_of(all.begin(), all.end(), [&](const SegmentRecord& other) {
        return !other.extra && other.sent > one.sent && other.delivered && *other.delivered < end &&
               other.segment->from == one.segment->from && other.connection == one.connection;
    });
}

// Where the segment went another way than the rule has it.
std::optional<EventIndex> broken_at(const WireRule& rule, const SegmentRecord& one,
                                    const Chronicle& chronicle) {
    switch (rule.action) {
        case WireAction::Drop:
            return one.delivered;
        case WireAction::Duplicate: {
            const auto gone = one.delivered ? one.delivered : one.dropped;
            const bool copied =
                gone && was_done<SegmentDuplicated>(one.segment->id, *gone, chronicle.trace());
            return copied ? std::nullopt : gone;
        }
        case WireAction::HoldBack: {
            const auto gone = one.delivered ? one.delivered : one.dropped;
            return gone && overtaken(one, *gone, chronicle) ? std::nullopt : gone;
        }
        case WireAction::Stay:
            return one.delivered ? one.delivered : one.dropped;
        case WireAction::Deliver:
        case WireAction::Reset:
        case WireAction::ResetBack:
            return std::nullopt;
    }
    return std::nullopt;
}

// Where the segment was lost or copied though its rule asks for no such thing.
std::optional<EventIndex> done_unasked(WireAction action, const SegmentRecord& one,
                                       const Trace& trace) {
    if (one.extra || action == WireAction::Reset || action == WireAction::ResetBack)
        return std::nullopt;
    if (one.dropped && action != WireAction::Drop) return one.dropped;
    if (action == WireAction::Duplicate) return std::nullopt;
    const auto& events = trace.events();
    const auto copied = std::find_if(events.begin(), events.end(), [&](const Event& event) {
        const auto* made = std::get_if<SegmentDuplicated>(&event.fact);
        return made != nullptr && made->id == one.segment->id;
    });
    if (copied == events.end()) return std::nullopt;
    return static_cast<EventIndex>(copied - events.begin());
}

// Where a run's end decides what was still open: that is no leaving of the script, but the end.
EventIndex decided_by_the_end(const Trace& trace) {
    const auto& events = trace.events();
    EventIndex at = events.size();
    if (at == 0 || !std::holds_alternative<Marker>(events[at - 1].fact)) return at;
    --at;
    while (at > 0 && std::holds_alternative<ClaimChecked>(events[at - 1].fact)) --at;
    return at;
}

// The script itself lets others go before what that rule describes.
bool may_wait(const WireRule* rule) {
    return rule != nullptr &&
           (!rule->after.empty() || rule->at_least.count() > 0 ||
            rule->action == WireAction::HoldBack || rule->action == WireAction::Stay);
}

bool resets(const Lesson& lesson) {
    return std::any_of(lesson.wire.begin(), lesson.wire.end(), [](const WireRule& rule) {
        return rule.action == WireAction::Reset || rule.action == WireAction::ResetBack;
    });
}

bool gated(const Trace& trace) {
    return std::any_of(trace.events().begin(), trace.events().end(), [](const Event& event) {
        const auto* scenario = std::get_if<Scenario>(&event.fact);
        return scenario != nullptr && scenario->gated;
    });
}

}  // namespace

std::optional<std::size_t> script_left(const Lesson& lesson, const Trace& trace) {
    std::optional<EventIndex> first;
    const auto left_at = [&](std::optional<EventIndex> at) {
        if (at && (!first || *at < *first)) first = at;
    };
    if (!gated(trace)) return std::nullopt;
    const bool reset_is_ours = resets(lesson);
    const Chronicle chronicle(trace);
    std::map<SegmentId, const WireRule*> ruled;  // the first rule that fits counts
    for (const WireRule& rule : lesson.wire) {
        for (const SegmentRecord* one : chosen(rule.segment, chronicle)) {
            if (!ruled.try_emplace(one->segment->id, &rule).second) continue;
            left_at(broken_at(rule, *one, chronicle));
        }
    }
    const auto rule_of = [&](SegmentId id) {
        const auto rule = ruled.find(id);
        return rule == ruled.end() ? nullptr : rule->second;
    };
    for (const SegmentRecord& one : chronicle.segments()) {
        const WireRule* rule = rule_of(one.segment->id);
        left_at(done_unasked(rule == nullptr ? WireAction::Deliver : rule->action, one, trace));
    }
    for (EventIndex i = 0; i < trace.events().size() && !first; ++i) {
        const Fact& fact = trace.events()[i].fact;
        const auto* back = std::get_if<SegmentHeldBack>(&fact);
        const bool reset = std::holds_alternative<SegmentInjected>(fact) && !reset_is_ours;
        if (reset || (back != nullptr && !may_wait(rule_of(back->id)))) left_at(i);
    }
    if (!first) return std::nullopt;
    return *first + 1;
}

std::optional<std::size_t> claim_refuted(const Trace& trace) {
    const EventIndex end = decided_by_the_end(trace);
    for (EventIndex i = 0; i < end; ++i) {
        const auto* checked = std::get_if<ClaimChecked>(&trace.events()[i].fact);
        if (checked != nullptr && !checked->holds) return i + 1;
    }
    return std::nullopt;
}

const Passage& left_passage() {
    static const Passage kLeft{in_both(strings::Text::StoryLeft), {}};
    return kLeft;
}

const Passage& refuted_passage() {
    static const Passage kRefuted{in_both(strings::Text::StoryRefuted), {}};
    return kRefuted;
}

Telling telling_of(const Lesson& lesson, const Trace& trace) {
    if (lesson.story.empty()) return {};
    Telling telling{passage_ends(lesson.story, trace), script_left(lesson, trace), nullptr};
    telling.then = &left_passage();
    const auto refuted = claim_refuted(trace);
    if (refuted && (!telling.left || *refuted < *telling.left)) {
        telling.left = refuted;
        telling.then = &refuted_passage();
    }
    return telling;
}

const Passage* told_at(const Lesson& lesson, const Telling& telling, std::size_t events) {
    if (lesson.story.empty()) return nullptr;
    if (telling.left && events >= *telling.left) return telling.then;
    return passage_at(lesson.story, telling.ends, events);
}

}  // namespace tcpstep::lesson
