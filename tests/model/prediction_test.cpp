#include "model/prediction.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "tests/model/story.hpp"

namespace tcpstep::model {
namespace {

using testing::Story;

constexpr Role C = Role::Client;
constexpr Role S = Role::Server;
constexpr std::uint64_t kSeeds = 64;

using Choices = std::set<std::string>;
/// All questions that some seed asks of a segment: of each kind the choices.
using Asking = std::map<Asked, Choices>;

// In a gated story: everything but the last segment has arrived.
Story& arrive(Story& story) {
    return story.fact(SegmentDelivered{story.next_id() - 1});
}

Story listening() {
    Story story;
    story.lab(true).listen();
    story.fact(SocketSampled{S, State::Listen, 0, 0, "", 0, 0, 0, 1});
    return story;
}

Story syn_held() {
    Story story = listening();
    story.fact(CallEntered{80, S, "accept", {}});
    story.fact(CallEntered{81, C, "connect", {}}).client("S", 0);
    return story;
}

Story synack_held() {
    Story story = syn_held();
    arrive(story).server("SA", 0, 1);
    return story;
}

Story ack_held() {
    Story story = synack_held();
    arrive(story).fact(CallReturned{81, C, "connect", 0, ""}).client("A", 1, 1);
    return story;
}

// accept() has returned, and no call blocks.
Story open() {
    Story story = ack_held();
    arrive(story).fact(CallReturned{80, S, "accept", 4, ""});
    return story;
}

Story fin_held() {
    Story story = open();
    story.fact(CallEntered{82, S, "recv", {}});
    story.call(C, "close").client("FA", 1, 1);
    return story;
}

InFlight last(const Story& story) {
    return story.result().in_flight.back();
}

Asking asked_of(const Story& story) {
    Asking asking;
    const Connection connection = story.result();
    for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
        const auto question = ask(connection, last(story).segment, seed);
        if (!question) continue;
        EXPECT_EQ(question->segment, last(story).segment.id);
        EXPECT_EQ(question->endpoint, peer(last(story).segment.from));
        const Choices choices(question->choices.begin(), question->choices.end());
        EXPECT_EQ(choices.size(), question->choices.size()) << "each choice is another one";
        const auto [known, first] = asking.emplace(question->asked, choices);
        EXPECT_EQ(known->second, choices) << "only their order depends on the seed";
    }
    return asking;
}

struct Row {
    const char* name;
    std::function<Story()> story;
    Asking questions;
};

class EachSegment : public ::testing::TestWithParam<Row> {};

TEST_P(EachSegment, IsAskedAboutWithPlausibleChoices) {
    EXPECT_EQ(asked_of(GetParam().story()), GetParam().questions);
}

// The client's initial number is 1000, the server's 5000.
INSTANTIATE_TEST_SUITE_P(
    Prediction, EachSegment,
    ::testing::Values(
        Row{"SynToAListener",
            syn_held,
            {{Asked::NextState, {"SYN_RCVD", "LISTEN", "ESTABLISHED", "CLOSED"}},
             {Asked::AckNumber, {"1001", "1000", "1002"}},
             {Asked::CallReturns, {"server accept", "client connect", "none"}}}},
        Row{"SynToNobody",
            [] {
                Story story;
                story.lab(true).client("S", 0);
                return story;
            },
            {{Asked::AckNumber, {"1001", "1000", "1002"}}}},
        Row{"SynAck",
            synack_held,
            {{Asked::NextState, {"ESTABLISHED", "SYN_SENT", "SYN_RCVD", "CLOSED"}},
             {Asked::AckNumber, {"5001", "5000", "5002"}},
             {Asked::CallReturns, {"server accept", "client connect", "none"}}}},
        Row{"ThirdAck",
            ack_held,
            {{Asked::NextState, {"ESTABLISHED", "SYN_RCVD", "LISTEN", "CLOSED"}},
             {Asked::CallReturns, {"server accept", "none"}}}},
        // Data moves no state in ESTABLISHED, and nothing blocks.
        Row{"Data",
            [] {
                Story story = open();
                story.client("PA", 1, 1, 5);
                return story;
            },
            {{Asked::AckNumber, {"1006", "1001", "1007"}}}},
        // What came before it is missing: its receiver asks for that again.
        Row{"DataOutOfOrder",
            [] {
                Story story = open();
                story.client("PA", 6, 1, 5);
                return story;
            },
            {{Asked::AckNumber, {"1001", "1011", "1006", "1012"}}}},
        Row{"Fin",
            fin_held,
            {{Asked::NextState, {"CLOSE_WAIT", "ESTABLISHED", "CLOSED", "FIN_WAIT_1"}},
             {Asked::AckNumber, {"1002", "1001", "1003"}},
             {Asked::CallReturns, {"server recv", "none"}}}},
        Row{"AckOfFin",
            [] {
                Story story = fin_held();
                arrive(story).fact(CallReturned{82, S, "recv", 0, ""}).server("A", 1, 2);
                return story;
            },
            {{Asked::NextState, {"FIN_WAIT_2", "FIN_WAIT_1", "CLOSING", "CLOSED"}}}},
        Row{"Rst",
            [] {
                Story story = open();
                story.fact(CallEntered{82, S, "recv", {}}).client("R", 1);
                return story;
            },
            {{Asked::NextState, {"CLOSED", "ESTABLISHED", "CLOSE_WAIT", "FIN_WAIT_1"}},
             {Asked::CallReturns, {"server recv", "none"}}}},
        // A bare ACK in ESTABLISHED while nothing blocks brings nothing about.
        Row{"BareAck",
            [] {
                Story story = open();
                story.client("A", 1, 1);
                return story;
            },
            {}}),
    [](const auto& row) { return row.param.name; });

TEST(Prediction, TheSameSeedAsksTheSameAndAnotherOneAnother) {
    const Story story = syn_held();
    const Connection connection = story.result();
    const Segment syn = last(story).segment;
    std::set<std::vector<std::string>> orders;
    for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
        const auto once = ask(connection, syn, seed);
        EXPECT_EQ(once, ask(connection, syn, seed));
        if (once->asked == Asked::NextState) orders.insert(once->choices);
    }
    EXPECT_GT(orders.size(), 4U);
}

TEST(Prediction, NumbersWrapAround) {
    for (const std::uint32_t isn : {4294967295U, 4294967294U, 4294967262U}) {
        Story story(isn);
        story.lab(true).client("S", 0);
        const Asking asking = asked_of(story);
        EXPECT_TRUE(asking.at(Asked::AckNumber).count(std::to_string(isn + 1))) << isn;
    }
}

Question asking(const Story& story, Asked wanted) {
    for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
        auto question = ask(story.result(), last(story).segment, seed);
        if (question && question->asked == wanted) return *question;
    }
    ADD_FAILURE() << "never asked: " << name(wanted);
    return {};
}

/// A question about the story's last segment, and what is told of it later.
class Told {
  public:
    Told(Story begun, Asked asked)
        : story(std::move(begun)),
          question(asking(story, asked)),
          asked_at_(Timeline(story.trace(), 0).size()) {}

    Outcome outcome(bool settled = true) const {
        return outcome_of(question, Timeline(story.trace(), 0), asked_at_, settled);
    }
    // What was told, or the kind of outcome that it is instead.
    std::string now(bool settled = true) const {
        switch (const Outcome outcome = this->outcome(settled); outcome.kind) {
            case Outcome::Kind::Awaited:
                return "awaited";
            case Outcome::Kind::Withdrawn:
                return "withdrawn";
            case Outcome::Kind::Told:
                return outcome.actual;
        }
        return "";
    }
    Told& sample(Role role, State state) {
        story.fact(SocketSampled{role, state, 0, 0, "", 0, 0, 0, 1});
        return *this;
    }
    Told& delivered() {
        story.fact(SegmentDelivered{question.segment});
        return *this;
    }

    Story story;
    Question question;

  private:
    std::size_t asked_at_;
};

TEST(Outcome, AStateIsTheOneThatTheKernelConfirms) {
    Told told(syn_held(), Asked::NextState);
    EXPECT_EQ(told.now(), "awaited");
    told.delivered();
    EXPECT_EQ(told.now(false), "awaited");
    EXPECT_EQ(told.now(), "withdrawn") << "the kernel has not confirmed it";
    told.sample(S, State::SynRcvd);
    EXPECT_EQ(told.now(), "SYN_RCVD");
}

TEST(Outcome, WhereTheKernelSaysOtherwiseNothingIsTold) {
    Told told(syn_held(), Asked::NextState);
    told.delivered().sample(S, State::Established);
    EXPECT_EQ(told.now(), "withdrawn");
    told.sample(S, State::SynRcvd);
    EXPECT_EQ(told.now(), "withdrawn");
}

TEST(Outcome, AStateThatStaysNeedsNoNewSample) {
    // A second SYN, which is a copy of the first.
    Story story = synack_held();
    story.fact(SocketSampled{S, State::SynRcvd, 0, 0, "", 0, 0, 0, 1});
    story.fact(SegmentDuplicated{1, 3});
    story.client("S", 0);
    Told told(std::move(story), Asked::NextState);
    told.delivered();
    EXPECT_EQ(told.now(), "SYN_RCVD");
}

TEST(Outcome, WhatACallDoesAfterwardsIsNotTheAnswer) {
    Told told(fin_held(), Asked::NextState);
    told.delivered();
    told.story.fact(CallReturned{82, S, "recv", 0, ""}).call(S, "close").server("FA", 1, 2);
    told.sample(S, State::LastAck);
    EXPECT_EQ(told.now(), "CLOSE_WAIT");
}

TEST(Outcome, AnAcknowledgmentIsThatOfTheNextSegment) {
    Told told(syn_held(), Asked::AckNumber);
    told.delivered();
    EXPECT_EQ(told.now(), "awaited") << "it may be delayed";
    told.story.server("SA", 0, 1);
    EXPECT_EQ(told.now(false), "1001");
    EXPECT_EQ(told.outcome().evidence, Timeline(told.story.trace(), 0).size() - 1);
}

TEST(Outcome, WhatATimerSendsAgainIsNoAnswer) {
    Story story = synack_held();  // which is held on
    story.client("S", 0);
    Told told(std::move(story), Asked::AckNumber);
    told.delivered();
    Segment again = last(told.story).segment;
    again.id = 9;
    told.story.fact(SegmentSent{again, 2});
    EXPECT_EQ(told.now(), "awaited");
    again.id = 10;
    told.story.fact(SegmentSent{again});
    EXPECT_EQ(told.now(), "1001");
}

TEST(Outcome, ANumberThatWasNotToBeChosenDoesNotCount) {
    Told told(syn_held(), Asked::AckNumber);
    told.delivered().story.server("SA", 0, 77);
    EXPECT_EQ(told.now(), "withdrawn");
}

TEST(Outcome, AnotherArrivalLeavesTheAnswerInTheDark) {
    Told told(syn_held(), Asked::AckNumber);
    told.delivered().story.client("S", 0);
    EXPECT_EQ(told.now(), "awaited");
    arrive(told.story).server("SA", 0, 1);
    EXPECT_EQ(told.now(), "withdrawn");
}

TEST(Outcome, ACallHasReturnedOrNot) {
    Told syn(syn_held(), Asked::CallReturns);
    syn.delivered();
    EXPECT_EQ(syn.now(false), "awaited");
    EXPECT_EQ(syn.now(), "none");

    Told third(ack_held(), Asked::CallReturns);
    third.delivered().story.call(C, "getpid");  // none of those that blocked
    EXPECT_EQ(third.now(), "none");
    third.story.fact(CallReturned{80, S, "accept", 4, ""});
    EXPECT_EQ(third.now(), "server accept");
}

TEST(Outcome, ADroppedSegmentTellsNothing) {
    Told told(syn_held(), Asked::CallReturns);
    told.story.fact(SegmentDropped{1});
    EXPECT_EQ(told.now(), "withdrawn");
}

TEST(Score, CountsThePredictionsOfATrace) {
    Story story = syn_held();
    EXPECT_EQ(score_of(story.trace()), Score{});
    story.fact(PredictionChecked{1, S, Asked::NextState, {"A", "B"}, "A", "A"});
    story.fact(PredictionChecked{1, S, Asked::NextState, {"A", "B"}, "A", "B"});
    EXPECT_EQ(score_of(story.trace()), (Score{1, 2}));
}

}  // namespace
}  // namespace tcpstep::model
