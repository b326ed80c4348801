#include "app/session/claims.hpp"

#include <gtest/gtest.h>

#include "tests/app/session/held_run.hpp"

namespace tcpstep::session {
namespace {

using namespace model;
using Outcome = view::ClaimEntry::Outcome;
using testing::HeldRun;
using testing::kNow;
using testing::RunBuilder;

constexpr Role C = Role::Client;
constexpr Role S = Role::Server;

ClaimChecked holds(const std::string& id, SegmentId segment) {
    ClaimChecked fact;
    fact.claim = id;
    fact.text = id;
    if (id == "a") fact.text_zh = "甲";
    fact.holds = true;
    fact.seen = {{0, "tcp:segment_sent", segment, 0, "", ""}};
    return fact;
}

Setup with_claims(Setup setup) {
    setup.lessons.front().claims = {{"a", {"A.", "甲"}, {}}, {"b", {"B.", ""}, {}}};
    return setup;
}

/// A held run of a lesson that claims "a" and "b".
struct Claiming {
    std::shared_ptr<testing::Script> script = std::make_shared<testing::Script>();
    Session session{with_claims(testing::setup_with(script))};
    RunBuilder lab{true};

    Claiming() {
        session.open_lesson("four-way-close");
        lab.call(C, "connect").send(C, Flags::kSyn, 0, 0).held(1);
        hear();
    }
    void hear() {
        script->trace = lab.trace;
        script->settled = true;
        testing::arrive(session, *script, lab.trace.events().size());
    }
    // The SYN arrives, which decides "a"; the SYN-ACK is held, which decides "b".
    void go_on() {
        lab.delivered(1).fact(holds("a", 1));
        lab.send(S, Flags::kSyn | Flags::kAck, 0, 1).held(2).fact(holds("b", 2));
        hear();
    }
};

TEST(Claims, TurnWhileTheRunGoesOnAndAreOpenAgainInThePast) {
    Claiming run;
    EXPECT_EQ(claim_tally(run.session), (view::ClaimTally{2, 0, 0, 0}));
    run.go_on();
    EXPECT_TRUE(run.session.at_now());
    EXPECT_EQ(claim_tally(run.session), (view::ClaimTally{2, 2, 0, 2}));
    run.session.apply(StepBack{}, kNow);
    EXPECT_EQ(claims_of(run.session)[0].outcome, Outcome::Holds);
    EXPECT_EQ(claims_of(run.session)[1].outcome, Outcome::Open);
    run.session.apply(StepBack{}, kNow);
    EXPECT_EQ(claim_tally(run.session), (view::ClaimTally{2, 0, 0, 0}));
    run.session.apply(GoEnd{}, kNow);
    EXPECT_EQ(claim_tally(run.session).hold, 2U);
    EXPECT_FALSE(claims_unchecked(run.session));
}

TEST(Claims, ShowingOneGoesToWhereItWasDecidedAndSelectsItsSegment) {
    Claiming run;
    run.go_on();
    run.session.apply(ShowClaim{"a"}, kNow);
    EXPECT_EQ(run.session.selected_segment(), 1U);
    EXPECT_TRUE(run.session.looking_at_past());
    EXPECT_EQ(claim_tally(run.session), (view::ClaimTally{2, 1, 0, 1})) << "and no later";
    run.session.apply(ShowClaim{"b"}, kNow);
    EXPECT_EQ(run.session.selected_segment(), 2U);
    EXPECT_TRUE(run.session.at_now());
    EXPECT_TRUE(run.script->commands.empty()) << "the lab is not touched";
    const std::size_t before = run.session.position();
    run.session.apply(ShowClaim{"c"}, kNow);
    EXPECT_EQ(run.session.position(), before);
    EXPECT_EQ(run.session.selected_segment(), 2U);
}

TEST(Claims, ShowingOneOfAnotherConnectionGoesThere) {
    Claiming run;
    ConnectionId other = run.lab.trace.connections().at(0);
    other.client.port = 50000;
    Segment syn;
    syn.id = 50;
    syn.flags = Flags(Flags::kSyn);
    const ConnectionIndex second = run.lab.trace.intern(other);
    run.lab.trace.append({run.lab.now(), second, SegmentSent{syn, 0}});
    run.lab.fact(holds("b", 50));
    run.hear();
    EXPECT_EQ(run.session.timeline().connection(), ConnectionIndex{0});
    run.session.apply(ShowClaim{"b"}, kNow);
    EXPECT_EQ(run.session.timeline().connection(), second);
    EXPECT_EQ(run.session.selected_segment(), 50U);
    EXPECT_EQ(claim_tally(run.session).hold, 1U);
}

// Each frame asks for them: as long as nothing has changed they are the same, not only equal.
TEST(Claims, AreMadeOnceForEachThingThatIsLookedAt) {
    Claiming run;
    run.go_on();
    const view::ClaimEntry* made = claims_of(run.session).data();
    EXPECT_EQ(claims_of(run.session).data(), made);
    EXPECT_EQ(claim_tally(run.session).hold, 2U);
    run.session.apply(ToggleTheme{}, kNow);
    run.session.apply(ToggleClaims{}, kNow);
    run.session.poll();
    EXPECT_EQ(claims_of(run.session).data(), made);
    run.session.apply(StepBack{}, kNow);
    EXPECT_EQ(claims_of(run.session)[1].outcome, Outcome::Open);
    run.session.apply(GoEnd{}, kNow);
    EXPECT_EQ(claims_of(run.session)[1].outcome, Outcome::Holds);
    EXPECT_EQ(claims_of(run.session)[0].text, "a");
    run.session.apply(ToggleLanguage{}, kNow);
    EXPECT_EQ(claims_of(run.session)[0].text, "甲");
    run.session.apply(ToggleLanguage{}, kNow);
}

TEST(Claims, OfARecordingAreTheLessonsIfItIsKnown) {
    Claiming run;
    run.go_on();
    Session known(with_claims(testing::setup_with(run.script)));
    known.open_recording(run.lab.trace, "run.qlog");
    ASSERT_EQ(claims_of(known).size(), 2U);
    EXPECT_EQ(claims_of(known)[0].outcome, Outcome::Open);
    known.apply(GoEnd{}, kNow);
    EXPECT_EQ(claim_tally(known).hold, 2U);
    Session unknown;
    unknown.open_recording(run.lab.trace, "run.qlog");
    unknown.apply(GoEnd{}, kNow);
    EXPECT_EQ(claim_tally(unknown), (view::ClaimTally{2, 2, 0, 2}));
}

TEST(Claims, TheirPanelOpensWhereSomethingIsClaimed) {
    Claiming run;
    run.session.apply(ToggleClaims{}, kNow);
    EXPECT_TRUE(run.session.look().claims);
    EXPECT_FALSE(run.session.toast());
    run.session.apply(ToggleClaims{}, kNow);
    EXPECT_FALSE(run.session.look().claims);
    Session empty;
    empty.apply(ToggleClaims{}, kNow);
    EXPECT_FALSE(empty.look().claims);
    EXPECT_TRUE(empty.toast());
}

TEST(Claims, AreNotCheckedInAFreeRunOfAHeldLesson) {
    const auto script = testing::scripted(testing::whole_run());
    Session session(with_claims(testing::setup_with(script)));
    session.open_lesson("four-way-close");
    EXPECT_FALSE(claims_unchecked(session)) << "nothing is known yet";
    testing::arrive(session, *script, 10);
    EXPECT_TRUE(claims_unchecked(session));
    script->status = Source::Status::Finished;
    session.poll();
    EXPECT_TRUE(claims_unchecked(session));
}

}  // namespace
}  // namespace tcpstep::session
