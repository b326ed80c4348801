// A free lab in the window, without a lab: what is wished, told and offered.
#include <gtest/gtest.h>

#include "app/lesson/parse.hpp"
#include "tests/app/session/scripted_source.hpp"

namespace tcpstep::session {
namespace {

using freelab::Deed;
using lesson::Actor;
using model::Role;

constexpr Moment kNow{};

class Hand : public ::testing::Test {
  public:
    Hand() : session(testing::setup_by_hand(script, saved)) {
        model::Scenario scenario;
        scenario.lab = true;
        scenario.gated = true;
        append(scenario);
        session.open_lesson(freelab::kFreeLabId);
        arrive();
    }

    void append(model::Fact fact, std::optional<model::ConnectionIndex> connection = {}) {
        script->trace.append({model::Time(std::chrono::milliseconds(script->trace.events().size())),
                              connection, std::move(fact)});
    }
    void arrive() {
        script->settled = true;
        testing::arrive(session, *script, script->trace.events().size());
    }
    void press(Role end, Deed deed) {
        session.apply(CallByHand{session.hand()->wish(end, deed)}, kNow);
    }
    /// The call that was told last is entered, and returns.
    void answer(Role end, std::int64_t result, const std::string& error = "") {
        const std::string call(name(script->calls.back().step.call));
        append(model::CallEntered{++calls, end, call, {}});
        append(model::CallReturned{calls, end, call, result, error});
        arrive();
    }
    std::string why_not(Role end, Deed deed) const {
        for (const freelab::Offer& offer : session.hand()->offers(end)) {
            if (offer.deed == deed) return offer.reason;
        }
        return "none";
    }

    std::shared_ptr<testing::Script> script = testing::scripted({});
    std::shared_ptr<std::string> saved = std::make_shared<std::string>();
    Session session;
    model::CallId calls = 0;
};

TEST_F(Hand, AButtonIsACallOfItsActor) {
    ASSERT_NE(session.hand(), nullptr);
    EXPECT_EQ(session.lesson_id(), freelab::kFreeLabId);
    EXPECT_EQ(why_not(Role::Client, Deed::Socket), "");
    EXPECT_NE(why_not(Role::Client, Deed::Connect), "");
    press(Role::Client, Deed::Socket);
    ASSERT_EQ(script->calls.size(), 1U);
    EXPECT_EQ(script->calls[0].actor, Actor::Client);
    EXPECT_EQ(script->calls[0].step.call, lesson::Call::Socket);
    press(Role::Client, Deed::Socket);
    EXPECT_EQ(script->calls.size(), 1U) << "the one before has not begun";
    answer(Role::Client, 5);
    ASSERT_EQ(session.hand()->descriptors(Role::Client).size(), 1U);
    EXPECT_EQ(session.hand()->descriptors(Role::Client)[0].fd, 5);
    EXPECT_EQ(why_not(Role::Client, Deed::Connect), "");
    press(Role::Client, Deed::Connect);
    EXPECT_EQ(script->calls.size(), 2U);
}

TEST_F(Hand, WhatIsNotOfferedIsToldAndNotCalled) {
    press(Role::Server, Deed::Accept);
    EXPECT_TRUE(script->calls.empty());
    ASSERT_TRUE(session.toast());
    EXPECT_EQ(session.toast()->text, "accept: there is no socket for it: call socket() first");
}

TEST_F(Hand, ThePastCallsNothing) {
    press(Role::Client, Deed::Socket);
    answer(Role::Client, 5);
    session.apply(GoHome{}, kNow);
    EXPECT_NE(session.hand_rests(), "");
    press(Role::Client, Deed::Connect);
    EXPECT_EQ(script->calls.size(), 1U);
    session.apply(GoEnd{}, kNow);
    EXPECT_EQ(session.hand_rests(), "");
    session.apply(ToggleHelp{}, kNow);
    press(Role::Client, Deed::Connect);
    EXPECT_EQ(script->calls.size(), 1U) << "the help covers it";
}

TEST_F(Hand, ASecondClientHasItsOwnDescriptors) {
    press(Role::Client, Deed::Socket);
    answer(Role::Client, 5);
    press(Role::Client, Deed::Connect);
    append(model::CallEntered{++calls, Role::Client, "connect", {}});
    arrive();
    EXPECT_NE(why_not(Role::Client, Deed::Close), "") << "connect() blocks";
    HandChoice choice = session.hand()->choice(Role::Client);
    choice.second_client = true;
    session.apply(ChooseForHand{Role::Client, choice}, kNow);
    EXPECT_TRUE(session.hand()->descriptors(Role::Client).empty());
    press(Role::Client, Deed::Socket);
    EXPECT_EQ(script->calls.back().actor, Actor::SecondClient);
}

// Though what the first client sent is still held.
TEST_F(Hand, ACallIsShownWhereItHappens) {
    const auto connect = [&](std::uint16_t port, model::SegmentId id) {
        press(Role::Client, Deed::Socket);
        answer(Role::Client, 5 + static_cast<int>(id));
        press(Role::Client, Deed::Connect);
        model::ConnectionId ends;
        ends.client.port = port;
        ends.server.port = 8000;
        const auto connection = script->trace.intern(ends);
        append(model::CallEntered{++calls, Role::Client, "connect", {}}, connection);
        model::Segment syn;
        syn.id = id;
        syn.flags = model::Flags(model::Flags::kSyn);
        append(model::SegmentSent{syn}, connection);
        append(model::SegmentHeld{id}, connection);
        arrive();
    };
    connect(40001, 1);
    EXPECT_EQ(session.timeline().connection(), model::ConnectionIndex{0});
    HandChoice choice = session.hand()->choice(Role::Client);
    choice.second_client = true;
    session.apply(ChooseForHand{Role::Client, choice}, kNow);
    connect(40002, 2);
    EXPECT_EQ(session.timeline().connection(), model::ConnectionIndex{1});
    EXPECT_TRUE(session.at_now());
    arrive();
    EXPECT_EQ(session.timeline().connection(), model::ConnectionIndex{1}) << "until one acts";
    session.apply(DeliverHeld{}, kNow);
    ASSERT_EQ(script->commands.size(), 1U);
    EXPECT_EQ(script->commands.back(), lab::GateCommand(lab::Deliver{2})) << "what one sees";
}

TEST_F(Hand, TheChoicesAreWhatCallsAreGiven) {
    press(Role::Client, Deed::Socket);
    answer(Role::Client, 5);
    press(Role::Client, Deed::Socket);
    answer(Role::Client, 6);
    HandChoice choice = session.hand()->choice(Role::Client);
    choice.option = "SO_LINGER";
    choice.value = 0;
    choice.descriptor = "socket";
    session.apply(ChooseForHand{Role::Client, choice}, kNow);
    press(Role::Client, Deed::SetSockOpt);
    EXPECT_EQ(script->calls.back().step.on, "socket");
    EXPECT_EQ(script->calls.back().step.option, "SO_LINGER");
    EXPECT_EQ(script->calls.back().step.value, 0);
    answer(Role::Client, 0);
    press(Role::Client, Deed::Close);
    answer(Role::Client, 0);
    EXPECT_EQ(session.hand()->choice(Role::Client).descriptor, "") << "it is closed";
}

TEST_F(Hand, WhatWasDoneIsSavedAsALesson) {
    press(Role::Client, Deed::Socket);
    answer(Role::Client, 5);
    session.apply(SaveLab{}, kNow);
    ASSERT_TRUE(session.toast());
    EXPECT_NE(session.toast()->text.find("lab-1.json"), std::string::npos);
    const auto lesson = lesson::parse_lesson(*saved, "lab-1.json");
    ASSERT_TRUE(lesson) << lesson.error().line();
    EXPECT_EQ(lesson->id, "lab-1");
    EXPECT_EQ(lesson->client_steps.size(), 1U);
}

TEST_F(Hand, AnotherLessonHasNone) {
    session.apply(PickLesson{"four-way-close"}, kNow);
    EXPECT_EQ(session.hand(), nullptr);
    session.apply(SaveLab{}, kNow);
    EXPECT_FALSE(session.toast());
}

TEST(WithoutFreeLab, ItCannotBePicked) {
    Session session(testing::setup_with(testing::scripted({})));
    EXPECT_FALSE(session.has_free_lab());
    session.apply(PickLesson{freelab::kFreeLabId}, kNow);
    EXPECT_EQ(session.hand(), nullptr);
    EXPECT_NE(session.notice(), "");
}

}  // namespace
}  // namespace tcpstep::session
