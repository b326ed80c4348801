#include "app/view/claim_list.hpp"

#include <gtest/gtest.h>

#include "tests/app/strings/in_chinese.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::view {
namespace {

using namespace model;
using Outcome = ClaimEntry::Outcome;

constexpr Role C = Role::Client;
constexpr Role S = Role::Server;

ClaimChecked checked(const std::string& id, bool holds, SegmentId segment) {
    ClaimChecked fact;
    fact.claim = id;
    fact.text = "What " + id + " says.";
    fact.text_zh = id + " 所说";
    fact.holds = holds;
    fact.found = "1";
    fact.expected = "2";
    fact.seen = {{10, "tcp:segment_sent", segment, 0, "", ""}};
    return fact;
}

/// "first" is decided by the SYN, "third" and "second" by its delivery, "fourth" never.
struct Claims {
    Claims() : trace(make()), timeline(trace, 0) { index.catch_up(timeline); }
    static Trace make() {
        RunBuilder run(true);
        run.call(C, "connect").send(C, Flags::kSyn, 0, 0);
        run.fact(checked("first", true, 1)).held(1).delivered(1);
        run.fact(checked("third", false, 1)).fact(checked("second", true, 0));
        run.sample(S, State::SynRcvd).fact(Marker{"note", "later"});
        return run.trace;
    }
    std::vector<ClaimEntry> at(std::size_t position) const {
        return claim_list(timeline, index, claimed, position);
    }
    static std::vector<Outcome> outcomes(const std::vector<ClaimEntry>& list) {
        std::vector<Outcome> all;
        for (const ClaimEntry& claim : list) all.push_back(claim.outcome);
        return all;
    }
    using RunBuilder = testing::RunBuilder;
    std::vector<Claimed> claimed = {
        {"first", "One."}, {"second", "Two."}, {"third", "Three."}, {"fourth", "Four."}};
    Trace trace;
    Timeline timeline;
    TimelineIndex index;
};

// Positions: 1 scenario, 2 connect, 3 SYN, 4 first, 5 held, 6 delivered, 7 third, 8 second.
constexpr std::size_t kFirst = 3;
constexpr std::size_t kThird = 6;

TEST(ClaimList, WhatTheLastEventDecidedIsStillNewsWhenTheLessonIsOver) {
    testing::RunBuilder run(true);
    run.call(C, "connect").send(C, Flags::kSyn, 0, 0).held(1);
    run.fact(checked("first", true, 1)).delivered(1).fact(checked("second", true, 1));
    run.fact(Marker{"lesson_finished", "The lesson is over."});
    const Timeline timeline(run.trace, 0);
    TimelineIndex index;
    index.catch_up(timeline);
    const auto list =
        claim_list(timeline, index, {{"first", "One."}, {"second", "Two."}}, timeline.size());
    EXPECT_FALSE(list[0].fresh);
    EXPECT_TRUE(list[1].fresh);
}

TEST(ClaimList, WhatOneDeliveryLedToIsNewsTogether) {
    testing::RunBuilder run(true);
    run.call(C, "connect").send(C, Flags::kSyn, 0, 0).held(1);
    run.fact(checked("first", true, 1)).delivered(1).fact(checked("second", true, 1));
    run.sample(S, State::SynRcvd).fact(Marker{"note", "more"}).fact(checked("third", true, 1));
    const Timeline timeline(run.trace, 0);
    TimelineIndex index;
    index.catch_up(timeline);
    const auto list =
        claim_list(timeline, index, {{"first", "One."}, {"second", "Two."}, {"third", "Three."}},
                   timeline.size());
    EXPECT_FALSE(list[0].fresh) << "decided before the delivery";
    EXPECT_TRUE(list[1].fresh);
    EXPECT_TRUE(list[2].fresh);
}

TEST(ClaimList, BeforeAnythingHappenedAllAreOpenInTheLessonsOrder) {
    const Claims claims;
    const auto list = claims.at(0);
    EXPECT_EQ(Claims::outcomes(list), std::vector<Outcome>(4, Outcome::Open));
    EXPECT_EQ(list[1].id, "second");
    EXPECT_EQ(list[3].text, "Four.");
    EXPECT_EQ(tally(list), (ClaimTally{4, 0, 0, 0}));
}

TEST(ClaimList, AClaimIsOpenUntilTheEventThatDecidedIt) {
    const Claims claims;
    const std::vector<Outcome> open(4, Outcome::Open);
    std::vector<Outcome> first = open;
    first[0] = Outcome::Holds;
    EXPECT_EQ(Claims::outcomes(claims.at(kFirst)), open);
    EXPECT_EQ(Claims::outcomes(claims.at(kFirst + 1)), first);
    EXPECT_EQ(Claims::outcomes(claims.at(kThird)), first);
    EXPECT_EQ(Claims::outcomes(claims.at(claims.timeline.size())),
              (std::vector{Outcome::Holds, Outcome::Holds, Outcome::DoesNotHold, Outcome::Open}));
    EXPECT_EQ(tally(claims.at(claims.timeline.size())), (ClaimTally{4, 2, 1, 2}));
}

TEST(ClaimList, EvidenceComesWithTheOutcomeAndTheEventIsKnownBefore) {
    const Claims claims;
    const ClaimEntry open = claims.at(kFirst)[0];
    EXPECT_EQ(open.evidence, "");
    EXPECT_EQ(open.event, kFirst);
    EXPECT_EQ(claims.at(kFirst + 1)[0].evidence, "1; the client's SYN was sent at +10 µs");
    EXPECT_EQ(claims.at(kThird + 1)[2].evidence,
              "1; expected 2; the client's SYN was sent at +10 µs");
    EXPECT_EQ(claims.at(kThird + 1)[3].event, std::nullopt);
}

TEST(ClaimList, FreshIsWhatTheLastStepDecided) {
    const Claims claims;
    EXPECT_TRUE(claims.at(kFirst + 1)[0].fresh);
    EXPECT_TRUE(claims.at(kFirst + 2)[0].fresh) << "the hold is no step";
    const auto later = claims.at(kThird + 2);
    EXPECT_FALSE(later[0].fresh);
    EXPECT_TRUE(later[1].fresh);
    EXPECT_TRUE(later[2].fresh);
    EXPECT_EQ(tally(later).fresh, 2U);
    EXPECT_EQ(tally(claims.at(claims.timeline.size() - 1)).fresh, 0U)
        << "looking back: the last step";
    EXPECT_EQ(tally(claims.at(claims.timeline.size())).fresh, 2U)
        << "at the newest moment all that the last delivery led to";
}

TEST(ClaimList, OfALessonThatIsNotKnownTheTraceTellsThem) {
    Claims claims;
    claims.claimed.clear();
    const auto list = claims.at(kFirst + 1);
    ASSERT_EQ(list.size(), 3U);
    EXPECT_EQ(list[1].id, "third") << "in the order in which they were decided";
    EXPECT_EQ(list[1].text, "What third says.");
    EXPECT_EQ(Claims::outcomes(list), (std::vector{Outcome::Holds, Outcome::Open, Outcome::Open}));
}

TEST(ClaimList, SpeaksTheProgramsLanguage) {
    const testing::InChinese chinese;
    const Claims claims;
    EXPECT_EQ(claims.at(kFirst + 1)[0].text, "first 所说");
    EXPECT_EQ(outcome_word(Outcome::Holds), "成立");
    EXPECT_EQ(outcome_word(Outcome::Open), "待定");
}

TEST(ClaimList, TextFromATraceIsMadeHarmless) {
    Claims claims;
    ClaimChecked foreign = checked("x", true, 0);
    foreign.text = "a\x1b[31m";
    claims.trace.append({claims.trace.events().back().time, std::nullopt, foreign});
    claims.timeline.catch_up();
    claims.index.catch_up(claims.timeline);
    EXPECT_EQ(claims.at(claims.timeline.size()).back().text.find('\x1b'), std::string::npos);
}

TEST(ClaimList, TheSegmentToLookAtIsTheLastOfTheEvidence) {
    ClaimChecked fact = checked("x", true, 3);
    fact.seen.push_back({20, "sys:call_returned", 0, 4, "", ""});
    EXPECT_EQ(segment_of_claim(fact), 3U);
    fact.seen.clear();
    EXPECT_EQ(segment_of_claim(fact), 0U);
    const Claims claims;
    EXPECT_EQ(connection_of(claims.trace, 1), ConnectionIndex{0});
    EXPECT_EQ(connection_of(claims.trace, 9), std::nullopt);
    EXPECT_EQ(claim_event(claims.timeline, claims.index, "third"), kThird);
    EXPECT_EQ(claim_event(claims.timeline, claims.index, "fourth"), std::nullopt);
}

}  // namespace
}  // namespace tcpstep::view
