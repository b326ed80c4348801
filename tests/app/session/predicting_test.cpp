// Predict mode in a held run: what is asked when, what answers do, and what then counts.
#include "app/session/predicting.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/app/session/held_run.hpp"

namespace tcpstep::session {
namespace {

using namespace model;
using namespace std::chrono_literals;
using testing::HeldRun;
using testing::kNow;
using testing::Orders;

constexpr Role C = Role::Client;
constexpr Role S = Role::Server;

/// A held run with predict mode on whose first question, about the SYN, is what the test wants.
class PredictedRun : public HeldRun {
  public:
    explicit PredictedRun(Asked wanted = Asked::CallReturns) {
        for (std::uint64_t seed = 0; seed < 64; ++seed) {
            Setup setup = testing::setup_with(script);
            setup.seed = seed;
            setup.run_grown = [this](const Trace& trace) { saved = trace.events().size(); };
            session = Session(std::move(setup));
            session.open_lesson("four-way-close");
            hear();
            press(TogglePredict{});
            if (open() != nullptr && open()->question.asked == wanted) return;
        }
        ADD_FAILURE() << "never asked";
    }

    const Predicting::Asking* open() const { return session.predicting().open(); }
    std::size_t choice(const std::string& wanted) const {
        const auto& choices = open()->question.choices;
        return static_cast<std::size_t>(std::find(choices.begin(), choices.end(), wanted) -
                                        choices.begin());
    }
    // The SYN arrives, and its answer is held.
    void arrives(bool settled = true) {
        lab.delivered(1).sample(S, State::SynRcvd);
        hold(S, Flags::kSyn | Flags::kAck, 0, 1);
        hear(settled);
    }
    std::size_t saved = 0;  // events that whoever saves runs was told of
    std::size_t predictions() const {
        const auto& events = session.trace().events();
        return static_cast<std::size_t>(
            std::count_if(events.begin(), events.end(), [](const Event& event) {
                return std::holds_alternative<PredictionChecked>(event.fact);
            }));
    }
};

TEST(Predict, AsksAnewWhatSomethingElseMayHaveChanged) {
    PredictedRun run;
    Predicting predicting(0);
    const auto look = [&] { predicting.look(run.session.trace(), 0, run.session.held()->segment); };
    predicting.turn(true);
    look();
    ASSERT_NE(predicting.open(), nullptr);
    predicting.ask_anew();
    EXPECT_EQ(predicting.open(), nullptr);
    look();
    ASSERT_NE(predicting.open(), nullptr);
    predicting.answer(0);
    predicting.ask_anew();
    EXPECT_TRUE(predicting.awaiting()) << "what was answered counts";
}

TEST(Predict, IsOffUntilItIsTurnedOn) {
    HeldRun run;
    EXPECT_FALSE(run.session.predicting().on());
    EXPECT_EQ(run.session.predicting().open(), nullptr);
    run.press(TogglePredict{});
    ASSERT_NE(run.session.predicting().open(), nullptr);
    EXPECT_EQ(run.session.predicting().open()->question.segment, 1U);
    run.press(TogglePredict{});
    EXPECT_EQ(run.session.predicting().open(), nullptr);
}

TEST(Predict, AnAnswerDeliversAndIsChecked) {
    PredictedRun run;
    run.press(AnswerQuestion{run.choice("none")});
    EXPECT_EQ(run.told(), Orders{lab::Deliver{1}});
    EXPECT_TRUE(run.session.predicting().awaiting());
    run.arrives(false);
    EXPECT_TRUE(run.session.predicting().awaiting()) << "not settled: a call may still return";
    run.hear();
    EXPECT_FALSE(run.session.predicting().awaiting());
    ASSERT_TRUE(run.session.predicting().verdict());
    EXPECT_TRUE(run.session.predicting().verdict()->right());
    EXPECT_EQ(run.session.score(), (Score{1, 1}));
    const auto* checked = std::get_if<PredictionChecked>(&run.session.trace().events().back().fact);
    ASSERT_NE(checked, nullptr);
    EXPECT_EQ(checked->segment, 1U);
    EXPECT_EQ(checked->endpoint, S);
    EXPECT_EQ(checked->answer, "none");
    EXPECT_TRUE(run.session.at_now()) << "what was checked is no step away from now";
    // The next one is asked about at once.
    ASSERT_NE(run.open(), nullptr);
    EXPECT_EQ(run.open()->question.segment, 2U);
}

TEST(Predict, AWrongAnswerCountsAsAsked) {
    PredictedRun run;
    run.press(AnswerQuestion{run.choice("client connect")});
    run.arrives();
    ASSERT_TRUE(run.session.predicting().verdict());
    EXPECT_FALSE(run.session.predicting().verdict()->right());
    EXPECT_EQ(run.session.predicting().verdict()->outcome.actual, "none");
    EXPECT_EQ(run.session.score(), (Score{0, 1}));
}

TEST(Predict, TheDigitsAnswerAndSeekOtherwise) {
    PredictedRun run;
    run.press(SeekTenth{9});
    run.press(SeekTenth{0});
    EXPECT_TRUE(run.session.at_now()) << "no choice has these numbers, and nobody is led away";
    run.press(SeekTenth{static_cast<unsigned>(run.choice("none")) + 1});
    EXPECT_EQ(run.told(), Orders{lab::Deliver{1}});
    run.press(SeekTenth{1});
    EXPECT_TRUE(run.session.at_now()) << "pressed twice in haste";
    run.press(TogglePredict{});
    run.press(SeekTenth{1});
    EXPECT_FALSE(run.session.at_now());
}

TEST(Predict, ADigitAfterTheLastAnswerLeadsNobodyAway) {
    PredictedRun run;
    run.press(AnswerQuestion{run.choice("none")});
    run.lab.delivered(1).sample(S, State::SynRcvd);
    run.script->status = Source::Status::Finished;
    run.hear();
    ASSERT_FALSE(run.session.running());
    const auto end = run.session.position();
    run.press(SeekTenth{1});
    EXPECT_EQ(run.session.position(), end);
    run.press(StepBack{});
    run.press(SeekTenth{9});
    run.press(SeekTenth{0});
    EXPECT_LT(run.session.position(), end) << "who looks back may seek";
}

TEST(Predict, APresentersKeySkipsTheQuestion) {
    for (const Command& key : {Command(StepForward{}), Command(DeliverHeld{})}) {
        PredictedRun run;
        run.press(key);
        EXPECT_EQ(run.told(), Orders{lab::Deliver{1}});
        EXPECT_EQ(run.open(), nullptr);
        EXPECT_FALSE(run.session.predicting().awaiting());
        run.arrives();
        EXPECT_FALSE(run.session.predicting().verdict());
        EXPECT_EQ(run.session.score(), Score{});
        EXPECT_EQ(run.predictions(), 0U);
        EXPECT_NE(run.open(), nullptr) << "the next one is asked about";
    }
}

TEST(Predict, WhateverElseIsDoneToTheSegmentTakesTheQuestionAway) {
    for (const Command& command :
         {Command(DropHeld{}), Command(DuplicateHeld{}), Command(HoldBackHeld{}),
          Command(ResetHeld{}), Command(TogglePlay{})}) {
        PredictedRun run;
        run.press(command);
        EXPECT_EQ(run.open(), nullptr) << command.index();
        EXPECT_EQ(run.told().size(), 1U) << command.index();
    }
}

TEST(Predict, InThePastNothingIsAnswered) {
    PredictedRun run;
    run.press(StepBack{});
    run.press(AnswerQuestion{0});
    EXPECT_EQ(run.told(), Orders{});
    EXPECT_NE(run.toast(), "");
    run.press(GoEnd{});
    EXPECT_NE(run.open(), nullptr) << "it is still open";
    run.press(ToggleHelp{});
    run.press(AnswerQuestion{0});
    EXPECT_EQ(run.told(), Orders{}) << "nor under the help";
}

TEST(Predict, AChoiceThatThereIsNotIsNoAnswer) {
    PredictedRun run;
    run.press(AnswerQuestion{4});
    EXPECT_EQ(run.told(), Orders{});
    EXPECT_NE(run.open(), nullptr);
}

TEST(Predict, WhatTheKernelDoesNotConfirmIsWithdrawn) {
    PredictedRun run(Asked::AckNumber);
    run.press(AnswerQuestion{0});
    run.lab.delivered(1);
    run.hear();
    EXPECT_TRUE(run.session.predicting().awaiting()) << "the answer may be delayed";
    run.session.tick(kNow);
    const auto when = run.session.next_tick();
    ASSERT_TRUE(when);
    run.session.tick(*when - 1ms);
    EXPECT_TRUE(run.session.predicting().awaiting());
    run.session.tick(kNow + 1s);
    ASSERT_TRUE(run.session.predicting().verdict());
    EXPECT_EQ(run.session.predicting().verdict()->outcome.kind, Outcome::Kind::Withdrawn);
    EXPECT_EQ(run.session.score(), Score{});
    EXPECT_EQ(run.predictions(), 0U);
}

TEST(Predict, ADelayedAcknowledgmentIsWaitedFor) {
    PredictedRun run(Asked::AckNumber);
    run.press(AnswerQuestion{0});
    run.lab.delivered(1);
    run.hear();
    run.session.tick(kNow);
    run.hold(S, Flags::kSyn | Flags::kAck, 0, 1);
    run.hear();
    EXPECT_EQ(run.session.score().asked, 1U);
}

TEST(Predict, TheLastAnswerIsCheckedWhenTheRunIsOver) {
    PredictedRun run;
    run.press(AnswerQuestion{run.choice("none")});
    run.lab.delivered(1).sample(S, State::SynRcvd);
    run.script->status = Source::Status::Finished;
    run.hear();
    EXPECT_EQ(run.session.score(), (Score{1, 1}));
    EXPECT_FALSE(run.session.predicting().awaiting());
    EXPECT_EQ(run.saved, run.session.trace().events().size()) << "it is saved with the run";
}

TEST(Predict, AnotherRunBeginsWithNothingAndStaysOn) {
    PredictedRun run;
    run.press(AnswerQuestion{0});
    run.arrives();
    ASSERT_EQ(run.session.score().asked, 1U);
    run.press(PickLesson{"four-way-close"});
    EXPECT_EQ(run.session.score(), Score{});
    EXPECT_TRUE(run.session.predicting().on());
    EXPECT_FALSE(run.session.predicting().verdict());
}

TEST(Predict, ARecordingHasItsScore) {
    PredictedRun run;
    run.press(AnswerQuestion{run.choice("none")});
    run.arrives();
    Session session;
    session.open_recording(run.session.trace(), "t.qlog");
    EXPECT_EQ(session.score(), (Score{1, 1}));
    session.open_recording(Trace(), "other.qlog");
    EXPECT_EQ(session.score(), Score{});
}

}  // namespace
}  // namespace tcpstep::session
