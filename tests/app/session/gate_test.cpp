// What the user does at the gate of a held run: every command, and when it does nothing.
#include <gtest/gtest.h>

#include "tests/app/session/held_run.hpp"

namespace tcpstep::session {
namespace {

using namespace model;
using namespace std::chrono_literals;
using lab::GateCommand;
using testing::HeldRun;
using testing::kNow;
using testing::Orders;
using testing::RunBuilder;
using testing::Script;
using Toward = ResetHeld::Toward;

constexpr Role C = Role::Client;
constexpr Role S = Role::Server;

TEST(AtTheGate, EachCommandNamesTheHeldSegment) {
    struct Case {
        Command wish;
        GateCommand order;
    };
    for (const Case& c :
         {Case{DeliverHeld{}, lab::Deliver{1}}, Case{StepForward{}, lab::Deliver{1}},
          Case{DropHeld{}, lab::Drop{1}}, Case{DuplicateHeld{}, lab::Duplicate{1}},
          Case{HoldBackHeld{}, lab::HoldBack{1}},
          Case{ResetHeld{Toward::Receiver}, lab::InjectReset{0, S}},
          Case{ResetHeld{Toward::Sender}, lab::InjectReset{0, C}}}) {
        HeldRun run;
        ASSERT_EQ(run.session.at_gate(), AtGate::Holding);
        run.press(c.wish);
        EXPECT_EQ(run.told(), Orders{c.order}) << c.wish.index();
    }
}

TEST(AtTheGate, PressedTwiceItIsDoneOnce) {
    HeldRun run;
    run.press(StepForward{});
    run.press(StepForward{});
    run.press(DropHeld{});
    EXPECT_EQ(run.told(), Orders{lab::Deliver{1}});
    // Something else happened meanwhile: not the answer.
    run.lab.sample(C, State::SynSent, 1);
    run.hear(false);
    run.press(StepForward{});
    EXPECT_EQ(run.told(), Orders{});
    run.lab.delivered(1);
    run.hold(S, Flags::kSyn | Flags::kAck, 0, 1);
    run.hear(false);
    run.press(StepForward{});
    EXPECT_EQ(run.told(), Orders{lab::Deliver{2}});
}

TEST(AtTheGate, OfTwoHeldSegmentsASecondPressDoesNotTakeTheOther) {
    HeldRun run;
    run.hold(C, Flags::kAck, 1, 1);
    run.hear();
    run.press(DeliverHeld{});
    run.press(DeliverHeld{});
    EXPECT_EQ(run.told(), Orders{lab::Deliver{1}});
    // Not even when another one arrived meanwhile: that is no answer.
    run.slow(S, Flags::kAck, 1, 1);
    run.lab.delivered(run.last);
    run.hear(false);
    run.press(DeliverHeld{});
    EXPECT_EQ(run.told(), Orders{});
}

TEST(AtTheGate, AnOrderThatComesToNothingIsOverWhenTheRunSettles) {
    HeldRun run;
    run.press(HoldBackHeld{});
    run.press(HoldBackHeld{});
    EXPECT_EQ(run.told(), Orders{lab::HoldBack{1}});
    run.hear(true);
    run.press(HoldBackHeld{});
    EXPECT_EQ(run.told(), Orders{lab::HoldBack{1}});
}

TEST(AtTheGate, EachAnswerAllowsTheNextOrder) {
    struct Case {
        Command wish;
        Fact answer;
    };
    Segment reset;
    reset.id = 9;
    for (const Case& c :
         {Case{DuplicateHeld{}, SegmentDuplicated{1, 7}},
          Case{HoldBackHeld{}, SegmentHeldBack{1, 0}}, Case{ResetHeld{}, SegmentInjected{reset}},
          Case{ResetHeld{}, Marker{"note", "no RST would be accepted"}}}) {
        HeldRun run;
        run.press(c.wish);
        run.told();
        run.press(c.wish);
        EXPECT_EQ(run.told(), Orders{}) << c.wish.index();
        run.lab.fact(c.answer, true);
        run.hear(false);
        run.press(c.wish);
        EXPECT_EQ(run.told().size(), 1U) << c.wish.index();
    }
}

TEST(AtTheGate, AKeyHeldDownWalksOnButDeliversNothing) {
    HeldRun run;
    run.press(StepBack{});
    run.press(StepForward{true});
    EXPECT_TRUE(run.session.at_now());
    run.press(StepForward{true});
    EXPECT_EQ(run.told(), Orders{});
}

TEST(AtTheGate, ThePastIsNotTouchedAndSaysSo) {
    for (const Command& wish :
         {Command(DeliverHeld{}), Command(DropHeld{}), Command(DuplicateHeld{}),
          Command(HoldBackHeld{}), Command(ResetHeld{}), Command(ResetHeld{Toward::Sender})}) {
        HeldRun run;
        for (const Command& back : {Command(StepBack{}), Command(GoHome{}), Command(Seek{2})}) {
            run.press(back);
            EXPECT_EQ(run.session.at_gate(), AtGate::Past);
            EXPECT_TRUE(run.session.looking_at_past());
        }
        run.press(wish);
        EXPECT_EQ(run.told(), Orders{}) << wish.index();
        EXPECT_EQ(run.toast(), "the past cannot be changed – End returns to now");
        // What is held is known all the same.
        ASSERT_TRUE(run.session.held().has_value());
        EXPECT_EQ(run.session.held()->segment.id, 1U);
    }
}

TEST(AtTheGate, SteppingBackToNowIsAtNowAgain) {
    HeldRun run;
    run.press(GoHome{});
    for (int i = 0; i < 50 && !run.session.at_now(); ++i) run.press(StepForward{});
    EXPECT_EQ(run.told(), Orders{});
    run.lab.sample(C, State::SynSent, 1, "retransmit", 900);
    run.hear();
    EXPECT_TRUE(run.session.at_now()) << "whoever has come to now follows";
    run.press(StepForward{});
    EXPECT_EQ(run.told(), Orders{lab::Deliver{1}});
}

TEST(AtTheGate, PlayingFromThePastEndsAtNow) {
    HeldRun run;
    run.press(GoHome{});
    run.press(TogglePlay{});
    ASSERT_TRUE(run.session.playback().playing());
    run.session.tick(kNow + 60s);
    EXPECT_TRUE(run.session.at_now());
    EXPECT_FALSE(run.session.playback().playing());
    EXPECT_TRUE(run.session.playback().following());
    EXPECT_EQ(run.told(), Orders{});
    EXPECT_FALSE(run.session.next_tick().has_value() && run.toast().empty());
}

TEST(AtTheGate, WhereNothingIsHeldItSaysSo) {
    HeldRun run;
    run.press(DeliverHeld{});
    run.told();
    run.lab.delivered(1);
    run.hear(false);
    EXPECT_EQ(run.session.at_gate(), AtGate::Empty);
    run.press(DeliverHeld{});  // the answer may come at any moment: no word yet
    EXPECT_EQ(run.toast(), "");
    run.hear(true);
    run.press(DeliverHeld{});
    EXPECT_EQ(run.toast(), "nothing is held now");
    EXPECT_EQ(run.told(), Orders{});
}

TEST(AtTheGate, UnderTheHelpNothingTouchesTheLab) {
    HeldRun run;
    run.press(ToggleHelp{});
    for (const Command& wish : {Command(StepForward{}), Command(DropHeld{}), Command(TogglePlay{}),
                                Command(ResetHeld{})}) {
        run.press(wish);
    }
    EXPECT_EQ(run.told(), Orders{});
}

TEST(AtTheGate, AfterTheLabDiedItSaysSo) {
    HeldRun run;
    const std::size_t size = run.session.timeline().size();
    run.script->status = Source::Status::Failed;
    run.script->error = {ErrorKind::DoesNotHold, "the lab was killed by signal 9", "", 0};
    run.session.poll();
    EXPECT_EQ(run.session.at_gate(), AtGate::Over);
    EXPECT_EQ(run.session.timeline().size(), size);
    EXPECT_EQ(run.session.notice(), "the lab was killed by signal 9");
    for (const Command& wish :
         {Command(DeliverHeld{}), Command(DropHeld{}), Command(ResetHeld{})}) {
        run.press(wish);
        EXPECT_EQ(run.toast(), "the lab is over: what it held will never arrive");
    }
    run.press(StepForward{});
    run.press(TogglePlay{});
    EXPECT_EQ(run.told(), Orders{});
    run.press(GoHome{});
    EXPECT_FALSE(run.session.looking_at_past());
}

TEST(AtTheGate, WhatIsInSlowMotionGoesOnByItselfUnlessToldOtherwise) {
    HeldRun run;
    run.lab.delivered(1);
    run.slow(S, Flags::kSyn | Flags::kAck, 0, 1);
    run.hear();
    run.press(StepForward{});
    EXPECT_EQ(run.told(), Orders{});
    run.press(DropHeld{});
    EXPECT_EQ(run.told(), Orders{lab::Drop{2}});
}

TEST(AtTheGate, WhatWaitsForTheUserComesBeforeWhatIsInSlowMotion) {
    HeldRun run;
    run.lab.delivered(1);
    run.slow(S, Flags::kSyn | Flags::kAck, 0, 1);
    run.hold(C, Flags::kAck, 1, 1);
    run.hear();
    run.press(StepForward{});
    EXPECT_EQ(run.told(), Orders{lab::Deliver{3}});
}

TEST(Script, SpaceAtNowLetsTheLessonStepAndSpaceAgainDoesNot) {
    HeldRun run;
    run.press(TogglePlay{});
    EXPECT_EQ(run.told(), Orders(1, lab::SetAutomatic{true, 500ms}));
    EXPECT_TRUE(run.session.automatic());
    EXPECT_FALSE(run.session.playback().playing());
    run.press(SpeedUp{});
    EXPECT_EQ(run.told(), Orders(1, lab::SetAutomatic{true, 250ms}));
    run.press(SpeedDown{});
    EXPECT_EQ(run.told(), Orders(1, lab::SetAutomatic{true, 500ms}));
    run.press(TogglePlay{});
    EXPECT_FALSE(run.session.automatic());
    EXPECT_EQ(std::get<lab::SetAutomatic>(run.told().at(0)).on, false);
    run.press(SpeedUp{});
    EXPECT_EQ(run.told(), Orders{});
}

TEST(Script, StepsOnWhileOneLooksBackAndEndsWithSpaceFromThere) {
    HeldRun run;
    run.press(TogglePlay{});
    run.told();
    run.press(GoHome{});
    EXPECT_EQ(run.told(), Orders{});
    run.press(TogglePlay{});
    EXPECT_EQ(std::get<lab::SetAutomatic>(run.told().at(0)).on, false);
    EXPECT_EQ(run.session.position(), 0U);
}

TEST(Script, EndsWhenOneStepsByHand) {
    HeldRun run;
    run.press(TogglePlay{});
    run.told();
    run.press(StepForward{});
    EXPECT_EQ(run.told(), (Orders{lab::SetAutomatic{false, 0ms}, lab::Deliver{1}}));
    EXPECT_FALSE(run.session.automatic());
}

TEST(Script, EndsWithItsRun) {
    HeldRun run;
    run.press(TogglePlay{});
    run.script->status = Source::Status::Finished;
    run.session.poll();
    EXPECT_FALSE(run.session.automatic());
    run.press(PickLesson{"four-way-close"});
    EXPECT_FALSE(run.session.automatic());
}

TEST(HoldPolicy, IsToldToTheRunAndKeptForTheNext) {
    HeldRun run;
    EXPECT_EQ(run.script->policy, lab::HoldPolicy{});
    run.press(ChooseHold{lab::Hold::Control});
    EXPECT_EQ(run.told(), Orders(1, lab::SetHold{{lab::Hold::Control, 0ms}}));
    EXPECT_EQ(run.toast(), "held from now on: only SYN, FIN and RST");
    run.press(ToggleSlowMotion{});
    EXPECT_EQ(run.told(), Orders(1, lab::SetHold{{lab::Hold::Control, 400ms}}));
    run.press(PickLesson{"four-way-close"});
    EXPECT_EQ(run.script->runs, 2);
    EXPECT_EQ(run.script->policy, (lab::HoldPolicy{lab::Hold::Control, 400ms}));
    run.press(ToggleSlowMotion{});
    EXPECT_EQ(run.session.hold_policy(), (lab::HoldPolicy{lab::Hold::Control, 0ms}));
}

TEST(HoldPolicy, CanBeChosenBeforeAnythingRuns) {
    const auto script = std::make_shared<Script>();
    Session session(testing::setup_with(script));
    session.apply(ChooseHold{lab::Hold::FromClient}, kNow);
    session.open_lesson("four-way-close");
    EXPECT_EQ(script->policy.what, lab::Hold::FromClient);
    EXPECT_TRUE(script->commands.empty());
}

TEST(HoldPolicy, ReachesARunThatIsOnlyStarting) {
    const auto script = std::make_shared<Script>();
    Session session(testing::setup_with(script));
    session.open_lesson("four-way-close");
    session.apply(ChooseHold{lab::Hold::None}, kNow);
    EXPECT_EQ(script->commands, Orders(1, lab::SetHold{{lab::Hold::None, 0ms}}));
}

TEST(FreeRun, TellsWhyNothingIsHeldAndIsSteppedInTheRecording) {
    const auto script = testing::scripted(testing::whole_run());
    script->free_reason =
        Error{ErrorKind::MachineForbids, "no nfnetlink_queue", "sudo modprobe nfnetlink_queue", 0};
    Session session(testing::setup_with(script));
    session.open_lesson("four-way-close");
    testing::arrive(session, *script, 100);
    ASSERT_TRUE(session.free_reason().has_value());
    EXPECT_EQ(session.at_gate(), AtGate::NoGate);
    EXPECT_EQ(session.position(), 0U);
    session.apply(StepForward{}, kNow);
    EXPECT_GT(session.position(), 0U);
    session.apply(GoEnd{}, kNow);
    for (const Command& wish : {Command(StepForward{}), Command(DeliverHeld{}), Command(DropHeld{}),
                                Command(TogglePlay{}), Command(ChooseHold{lab::Hold::None})}) {
        session.apply(wish, kNow);
    }
    EXPECT_TRUE(script->commands.empty());
    script->status = Source::Status::Finished;
    session.poll();
    EXPECT_TRUE(session.free_reason().has_value()) << "it is known of the run that is over too";
    session.open_recording(testing::whole_run(), "run.qlog");
    EXPECT_FALSE(session.free_reason().has_value());
}

}  // namespace
}  // namespace tcpstep::session
