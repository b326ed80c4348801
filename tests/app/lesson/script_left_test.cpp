#include "app/lesson/script_left.hpp"

#include <gtest/gtest.h>

#include "tests/app/strings/in_chinese.hpp"

namespace tcpstep::lesson {
namespace {

using namespace model;

Segment segment(SegmentId id, std::uint32_t seq, std::uint32_t length = 0,
                std::uint16_t flags = Flags::kAck) {
    Segment one;
    one.id = id;
    one.seq = SeqNum(seq);
    one.flags = Flags(flags);
    one.length = length;
    return one;
}

struct ToldRun {
    Trace trace;
    ConnectionIndex connection = 0;

    explicit ToldRun(bool gated = true) {
        Scenario scenario;
        scenario.lab = true;
        scenario.gated = gated;
        ConnectionId id;
        id.client.port = 40000;
        id.server.port = 8000;
        connection = trace.intern(id);
        add(scenario);
    }
    ToldRun& add(Fact fact) {
        trace.append(
            {Time(std::chrono::milliseconds(trace.events().size())), connection, std::move(fact)});
        return *this;
    }
    ToldRun& claim(bool holds) {
        ClaimChecked checked;
        checked.claim = "one";
        checked.holds = holds;
        return add(checked);
    }
};

// Whose first data is to be treated so.
Lesson lesson_that(WireAction action) {
    Lesson lesson;
    lesson.held = true;
    WireRule rule;
    rule.segment.data = true;
    rule.segment.nth = 1;
    rule.action = action;
    lesson.wire = {rule};
    lesson.story = {{{"Do it.", ""}, claim::OfCall{Role::Client, 1, true}}, {{"Done.", ""}, {}}};
    return lesson;
}

TEST(ScriptLeft, AClaimThatDoesNotHoldIsNobodysDoing) {
    ToldRun run;
    const Lesson lesson = lesson_that(WireAction::Deliver);
    run.claim(true);
    EXPECT_EQ(claim_refuted(run.trace), std::nullopt);
    run.claim(false).claim(false);
    EXPECT_EQ(claim_refuted(run.trace), 3U);
    EXPECT_EQ(script_left(lesson, run.trace), std::nullopt);
    const Telling telling = telling_of(lesson, run.trace);
    EXPECT_EQ(told_at(lesson, telling, 2)->text.en, "Do it.") << "one looks back";
    EXPECT_EQ(told_at(lesson, telling, 3), &refuted_passage());
    EXPECT_EQ(told_at(lesson, telling, 9)->text.en.substr(0, 52),
              "A claim of this lesson does not hold in this run, th");
}

TEST(ScriptLeft, WhoHasLeftItIsToldSoThoughAClaimFailsThen) {
    ToldRun run;
    const Lesson lesson = lesson_that(WireAction::Deliver);
    run.add(SegmentInjected{segment(1, 1, 0, Flags::kRst)}).claim(false);
    const Telling telling = telling_of(lesson, run.trace);
    EXPECT_EQ(told_at(lesson, telling, 1)->text.en, "Do it.");
    EXPECT_EQ(told_at(lesson, telling, 2)->text.shown(),
              "You have left the lesson's script: from here on the story is yours.");
    EXPECT_EQ(told_at(lesson, telling, 3), &left_passage());
    const testing::InChinese chinese;
    EXPECT_EQ(told_at(lesson, telling, 2)->text.shown(),
              "你已离开本课的剧本：从这里起，故事由你来写。");
}

// Whoever stops early has not left the script.
TEST(ScriptLeft, NotByClaimsThatTheEndOfTheRunDecides) {
    const Lesson lesson = lesson_that(WireAction::Deliver);
    ToldRun stopped;
    stopped.add(SegmentSent{segment(1, 1, 5)}).claim(false).claim(false);
    stopped.add(Marker{"lesson_finished", "The lesson is over."});
    EXPECT_EQ(claim_refuted(stopped.trace), std::nullopt);
    ToldRun left;
    left.claim(false).add(SegmentSent{segment(1, 1, 5)}).claim(false);
    left.add(Marker{"lesson_finished", "The lesson is over."});
    EXPECT_EQ(claim_refuted(left.trace), 2U);
}

TEST(ScriptLeft, ALessonWithoutStoryTellsNothing) {
    Lesson lesson = lesson_that(WireAction::Deliver);
    lesson.story.clear();
    ToldRun run;
    run.claim(false);
    EXPECT_EQ(told_at(lesson, telling_of(lesson, run.trace), 2), nullptr);
}

TEST(ScriptLeft, ByDataThatIsDeliveredThoughItIsToBeLost) {
    ToldRun run;
    run.add(SegmentSent{segment(1, 1, 5)}).add(SegmentHeld{1});
    EXPECT_EQ(script_left(lesson_that(WireAction::Drop), run.trace), std::nullopt);
    run.add(SegmentDelivered{1});
    EXPECT_EQ(script_left(lesson_that(WireAction::Drop), run.trace), 4U);
    EXPECT_EQ(script_left(lesson_that(WireAction::Deliver), run.trace), std::nullopt);
    ToldRun lost;
    lost.add(SegmentSent{segment(1, 1, 5)}).add(SegmentHeld{1}).add(SegmentDropped{1});
    lost.add(SegmentSent{segment(2, 6, 5)}).add(SegmentHeld{2}).add(SegmentDelivered{2});
    EXPECT_EQ(script_left(lesson_that(WireAction::Drop), lost.trace), std::nullopt);
}

TEST(ScriptLeft, ByDataOfWhichNoCopyWasMade) {
    ToldRun run;
    run.add(SegmentSent{segment(1, 1, 5)}).add(SegmentHeld{1}).add(SegmentDelivered{1});
    EXPECT_EQ(script_left(lesson_that(WireAction::Duplicate), run.trace), 4U);
    ToldRun copied;
    copied.add(SegmentSent{segment(1, 1, 5)}).add(SegmentHeld{1}).add(SegmentDuplicated{1, 2});
    copied.add(SegmentDelivered{1}).add(SegmentDelivered{2});
    EXPECT_EQ(script_left(lesson_that(WireAction::Duplicate), copied.trace), std::nullopt);
}

TEST(ScriptLeft, ByDataThatNothingHasOvertaken) {
    const Lesson lesson = lesson_that(WireAction::HoldBack);
    ToldRun run;
    run.add(SegmentSent{segment(1, 1, 5)}).add(SegmentHeld{1});
    run.add(SegmentSent{segment(2, 6, 5)}).add(SegmentHeld{2});
    ToldRun overtaken = run;
    EXPECT_EQ(script_left(lesson, run.trace), std::nullopt);
    EXPECT_EQ(script_left(lesson, run.add(SegmentDelivered{1}).trace), 6U);
    overtaken.add(SegmentDelivered{2}).add(SegmentDelivered{1});
    EXPECT_EQ(script_left(lesson, overtaken.trace), std::nullopt);
}

// Where no rule makes it wait, it was somebody's hand.
TEST(ScriptLeft, ByDataThatIsHeldBackUnasked) {
    ToldRun run;
    run.add(SegmentSent{segment(1, 1, 5)}).add(SegmentHeld{1}).add(SegmentHeldBack{1, 0});
    EXPECT_EQ(script_left(lesson_that(WireAction::Deliver), run.trace), 4U);
    EXPECT_EQ(script_left(lesson_that(WireAction::Stay), run.trace), std::nullopt);
    Lesson waits = lesson_that(WireAction::Deliver);
    waits.wire.front().after = {InState{Role::Client, State::Established}};
    EXPECT_EQ(script_left(waits, run.trace), std::nullopt);
}

TEST(ScriptLeft, ByDataThatIsDeliveredThoughItIsToStay) {
    ToldRun run;
    run.add(SegmentSent{segment(1, 1, 5)}).add(SegmentHeld{1});
    EXPECT_EQ(script_left(lesson_that(WireAction::Stay), run.trace), std::nullopt);
    run.add(SegmentDelivered{1});
    EXPECT_EQ(script_left(lesson_that(WireAction::Stay), run.trace), 4U);
}

TEST(ScriptLeft, ByAResetThatTheLessonDoesNotAskFor) {
    ToldRun run;
    run.add(SegmentInjected{segment(1, 1, 0, Flags::kRst)});
    EXPECT_EQ(script_left(lesson_that(WireAction::Deliver), run.trace), 2U);
    EXPECT_EQ(script_left(lesson_that(WireAction::Reset), run.trace), std::nullopt);
}

// Where nothing is held, no rule of the wire is for it.
TEST(ScriptLeft, ByALossOrACopyThatTheLessonDoesNotAskFor) {
    Lesson lesson = lesson_that(WireAction::Deliver);
    lesson.wire.clear();
    ToldRun run;
    run.add(SegmentSent{segment(1, 100, 5), 0}).add(SegmentSent{segment(2, 100, 5), 1});
    run.add(SegmentDropped{2});
    EXPECT_EQ(script_left(lesson, run.trace), std::nullopt) << "a copy that the gate absorbed";
    ToldRun copied = run;
    run.add(SegmentDropped{1});
    EXPECT_EQ(script_left(lesson, run.trace), 5U);
    copied.add(SegmentDuplicated{1, 3});
    EXPECT_EQ(script_left(lesson, copied.trace), 5U);
    EXPECT_EQ(script_left(lesson_that(WireAction::Drop), run.trace), std::nullopt);
    EXPECT_EQ(script_left(lesson_that(WireAction::Duplicate), copied.trace), std::nullopt);
}

TEST(ScriptLeft, NotByTheWireOfAFreeRun) {
    ToldRun run(false);
    run.add(SegmentSent{segment(1, 1, 5)});
    EXPECT_EQ(script_left(lesson_that(WireAction::Drop), run.trace), std::nullopt);
}

// The first rule that fits a segment counts, as when the script does it.
TEST(ScriptLeft, NotByWhatAnEarlierRuleLetsGo) {
    Lesson lesson = lesson_that(WireAction::Deliver);
    WireRule all;
    all.segment.data = true;
    all.action = WireAction::Drop;
    lesson.wire.push_back(all);
    ToldRun run;
    run.add(SegmentSent{segment(1, 1, 5)}).add(SegmentHeld{1}).add(SegmentDelivered{1});
    EXPECT_EQ(script_left(lesson, run.trace), std::nullopt);
    run.add(SegmentSent{segment(2, 6, 5)}).add(SegmentHeld{2}).add(SegmentDelivered{2});
    EXPECT_EQ(script_left(lesson, run.trace), 7U);
}

}  // namespace
}  // namespace tcpstep::lesson
