#include "app/session/session.hpp"

#include <gtest/gtest.h>

#include "tests/app/session/scripted_source.hpp"
#include "tests/app/strings/in_chinese.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::session {
namespace {

using namespace std::chrono_literals;
using Status = Source::Status;
using testing::arrive;
using testing::Script;
using testing::scripted;
using testing::setup_with;

constexpr Moment kNow = Moment(1000s);

TEST(Session, WithNothingOpenEveryCommandIsHarmless) {
    Session session;
    for (const Command& command : {Command(StepForward{}),
                                   Command(StepBack{}),
                                   Command(TogglePlay{}),
                                   Command(GoHome{}),
                                   Command(GoEnd{}),
                                   Command(SeekTenth{5}),
                                   Command(Seek{7}),
                                   Command(SpeedUp{}),
                                   Command(SpeedDown{}),
                                   Command(ToggleHelp{}),
                                   Command(SelectSegment{3}),
                                   Command(Select{view::SelectedEvent{3}}),
                                   Command(SelectConnection{2}),
                                   Command(ZoomLadder{}),
                                   Command(FollowLadder{}),
                                   Command(ChooseTimeAxis{}),
                                   Command(PickLesson{"x"}),
                                   Command(DeliverHeld{}),
                                   Command(DropHeld{}),
                                   Command(DuplicateHeld{}),
                                   Command(HoldBackHeld{}),
                                   Command(ResetHeld{}),
                                   Command(ChooseHold{}),
                                   Command(ToggleSlowMotion{}),
                                   Command(Dismiss{})}) {
        session.apply(command, kNow);
        session.poll();
        session.tick(kNow);
    }
    EXPECT_EQ(session.position(), 0U);
    EXPECT_EQ(session.notice(), "There is no lesson “x”.");
    EXPECT_EQ(session.content(), Session::Content::Nothing);
}

TEST(Session, ARecordingBeginsAtItsBeginningAndRightWalksForward) {
    Session session;
    session.open_recording(testing::whole_run(), "run.qlog");
    EXPECT_EQ(session.position(), 0U);
    EXPECT_EQ(session.label(), "run.qlog");
    EXPECT_EQ(session.timeline().connection(), model::ConnectionIndex{0});
    std::size_t steps = 0;
    while (session.position() < session.timeline().size()) {
        session.apply(StepForward{}, kNow);
        ++steps;
    }
    EXPECT_EQ(steps, session.index().steps().size());
    session.apply(GoHome{}, kNow);
    EXPECT_EQ(session.position(), 0U);
}

TEST(Session, AFreeRunBeginsAtItsBeginningWhileEventsCome) {
    const auto script = scripted(testing::whole_run());
    Session session(setup_with(script));
    session.open_lesson("four-way-close");
    EXPECT_TRUE(session.running());
    EXPECT_EQ(session.content(), Session::Content::Lesson);
    arrive(session, *script, 12);
    EXPECT_EQ(session.position(), 0U);
    EXPECT_EQ(session.timeline().size(), 12U);
    EXPECT_FALSE(session.looking_at_past());  // one has not been at its end yet
    arrive(session, *script, 100);
    script->status = Status::Finished;
    EXPECT_TRUE(session.poll());
    EXPECT_FALSE(session.running());
    EXPECT_EQ(session.timeline().size(), script->trace.events().size());
}

TEST(Session, WhoeverSavesRunsIsToldOfEachEventOfEachRun) {
    const auto script = scripted(testing::whole_run());
    session::Setup setup = setup_with(script);
    std::vector<std::string> told;
    setup.run_begins = [&](const lesson::Lesson& lesson) { told.push_back(lesson.id); };
    std::size_t events = 0;
    setup.run_grown = [&](const model::Trace& trace) { events = trace.events().size(); };
    Session session(std::move(setup));
    session.open_lesson("four-way-close");
    EXPECT_EQ(told, std::vector<std::string>{"four-way-close"});
    arrive(session, *script, 12);
    EXPECT_EQ(events, 12U);
    arrive(session, *script, 100);
    script->status = Status::Finished;
    session.poll();
    EXPECT_EQ(events, script->trace.events().size());
    events = 0;
    session.open_recording(testing::whole_run(), "run.qlog");
    session.poll();
    EXPECT_EQ(events, 0U) << "a recording is none";
    session.open_lesson("four-way-close");
    EXPECT_EQ(told.size(), 2U);
}

TEST(Session, AGatedRunIsFollowed) {
    const auto script = scripted(testing::held_handshake());
    Session session(setup_with(script));
    session.open_lesson("four-way-close");
    arrive(session, *script, 5);
    EXPECT_EQ(session.position(), 5U);
    arrive(session, *script, 3);
    EXPECT_EQ(session.position(), 8U);
    session.apply(StepBack{}, kNow);
    EXPECT_LT(session.position(), 8U);
    EXPECT_TRUE(session.looking_at_past());
    arrive(session, *script, 3);
    EXPECT_LT(session.position(), 8U);
    session.apply(GoEnd{}, kNow);
    EXPECT_FALSE(session.looking_at_past());
    arrive(session, *script, 1);
    EXPECT_EQ(session.position(), session.timeline().size());
}

TEST(Session, AfterEndAFreeRunIsFollowedAndHasAPast) {
    const auto script = scripted(testing::whole_run());
    Session session(setup_with(script));
    session.open_lesson("four-way-close");
    arrive(session, *script, 12);
    session.apply(GoEnd{}, kNow);
    arrive(session, *script, 5);
    EXPECT_EQ(session.position(), 17U);
    session.apply(SeekTenth{2}, kNow);
    EXPECT_TRUE(session.looking_at_past());
    script->status = Status::Finished;
    session.poll();
    EXPECT_FALSE(session.looking_at_past());  // nothing is going on any more
}

TEST(Session, APositionKeepsItsEventsWhenTheConnectionAppears) {
    const auto script = scripted(testing::whole_run());
    Session session(setup_with(script));
    session.open_lesson("four-way-close");
    arrive(session, *script, 8);  // calls only: no connection yet
    session.apply(Seek{6}, kNow);
    const model::Event last = session.timeline().event(5);
    EXPECT_FALSE(session.timeline().connection().has_value());
    arrive(session, *script, 30);
    EXPECT_TRUE(session.timeline().connection().has_value());
    EXPECT_EQ(session.position(), 6U);
    EXPECT_EQ(session.timeline().event(5), last);
}

TEST(Session, AFailedRunTellsWhyAndKeepsWhatCame) {
    const auto script = scripted(testing::whole_run());
    Session session(setup_with(script));
    session.open_lesson("four-way-close");
    arrive(session, *script, 12);
    script->status = Status::Failed;
    script->error =
        Error{ErrorKind::MachineForbids, "the lab was killed by signal 9", "run tcpstep doctor"};
    EXPECT_TRUE(session.poll());
    EXPECT_EQ(session.notice(), "the lab was killed by signal 9 - run tcpstep doctor");
    ASSERT_TRUE(session.failure().has_value());
    EXPECT_EQ(session.failure()->line(), session.notice());
    EXPECT_EQ(session.timeline().size(), 12U);
    EXPECT_FALSE(session.running());
}

TEST(Session, ALessonThatCannotStartTellsWhy) {
    session::Setup setup = setup_with(scripted({}));
    setup.run_lesson = [](const lesson::Lesson&, const lab::HoldPolicy&,
                          std::function<void()>) -> Result<std::unique_ptr<Source>> {
        return fail(ErrorKind::MachineForbids, "fork: Resource temporarily unavailable",
                    "close other programs");
    };
    Session session(std::move(setup));
    session.open_lesson("four-way-close");
    EXPECT_EQ(session.notice(), "fork: Resource temporarily unavailable - close other programs");
    ASSERT_TRUE(session.failure().has_value());
    EXPECT_EQ(session.failure()->kind, ErrorKind::MachineForbids);
    EXPECT_FALSE(session.running());
}

TEST(Session, AFailureIsForgottenWithItsRun) {
    const auto script = scripted(testing::whole_run());
    Session session(setup_with(script));
    session.open_lesson("four-way-close");
    script->status = Status::Failed;
    session.poll();
    ASSERT_TRUE(session.failure().has_value());
    script->status = Status::Running;
    session.open_lesson("four-way-close");
    EXPECT_FALSE(session.failure().has_value());
    EXPECT_EQ(session.notice(), "");
}

TEST(Session, TellsWhereTheRunsSocketsLiveAndLived) {
    const auto script = scripted(testing::whole_run());
    Session session(setup_with(script));
    session.open_lesson("four-way-close");
    arrive(session, *script, 3);
    EXPECT_FALSE(session.host_reason().has_value());
    script->host_reason = Error{ErrorKind::MachineForbids, "unshare: Operation not permitted", ""};
    arrive(session, *script, 3);
    ASSERT_TRUE(session.host_reason().has_value());
    script->status = Status::Finished;
    session.poll();
    EXPECT_EQ(session.host_reason()->what, "unshare: Operation not permitted");
    session.open_recording(testing::whole_run(), "run.qlog");
    EXPECT_FALSE(session.host_reason().has_value());
}

TEST(Session, ARecordingMayComeWithANotice) {
    Session session;
    session.open_recording(testing::whole_run(), "run.qlog",
                           [] { return "the last record is cut short"; });
    EXPECT_EQ(session.notice(), "the last record is cut short");
    EXPECT_FALSE(session.failure().has_value());
    session.open_recording(testing::whole_run(), "run.qlog");
    EXPECT_EQ(session.notice(), "");
}

TEST(Session, PickingALessonEndsTheOldRunAndBeginsAnew) {
    const auto script = scripted(testing::whole_run());
    Session session(setup_with(script));
    session.open_lesson("four-way-close");
    arrive(session, *script, 20);
    session.apply(GoEnd{}, kNow);
    session.apply(SpeedUp{}, kNow);
    const unsigned number = session.timeline_number();
    session.apply(PickLesson{"four-way-close"}, kNow);
    EXPECT_TRUE(script->gone);
    EXPECT_EQ(session.timeline().size(), 0U);
    EXPECT_EQ(session.position(), 0U);
    EXPECT_GT(session.timeline_number(), number);
    EXPECT_EQ(session.playback().speed(), 2);
    EXPECT_FALSE(session.playback().following());
}

TEST(Session, WakesItsWindowWhereverItWasMovedAndNotAfterwards) {
    const auto script = scripted({});
    Session session(setup_with(script));
    session.open_lesson("four-way-close");
    Session moved = std::move(session);
    int woken = 0;
    moved.set_wake([&] { ++woken; });
    script->wake();
    EXPECT_EQ(woken, 1);
    moved.set_wake({});
    script->wake();
    EXPECT_EQ(woken, 1);
}

TEST(Session, ShowsTheLatestSegmentUnlessOneIsSelected) {
    Session session;
    session.open_recording(testing::whole_run(), "run.qlog");
    EXPECT_EQ(session.shown_segment(), 0U);
    session.apply(GoEnd{}, kNow);
    EXPECT_EQ(session.shown_segment(), 11U);
    session.apply(SelectSegment{2}, kNow);
    EXPECT_EQ(session.shown_segment(), 2U);
    session.apply(SelectSegment{99}, kNow);
    EXPECT_EQ(session.shown_segment(), 11U);
    session.apply(SelectSegment{2}, kNow);
    session.apply(StepBack{}, kNow);
    EXPECT_EQ(session.shown_segment(), 11U);
    session.apply(Seek{*session.timeline().event_of_segment(4) + 1}, kNow);
    EXPECT_EQ(session.shown_segment(), 4U);
}

// What is told and what is shown are of one segment.
TEST(Session, ShowsTheSegmentThatArrivedThoughALaterOneIsOnItsWay) {
    testing::RunBuilder run(true);
    using model::Flags;
    run.send(model::Role::Client, Flags::kSyn, 0, 0).held(1);
    run.send(model::Role::Server, Flags::kSyn, 0, 0).held(2).delivered(1);
    Session session;
    session.open_recording(run.trace, "run.qlog");
    session.apply(GoEnd{}, kNow);
    EXPECT_EQ(session.shown_segment(), 1U);
    session.apply(StepBack{}, kNow);
    EXPECT_EQ(session.shown_segment(), 2U);
}

TEST(Session, WhatIsSelectedIsOfAnyKindThatExists) {
    using namespace view;
    Session session;
    session.open_recording(testing::whole_run(), "run.qlog");
    session.apply(GoEnd{}, kNow);
    const auto& index = session.index();
    const std::size_t syn = *session.timeline().event_of_segment(1);
    const std::size_t connect = index.calls(model::Role::Client).front().entered;
    const auto& called = std::get<model::CallEntered>(session.timeline().event(connect).fact);
    for (const Selection& what :
         {Selection(SelectedSegment{2}), Selection(SelectedCall{model::Role::Client, called.id}),
          Selection(
              SelectedState{model::Role::Client, index.changes(model::Role::Client).back().event}),
          Selection(SelectedEvent{syn})}) {
        session.apply(Select{what}, kNow);
        EXPECT_EQ(session.selection(), what);
    }
    EXPECT_EQ(session.selected_segment(), 1U);  // what the event is about
    for (const Selection& what :
         {Selection(SelectedSegment{99}), Selection(SelectedCall{model::Role::Client, 99}),
          Selection(SelectedState{model::Role::Client, 9999}), Selection(SelectedEvent{9999})}) {
        session.apply(Select{SelectedSegment{2}}, kNow);
        session.apply(Select{what}, kNow);
        EXPECT_EQ(session.selection(), Selection());
    }
    session.apply(Select{SelectedEvent{syn}}, kNow);
    session.apply(StepBack{}, kNow);
    EXPECT_EQ(session.selection(), Selection());
}

TEST(Session, TheTimeAxisIsChosenOrTheNextOne) {
    using view::TimeAxis;
    Session session;
    EXPECT_EQ(session.look().time_axis, TimeAxis::ByEvent);
    for (TimeAxis axis : {TimeAxis::Linear, TimeAxis::Collapsed, TimeAxis::ByEvent}) {
        session.apply(ChooseTimeAxis{}, kNow);
        EXPECT_EQ(session.look().time_axis, axis);
    }
    session.apply(ChooseTimeAxis{TimeAxis::Collapsed}, kNow);
    EXPECT_EQ(session.look().time_axis, TimeAxis::Collapsed);
}

TEST(Session, EscapeClosesTheHelpBeforeItClearsTheSelection) {
    Session session;
    session.open_recording(testing::whole_run(), "run.qlog");
    session.apply(SelectSegment{2}, kNow);
    session.apply(ToggleHelp{}, kNow);
    session.apply(Dismiss{}, kNow);
    EXPECT_FALSE(session.look().help);
    EXPECT_EQ(session.selected_segment(), 2U);
    session.apply(Dismiss{}, kNow);
    EXPECT_EQ(session.selected_segment(), 0U);
}

TEST(Session, TextGrowsFrom75To300Percent) {
    Session session;
    for (int i = 0; i < 20; ++i) session.apply(TextLarger{}, kNow);
    EXPECT_EQ(session.look().text_percent, 300U);
    for (int i = 0; i < 20; ++i) session.apply(TextSmaller{}, kNow);
    EXPECT_EQ(session.look().text_percent, 75U);
    session.apply(TextDefault{}, kNow);
    EXPECT_EQ(session.look().text_percent, 100U);
}

TEST(Session, WhatItSaysFollowsTheLanguage) {
    const auto script = testing::scripted(testing::held_handshake());
    session::Setup setup = testing::setup_with(script);
    setup.lessons[0].title.zh = "四次挥手";
    Session session(std::move(setup));
    session.open_lesson("four-way-close");
    EXPECT_EQ(session.label(), "The four-way close");
    session.open_lesson("x");
    const testing::InChinese restored;
    strings::set_language(strings::Language::English);
    session.apply(ToggleLanguage{}, kNow);
    EXPECT_EQ(session.label(), "四次挥手");
    EXPECT_EQ(session.notice(), "没有课程“x”。");
    session.apply(ToggleLanguage{}, kNow);
    EXPECT_EQ(session.label(), "The four-way close");
    EXPECT_EQ(session.notice(), "There is no lesson “x”.");
}

TEST(Session, ARecordedLessonIsKnown) {
    const auto script = testing::scripted(testing::held_handshake());
    Session session(testing::setup_with(script));
    EXPECT_EQ(session.lesson(), nullptr);
    session.open_recording(testing::whole_run(), "run.qlog");
    ASSERT_NE(session.lesson(), nullptr);
    EXPECT_EQ(session.lesson()->id, "four-way-close");
    EXPECT_EQ(session.label(), "run.qlog");
    session.open_recording(model::Trace(), "empty.qlog");
    EXPECT_EQ(session.lesson(), nullptr);
}

TEST(Session, WithoutAFontForChineseItStaysEnglishAndSaysWhy) {
    const testing::InChinese chinese;
    Session session;
    session.forbid_chinese();
    EXPECT_EQ(strings::language(), strings::Language::English);
    EXPECT_NE(session.notice().find("fonts-noto-cjk"), std::string::npos);
    session.apply(ToggleLanguage{}, kNow);
    EXPECT_EQ(strings::language(), strings::Language::English);
    EXPECT_EQ(session.toast()->text, session.notice());
}

TEST(Session, AToastTellsTheSpeedForAWhile) {
    Session session;
    session.apply(SpeedUp{}, kNow);
    ASSERT_TRUE(session.toast().has_value());
    EXPECT_EQ(session.toast()->text, "speed 2×");
    ASSERT_TRUE(session.next_tick().has_value());
    EXPECT_FALSE(session.tick(kNow + 1s));
    EXPECT_TRUE(session.tick(*session.next_tick()));
    EXPECT_FALSE(session.toast().has_value());
    EXPECT_FALSE(session.next_tick().has_value());  // an idle window sleeps
}

TEST(Session, SelectingAConnectionShowsItFromItsBeginning) {
    model::Trace trace = testing::whole_run();
    model::ConnectionId second = trace.connections()[0];
    second.generation = 2;
    const model::ConnectionIndex index = trace.intern(second);
    model::Event event = trace.events().back();
    event.connection = index;
    event.fact = model::Marker{"note", "of the second"};
    trace.append(event);
    Session session;
    session.open_recording(trace, "two.qlog");
    const std::size_t of_first = session.timeline().size();
    session.apply(GoEnd{}, kNow);
    session.apply(SelectConnection{index}, kNow);
    EXPECT_EQ(session.position(), 0U);
    EXPECT_EQ(session.timeline().connection(), index);
    EXPECT_LT(session.timeline().size(), of_first);
    session.apply(SelectConnection{7}, kNow);
    EXPECT_EQ(session.timeline().connection(), index);
}

}  // namespace
}  // namespace tcpstep::session
