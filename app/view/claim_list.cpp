#include "app/view/claim_list.hpp"

#include <algorithm>
#include <utility>

#include "app/view/claim_words.hpp"
#include "app/view/escape.hpp"
#include "app/view/say.hpp"

namespace tcpstep::view {

namespace {

using namespace model;

const ClaimChecked& checked_by(const Timeline& timeline, std::size_t event) {
    return std::get<ClaimChecked>(timeline.event(event).fact);
}

ClaimEntry open_entry(std::string id, std::string text) {
    ClaimEntry entry;
    entry.id = std::move(id);
    entry.text = std::move(text);
    return entry;
}

// What was done to a segment, by whoever steps; all else follows from it.
struct IsDeed {
    bool operator()(const SegmentDelivered&) const { return true; }
    bool operator()(const SegmentDropped&) const { return true; }
    bool operator()(const SegmentDuplicated&) const { return true; }
    bool operator()(const SegmentHeldBack&) const { return true; }
    bool operator()(const SegmentInjected&) const { return true; }
    template <class Other>
    bool operator()(const Other&) const {
        return false;
    }
};

// The event since which what is decided is news: the step that led to this position. Where the
// newest moment is looked at and segments are held, that is one key, however much came of it.
std::optional<std::size_t> news_since(const Timeline& timeline, const TimelineIndex& index,
                                      std::size_t position) {
    std::optional<std::size_t> step = index.last_step_before(position);
    if (position == timeline.size() && index.gated()) {
        for (std::size_t i = position; i-- > 0;)
            if (std::visit(IsDeed{}, timeline.event(i).fact)) return i;
    }
    // What the last event decided is told before the note that the lesson is over.
    const auto* note = step ? std::get_if<Marker>(&timeline.event(*step).fact) : nullptr;
    if (note != nullptr && note->type == "lesson_finished") step = index.last_step_before(*step);
    return step;
}

}  // namespace

std::vector<ClaimEntry> claim_list(const Timeline& timeline, const TimelineIndex& index,
                                   const std::vector<Claimed>& claimed, std::size_t position) {
    std::vector<ClaimEntry> list;
    for (const Claimed& claim : claimed) list.push_back(open_entry(claim.id, claim.text));
    const std::optional<std::size_t> step = news_since(timeline, index, position);
    for (const std::size_t event : index.claims()) {
        const ClaimChecked& checked = checked_by(timeline, event);
        auto entry = std::find_if(list.begin(), list.end(),
                                  [&](const ClaimEntry& one) { return one.id == checked.claim; });
        if (entry == list.end()) entry = list.insert(entry, open_entry(checked.claim, ""));
        if (entry->event) continue;  // decided once, for good
        entry->event = event;
        // The lesson may have been reworded since this was checked.
        if (!claim_text(checked).empty()) entry->text = escaped(claim_text(checked));
        if (event >= position) continue;
        using Outcome = ClaimEntry::Outcome;
        entry->outcome = checked.holds ? Outcome::Holds : Outcome::DoesNotHold;
        entry->evidence = evidence_text(checked, timeline.trace());
        entry->fresh = step && event > *step;
    }
    return list;
}

ClaimTally tally(const std::vector<ClaimEntry>& claims) {
    ClaimTally tally;
    tally.all = claims.size();
    for (const ClaimEntry& claim : claims) {
        if (claim.outcome == ClaimEntry::Outcome::Holds) ++tally.hold;
        if (claim.outcome == ClaimEntry::Outcome::DoesNotHold) ++tally.do_not_hold;
        if (claim.fresh) ++tally.fresh;
    }
    return tally;
}

std::string outcome_word(ClaimEntry::Outcome outcome) {
    switch (outcome) {
        case ClaimEntry::Outcome::Open:
            return say(Text::ClaimOpen);
        case ClaimEntry::Outcome::Holds:
            return outcome_word(true);
        case ClaimEntry::Outcome::DoesNotHold:
            return outcome_word(false);
    }
    return {};
}

std::optional<std::size_t> claim_event(const Timeline& timeline, const TimelineIndex& index,
                                       std::string_view id) {
    const auto& claims = index.claims();
    const auto found = std::find_if(claims.begin(), claims.end(), [&](std::size_t event) {
        return checked_by(timeline, event).claim == id;
    });
    return found == claims.end() ? std::nullopt : std::optional(*found);
}

SegmentId segment_of_claim(const ClaimChecked& checked) {
    const auto last = std::find_if(checked.seen.rbegin(), checked.seen.rend(),
                                   [](const Sighting& one) { return one.segment != 0; });
    return last == checked.seen.rend() ? 0 : last->segment;
}

std::optional<ConnectionIndex> connection_of(const Trace& trace, SegmentId segment) {
    for (const Event& event : trace.events()) {
        const auto* sent = std::get_if<SegmentSent>(&event.fact);
        const auto* injected = std::get_if<SegmentInjected>(&event.fact);
        if ((sent != nullptr && sent->segment.id == segment) ||
            (injected != nullptr && injected->segment.id == segment)) {
            return event.connection;
        }
    }
    return std::nullopt;
}

}  // namespace tcpstep::view
