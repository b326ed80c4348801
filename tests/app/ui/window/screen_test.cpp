// The whole window without a display: what the mouse does, and that every state can be painted.
#include "app/ui/window/screen.hpp"

#include <gtest/gtest.h>
#include <imgui.h>
#include <imgui_internal.h>

#include "app/ui/window/arrangement.hpp"
#include "tests/app/session/scripted_source.hpp"
#include "tests/app/ui/headless.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::ui::window {
namespace {

using namespace session;
using testing::Headless;

constexpr Moment kNow{};

Session recording() {
    Session session;
    session.open_recording(testing::whole_run(), "run.qlog");
    session.apply(GoEnd{}, kNow);
    return session;
}

Session with_lessons() {
    session::Setup setup;
    for (const char* id : {"handshake-free", "four-way-close"}) {
        lesson::Lesson lesson;
        lesson.id = id;
        lesson.title.en = id;
        setup.lessons.push_back(lesson);
    }
    return Session(std::move(setup));
}

/// A held run that goes on: the SYN-ACK waits.
Session held_run(
    const std::shared_ptr<testing::Script>& script = testing::scripted(testing::held_handshake())) {
    Session session(testing::setup_with(script));
    session.open_lesson("four-way-close");
    testing::arrive(session, *script, script->trace.events().size());
    return session;
}

// A client's datagram is refused; there is no TCP.
Session datagrams() {
    const auto near = *model::parse_socket_address("127.0.0.1:9000");
    const auto far = *model::parse_socket_address("127.0.0.1:8000");
    model::Trace trace;
    model::Scenario scenario;
    scenario.lab = true;
    scenario.tcp = false;
    model::CallReturned received{1, model::Role::Client, "recv", 2, ""};
    received.value = "hi";
    for (model::Fact fact :
         {model::Fact(scenario),
          model::Fact(model::DatagramSent{model::Role::Client, near, far, 5, {}}),
          model::Fact(model::IcmpErrorSent{model::Role::Server, 3, 3, near, far}),
          model::Fact(model::CallEntered{1, model::Role::Client, "recv", {}}),
          model::Fact(received)}) {
        trace.append({model::Time(), std::nullopt, std::move(fact)});
    }
    Session session;
    session.open_recording(std::move(trace), "datagrams.qlog");
    return session;
}

TEST(Screen, WithoutTcpThereIsNoFigureAtAnySize) {
    Session session = datagrams();
    EXPECT_FALSE(session.speaks_tcp());
    EXPECT_TRUE(recording().speaks_tcp());
    for (const auto& [width, height] : {std::pair{1600.0F, 900.0F}, std::pair{480.0F, 320.0F}}) {
        Headless ui(width, height);
        for (std::size_t position = 0; position <= session.timeline().size(); ++position) {
            session.apply(Seek{position}, kNow);
            EXPECT_TRUE(ui.frame(session).empty());
        }
    }
}

TEST(Screen, EveryTransportButtonWishesItsCommand) {
    const Session session = recording();
    Headless ui;
    const view::Rect bar = arrange(1600, 900, 100, 0).transport;
    struct Case {
        float x;  // em
        Command command;
    };
    // Home, back, play, step, end, slower, faster: from left to right.
    for (const Case& c : {Case{2.2F, GoHome{}}, Case{4.9F, StepBack{}}, Case{7.6F, TogglePlay{}},
                          Case{10.3F, StepForward{}}, Case{13.0F, GoEnd{}},
                          Case{16.0F, SpeedDown{}}, Case{20.0F, SpeedUp{}}}) {
        EXPECT_EQ(ui.click(session, c.x * 18, bar.centre().y), Commands{c.command}) << c.x;
    }
}

TEST(Screen, DraggingTheBarSeeks) {
    const Session session = recording();
    Headless ui;
    const float y = arrange(1600, 900, 100, 0).transport.centre().y;
    ui.move_mouse(800, y);
    ui.frame(session);
    ui.frame(session);
    ui.press(true);
    const Commands first = ui.frame(session);
    ASSERT_EQ(first.size(), 1U);
    const std::size_t there = std::get<Seek>(first[0]).position;
    EXPECT_GT(there, 10U);
    EXPECT_LT(there, 36U);
    ui.move_mouse(0, y);
    EXPECT_EQ(ui.frame(session), Commands{Seek{0}});
}

TEST(Screen, AClickOnAnArrowSelectsItsSegment) {
    Session session = recording();
    session.apply(Seek{*session.timeline().event_of_segment(1) + 1}, kNow);
    Headless ui;
    const view::Rect ladder = arrange(1600, 900, 100, 0).ladder;
    // The only arrow but the ghost: try every height at the middle of the ladder.
    Commands wishes;
    for (float y = ladder.y + 80; y < ladder.bottom() && wishes.empty(); y += 6) {
        wishes = ui.click(session, ladder.centre().x, y);
    }
    EXPECT_EQ(wishes, Commands{Select{view::SelectedSegment{1}}});
    session.apply(wishes[0], kNow);
    EXPECT_EQ(session.selected_segment(), 1U);
}

TEST(Screen, AClickOnACallGoesToItsMomentAndSelectsIt) {
    const Session session = recording();
    Headless ui;
    const view::Rect panel = arrange(1600, 900, 100, 0).client;
    Commands wishes;
    for (float y = panel.y + 0.55F * panel.h; y < panel.bottom() && wishes.empty(); y += 8) {
        wishes = ui.click(session, panel.x + 60, y);
    }
    ASSERT_EQ(wishes.size(), 2U);
    const std::size_t position = std::get<Seek>(wishes[0]).position;
    const auto* entered =
        std::get_if<model::CallEntered>(&session.timeline().event(position - 1).fact);
    ASSERT_NE(entered, nullptr);
    EXPECT_EQ(std::get<Select>(wishes[1]).what,
              view::Selection(view::SelectedCall{model::Role::Client, entered->id}));
}

TEST(Screen, ALessonIsPickedFromTheList) {
    const Session session = with_lessons();
    Headless ui;
    const view::Rect bar = arrange(1600, 900, 100, 0).top_bar;
    EXPECT_TRUE(ui.click(session, 300, bar.centre().y).empty());
    EXPECT_TRUE(ui.state.popup_open);
    EXPECT_EQ(ui.click(session, 300, bar.bottom() + 50), Commands{PickLesson{"four-way-close"}});
    ui.frame(session);
    EXPECT_FALSE(ui.state.popup_open);
}

TEST(Screen, ALessonIsPickedByKey) {
    const Session session = with_lessons();
    Headless ui;
    ui.frame(session);
    ui.state.open_list = List::Lessons;  // O
    ui.frame(session);
    ui.frame(session);
    ASSERT_TRUE(ui.state.popup_open);
    EXPECT_EQ(ui.state.list_row, 0U);
    for (int i = 0; i < 2; ++i) {
        ui.state.list_move = 1;  // Down; there are two
        EXPECT_TRUE(ui.frame(session).empty());
        EXPECT_EQ(ui.state.list_row, 1U);
    }
    ui.state.list_choose = true;  // Enter
    EXPECT_EQ(ui.frame(session), Commands{PickLesson{"four-way-close"}});
    ui.frame(session);
    EXPECT_FALSE(ui.state.popup_open);
}

TEST(Screen, ANoteOfTheTransportCoversNoButton) {
    const Session session = recording();
    Headless ui;
    const view::Rect bar = arrange(1600, 900, 100, 0).transport;
    ui.move_mouse(10.3F * 18, bar.centre().y);
    for (int i = 0; i < 3; ++i) ui.frame(session);
    const ImGuiWindow* note = ImGui::FindWindowByName("##Tooltip_00");
    ASSERT_NE(note, nullptr);
    EXPECT_LE(note->Pos.y + note->Size.y, bar.centre().y - 18);
}

TEST(Screen, EscapeClosesTheList) {
    const Session session = with_lessons();
    Headless ui;
    ui.click(session, 300, arrange(1600, 900, 100, 0).top_bar.centre().y);
    ASSERT_TRUE(ui.state.popup_open);
    ui.state.close_popup = true;
    ui.frame(session);
    ui.frame(session);
    EXPECT_FALSE(ui.state.popup_open);
}

TEST(Screen, TheButtonsOfTheTopBar) {
    const Session session = recording();
    Headless ui;
    const view::Rect bar = arrange(1600, 900, 100, 0).top_bar;
    Commands found;
    for (float x = bar.right(); x > bar.right() - 345; x -= 6) {
        for (const Command& wish : ui.click(session, x, bar.centre().y)) {
            if (found.empty() || found.back() != wish) found.push_back(wish);
        }
    }
    EXPECT_EQ(found, (Commands{ToggleHelp{}, ToggleGlossary{}, ToggleFullScreen{}, ToggleTheme{},
                               ToggleLanguage{}, TextLarger{}, TextSmaller{}}));
}

TEST(Screen, UnderTheHelpNothingFeelsTheMouse) {
    Session session = recording();
    session.apply(ToggleHelp{}, kNow);
    Headless ui;
    ui.frame(session);
    const view::Rect bar = arrange(1600, 900, 100, 0).transport;
    EXPECT_EQ(ui.click(session, 10.3F * 18, bar.centre().y), Commands{ToggleHelp{}});
}

TEST(Screen, TheWheelLeavesWhatTheLadderFollowsAndTheButtonReturns) {
    Session session = recording();
    Headless ui;
    const view::Rect ladder = arrange(1600, 900, 100, 0).ladder;
    ui.move_mouse(ladder.centre().x, ladder.centre().y);
    ui.frame(session);
    EXPECT_TRUE(ui.state.ladder.follows());
    ui.turn_wheel(2);
    ui.frame(session);
    EXPECT_FALSE(ui.state.ladder.follows());
    session.apply(StepBack{}, kNow);
    ui.frame(session);
    EXPECT_FALSE(ui.state.ladder.follows());
    const Commands wishes = ui.click(session, ladder.x + 1.5F * 18, ladder.y + 3 * 18);
    EXPECT_EQ(wishes, Commands{FollowLadder{}});
    EXPECT_TRUE(ui.state.ladder.take(wishes.at(0)));
    ui.frame(session);
    EXPECT_TRUE(ui.state.ladder.follows());
}

TEST(Screen, TheLadderIsDraggedAndADragIsNoClick) {
    const Session session = recording();
    Headless ui;
    const view::Rect ladder = arrange(1600, 900, 100, 0).ladder;
    ui.move_mouse(ladder.centre().x, ladder.centre().y);
    ui.frame(session);
    ui.frame(session);
    ui.press(true);
    ui.frame(session);
    ui.move_mouse(ladder.centre().x, ladder.centre().y + 60);
    ui.frame(session);
    ui.frame(session);
    ui.press(false);
    EXPECT_EQ(ui.frame(session), Commands{});
    EXPECT_FALSE(ui.state.ladder.follows());
}

TEST(Screen, TheTimeAxisIsChosenFromAList) {
    Session session = recording();
    Headless ui;
    const view::Rect ladder = arrange(1600, 900, 100, 0).ladder;
    Commands wishes;
    for (float x = ladder.right() - 30; x > ladder.centre().x && !ui.state.popup_open; x -= 20) {
        wishes = ui.click(session, x, ladder.y + 1.5F * 18);
        for (const Command& wish : wishes) session.apply(wish, kNow);
    }
    EXPECT_TRUE(ui.state.popup_open);
}

TEST(Screen, TheStripLeadsBackToNow) {
    Session session = held_run();
    session.apply(GoHome{}, kNow);
    ASSERT_TRUE(session.looking_at_past());
    Headless ui;
    const view::Rect strip = arrange(1600, 900, 100, 1).notices;
    EXPECT_EQ(ui.click(session, strip.centre().x, strip.centre().y), Commands{GoEnd{}});
}

// The wishes of a row of clicks from left to right, each once.
Commands sweep(Headless& ui, const Session& session, view::Rect row, float step) {
    Commands found;
    for (float x = row.x; x < row.right(); x += step) {
        for (const Command& wish : ui.click(session, x, row.centre().y)) {
            if (found.empty() || found.back() != wish) found.push_back(wish);
        }
    }
    return found;
}

// Where the buttons at the foot of the ladder are.
view::Rect foot_of(const view::Rect& ladder) {
    return {ladder.x, ladder.bottom() - 36, ladder.w, 24};
}

TEST(HeldActions, EveryButtonWishesItsCommand) {
    using Toward = ResetHeld::Toward;
    const Session session = held_run();
    Headless ui;
    const view::Rect foot = foot_of(arrange(1600, 900, 100, 0).ladder);
    EXPECT_EQ(sweep(ui, session, foot, 8),
              (Commands{DeliverHeld{}, DropHeld{}, DuplicateHeld{}, HoldBackHeld{},
                        ResetHeld{Toward::Receiver}, ResetHeld{Toward::Sender}}));
}

TEST(HeldActions, AreAllThereInASmallWindowAndInLargeLetters) {
    Session session = held_run();
    struct Case {
        float w, h;
        unsigned percent;
    };
    for (const Case& c :
         {Case{1280, 720, 100}, Case{1600, 900, 150}, Case{1280, 720, 150}, Case{1024, 768, 200}}) {
        while (session.look().text_percent < c.percent) session.apply(TextLarger{}, kNow);
        Headless ui(c.w, c.h);
        const Arrangement a = arrange(c.w, c.h, c.percent, 0);
        const float row = a.ladder.bottom() - 1.3F * a.ladder_em;
        EXPECT_EQ(sweep(ui, session, {a.ladder.x, row, a.ladder.w, 1}, 6).size(), 6U)
            << c.w << ", " << c.percent << " %";
        session.apply(TextDefault{}, kNow);
    }
}

// Its glow tells where the held segment is.
TEST(HeldActions, StandBelowTheHeldSegmentThoughTheListAndTheRulesAreOpen) {
    constexpr float kGlow = 0.075F;
    constexpr float kReach = 0.8F;  // em, of the glow around the box
    for (const auto& [w, h, percent] :
         {std::tuple{1600.0F, 900.0F, 100U}, std::tuple{1280.0F, 720.0F, 100U},
          std::tuple{1600.0F, 900.0F, 200U}}) {
        for (const model::Trace& trace :
             {testing::held_handshake(), testing::impatient_handshake()}) {
            Session session = held_run(testing::scripted(trace));
            session.apply(ToggleEvents{}, kNow);
            session.apply(ToggleMore{}, kNow);
            while (session.look().text_percent < percent) session.apply(TextLarger{}, kNow);
            Headless ui(w, h);
            ui.frame(session);
            ui.frame(session);
            const Arrangement a = arrange(w, h, percent, 0, {.more = true, .events = true});
            const auto glow = ui.painted(view::ColourRole::Here, kGlow, session);
            ASSERT_FALSE(glow.empty()) << w << ", " << percent;
            for (const view::Point& point : glow) {
                EXPECT_GT(point.y, a.ladder.y + (3.75F - kReach) * a.ladder_em) << w << percent;
                EXPECT_LT(point.y, a.ladder.bottom() - 2 * a.ladder_em) << w << ", " << percent;
            }
        }
    }
}

TEST(HeldActions, DoNothingInThePastOrWhenTheLabIsOver) {
    const auto script = testing::scripted(testing::held_handshake());
    Session session = held_run(script);
    Headless ui;
    session.apply(StepBack{}, kNow);
    EXPECT_TRUE(sweep(ui, session, foot_of(arrange(1600, 900, 100, 1).ladder), 8).empty());
    session.apply(GoEnd{}, kNow);
    script->status = Source::Status::Failed;
    session.poll();
    ASSERT_EQ(session.at_gate(), AtGate::Over);
    EXPECT_TRUE(sweep(ui, session, foot_of(arrange(1600, 900, 100, 1).ladder), 8).empty());
}

TEST(HoldChip, OpensAListToChooseFrom) {
    const Session session = held_run();
    Headless ui;
    ui.frame(session);
    ui.state.open_list = List::Hold;  // H
    ui.frame(session);
    ui.frame(session);
    ASSERT_TRUE(ui.state.popup_open);
    EXPECT_EQ(ui.state.list_row, 0U);  // every segment
    ui.state.list_move = 1;
    ui.frame(session);
    ui.state.list_choose = true;
    EXPECT_EQ(ui.frame(session), Commands{ChooseHold{lab::Hold::Control}});
}

TEST(HoldChip, ItsLastRowIsSlowMotion) {
    const Session session = held_run();
    Headless ui;
    ui.frame(session);
    ui.state.open_list = List::Hold;
    ui.frame(session);
    ui.frame(session);
    ui.state.list_move = 99;
    ui.frame(session);
    ui.state.list_choose = true;
    EXPECT_EQ(ui.frame(session), Commands{ToggleSlowMotion{}});
}

TEST(HoldChip, IsClickedInTheTopBar) {
    const Session session = held_run();
    Headless ui;
    const view::Rect bar = arrange(1600, 900, 100, 0).top_bar;
    bool opened = false;
    for (float x = 0.5F * bar.w; x < bar.w - 300 && !opened; x += 12) {
        EXPECT_TRUE(ui.click(session, x, bar.centre().y).empty());
        opened = ui.state.popup_open;
    }
    EXPECT_TRUE(opened);
}

TEST(HoldChip, IsNotThereWithoutALab) {
    const Session session = recording();
    Headless ui;
    ui.frame(session);
    ui.state.open_list = List::Hold;  // H
    for (int i = 0; i < 3; ++i) ui.frame(session);
    EXPECT_FALSE(ui.state.popup_open);
}

TEST(RunningTime, IsPaintedAnewWhenItReadsOtherwiseAndOnlyAtNow) {
    using namespace std::chrono_literals;
    const Session session = held_run();
    Headless ui;
    ui.frame(session);
    EXPECT_FALSE(ui.state.changes_in.has_value());
    // connect() and accept() are blocked, and the client's timer counts down, in tenths of seconds;
    // but a frame for each tenth would cost more than it tells.
    ui.state.now = session.trace().events().back().time + 300ms;
    ui.frame(session);
    ASSERT_TRUE(ui.state.changes_in.has_value());
    EXPECT_EQ(*ui.state.changes_in, 500ms);
    // After a while only whole seconds are told.
    ui.state.now = session.trace().events().back().time + 60s + 1ms;
    ui.frame(session);
    ASSERT_TRUE(ui.state.changes_in.has_value());
    EXPECT_GT(*ui.state.changes_in, 500ms);
    EXPECT_LE(*ui.state.changes_in, 1s);
}

TEST(RunningTime, SlowMotionIsPaintedAtMostSixtyTimesASecondAndOnlyUntilItArrives) {
    using namespace std::chrono_literals;
    testing::RunBuilder run(true);
    run.send(model::Role::Client, model::Flags::kSyn, 0, 0).fact(model::SegmentHeld{1, 400}, true);
    const Session session = held_run(testing::scripted(run.trace));
    Headless ui;
    ui.state.now = session.trace().events().back().time + 100ms;
    ui.frame(session);
    ASSERT_TRUE(ui.state.changes_in.has_value());
    EXPECT_GE(*ui.state.changes_in, 16ms);
    EXPECT_LE(*ui.state.changes_in, 40ms);
    ui.state.now = session.trace().events().back().time + 500ms;
    ui.frame(session);
    EXPECT_FALSE(ui.state.changes_in.has_value());
}

TEST(Disagreement, ItsMarkLeadsToIt) {
    testing::RunBuilder run(true);
    run.call(model::Role::Client, "connect")
        .send(model::Role::Client, model::Flags::kSyn, 0, 0)
        .sample(model::Role::Client, model::State::Established);
    const std::size_t there = run.trace.events().size();
    run.delivered(1).sample(model::Role::Client, model::State::SynSent);
    Session session;
    session.open_recording(run.trace, "run.qlog");
    ASSERT_EQ(session.disagreements(), 1U);
    Headless ui;
    const view::Rect bar = arrange(1600, 900, 100, 0).top_bar;
    Commands wishes;
    for (float x = bar.w - 475; x > bar.w / 2 && wishes.empty(); x -= 12) {
        wishes = ui.click(session, x, bar.centre().y);
    }
    EXPECT_EQ(wishes, Commands{Seek{there}});
}

TEST(Screen, EveryPositionOfEveryRunCanBePaintedInEverySize) {
    for (const model::Trace& trace :
         {testing::whole_run(true), testing::held_handshake(), model::Trace()}) {
        Session session;
        session.open_recording(trace, "run.qlog");
        for (const auto& [w, h] : {std::pair{1600.0F, 900.0F}, std::pair{640.0F, 360.0F}}) {
            Headless ui(w, h);
            for (std::size_t position = 0; position <= session.timeline().size(); position += 3) {
                session.apply(Seek{position}, kNow);
                EXPECT_TRUE(ui.frame(session).empty());
            }
        }
        session.apply(ToggleTheme{}, kNow);
        for (int i = 0; i < 10; ++i) session.apply(TextLarger{}, kNow);
        Headless large;
        EXPECT_TRUE(large.frame(session).empty());
    }
}

}  // namespace
}  // namespace tcpstep::ui::window
