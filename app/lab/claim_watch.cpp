#include "app/lab/claim_watch.hpp"

#include <chrono>
#include <utility>

#include "model/claim/by_hand.hpp"
#include "model/claim/check.hpp"
#include "model/qlog/event_name.hpp"

namespace tcpstep::lab {

namespace {

using namespace model;
using claim::Chronicle;

// Which segment, call or state a fact is about.
struct About {
    Sighting& sighting;

    void operator()(const SegmentSent& f) const { sighting.segment = f.segment.id; }
    void operator()(const SegmentInjected& f) const { sighting.segment = f.segment.id; }
    void operator()(const SegmentHeld& f) const { sighting.segment = f.id; }
    void operator()(const SegmentHeldBack& f) const { sighting.segment = f.id; }
    void operator()(const SegmentDelivered& f) const { sighting.segment = f.id; }
    void operator()(const SegmentDropped& f) const { sighting.segment = f.id; }
    void operator()(const SegmentDuplicated& f) const { sighting.segment = f.id; }
    void operator()(const CallEntered& f) const { sighting.call = f.id; }
    void operator()(const CallReturned& f) const { sighting.call = f.id; }
    void operator()(const DatagramSent& f) const { sighting.endpoint = name(f.from); }
    void operator()(const IcmpErrorSent& f) const { sighting.endpoint = name(f.from); }
    void operator()(const SocketSampled& f) const {
        sighting.endpoint = name(f.endpoint);
        sighting.state = name(f.state);
    }
    template <class Other>
    void operator()(const Other&) const {}
};

Sighting sighting(const Chronicle& chronicle, claim::EventIndex i) {
    const Event& event = chronicle.event(i);
    const Time start = chronicle.event(0).time;
    Sighting one;
    one.at_us = std::chrono::floor<std::chrono::microseconds>(event.time - start).count();
    one.event = qlog::event_name(event.fact);
    std::visit(About{one}, event.fact);
    return one;
}

ClaimChecked checked(const lesson::Claim& claim, const claim::Verdict& verdict,
                     const Chronicle& chronicle) {
    ClaimChecked fact;
    fact.claim = claim.id;
    fact.text = claim.text.en;
    fact.text_zh = claim.text.zh;
    fact.holds = verdict.outcome == claim::Outcome::Holds;
    fact.found = verdict.found;
    fact.expected = verdict.expected;
    for (const claim::EventIndex i : verdict.seen) fact.seen.push_back(sighting(chronicle, i));
    return fact;
}

}  // namespace

void ClaimWatch::look_for_resets(const Trace& trace) {
    for (std::size_t i = looked_at_; i < trace.events().size() && resets_ > 0; ++i) {
        const auto* injected = std::get_if<SegmentInjected>(&trace.events()[i].fact);
        if (injected == nullptr) continue;
        reset_.insert(injected->segment.id);
        --resets_;
    }
}

// In the order in which it was done. What was ordered too late has not happened.
std::vector<Sighting> ClaimWatch::by_hand(const Chronicle& chronicle) const {
    std::vector<Sighting> deeds;
    if (dropped_.empty() && duplicated_.empty() && reset_.empty()) return deeds;
    for (claim::EventIndex i = 0; i < chronicle.trace().events().size(); ++i) {
        const Fact& fact = chronicle.event(i).fact;
        std::string_view what;
        if (const auto* drop = std::get_if<SegmentDropped>(&fact)) {
            if (dropped_.contains(drop->id)) what = claim::kDroppedByHand;
        } else if (const auto* copy = std::get_if<SegmentDuplicated>(&fact)) {
            if (duplicated_.contains(copy->id)) what = claim::kDuplicatedByHand;
        } else if (const auto* injected = std::get_if<SegmentInjected>(&fact)) {
            if (reset_.contains(injected->segment.id)) what = claim::kResetByHand;
        }
        if (what.empty()) continue;
        deeds.push_back(sighting(chronicle, i));
        deeds.back().event = what;
    }
    return deeds;
}

std::vector<ClaimChecked> ClaimWatch::decided(const Trace& trace, bool finished) {
    look_for_resets(trace);
    const bool nothing_new = looked_at_ == trace.events().size();
    looked_at_ = trace.events().size();
    if (open_.empty() || (nothing_new && !finished)) return {};
    const Chronicle chronicle(trace);
    awaited_.clear();
    std::vector<ClaimChecked> facts;
    std::erase_if(open_, [&](const lesson::Claim& claim) {
        const claim::Verdict verdict = check(claim.predicate, claim.given, chronicle, finished);
        if (verdict.outcome == claim::Outcome::Open) {
            const auto ends = claim::awaited(claim.predicate, chronicle);
            awaited_.insert(awaited_.end(), ends.begin(), ends.end());
            return false;
        }
        facts.push_back(checked(claim, verdict, chronicle));
        if (facts.back().holds) return true;
        const std::vector<Sighting> deeds = by_hand(chronicle);
        facts.back().seen.insert(facts.back().seen.begin(), deeds.begin(), deeds.end());
        return true;
    });
    return facts;
}

}  // namespace tcpstep::lab
