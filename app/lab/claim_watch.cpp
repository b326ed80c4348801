#include "app/lab/claim_watch.hpp"

#include <chrono>
#include <utility>

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

ClaimChecked checked(const lesson::Claim& claim, const claim::Verdict& verdict,
                     const Chronicle& chronicle) {
    ClaimChecked fact;
    fact.claim = claim.id;
    fact.text = claim.text.en;
    fact.text_zh = claim.text.zh;
    fact.holds = verdict.outcome == claim::Outcome::Holds;
    fact.found = verdict.found;
    fact.expected = verdict.expected;
    const Time start = chronicle.event(0).time;
    for (const claim::EventIndex i : verdict.seen) {
        const Event& event = chronicle.event(i);
        Sighting one;
        one.at_us = std::chrono::floor<std::chrono::microseconds>(event.time - start).count();
        one.event = qlog::event_name(event.fact);
        std::visit(About{one}, event.fact);
        fact.seen.push_back(std::move(one));
    }
    return fact;
}

}  // namespace

std::vector<ClaimChecked> ClaimWatch::decided(const Trace& trace, bool finished) {
    const bool nothing_new = looked_at_ == trace.events().size();
    looked_at_ = trace.events().size();
    if (open_.empty() || (nothing_new && !finished)) return {};
    const Chronicle chronicle(trace);
    awaited_.clear();
    std::vector<ClaimChecked> facts;
    std::erase_if(open_, [&](const lesson::Claim& claim) {
        const claim::Verdict verdict = check(claim.predicate, chronicle, finished);
        if (verdict.outcome == claim::Outcome::Open) {
            const auto ends = claim::awaited(claim.predicate, chronicle);
            awaited_.insert(awaited_.end(), ends.begin(), ends.end());
            return false;
        }
        facts.push_back(checked(claim, verdict, chronicle));
        return true;
    });
    return facts;
}

}  // namespace tcpstep::lab
