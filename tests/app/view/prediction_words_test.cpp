#include "app/view/prediction_words.hpp"

#include <gtest/gtest.h>

#include "tests/app/view/sample_run.hpp"

namespace tcpstep::view {
namespace {

using namespace model;
using testing::RunBuilder;

constexpr Role S = Role::Server;

// The SYN is held, asked about, and arrives.
RunBuilder syn_arrived() {
    RunBuilder run(true);
    run.send(Role::Client, Flags::kSyn, 0, 0).fact(SegmentHeld{1}, true);
    run.call(S, "listen", {{"fd", std::int64_t{3}}}).returns(S, "listen", 0);
    run.delivered(1).send(S, Flags::kSyn | Flags::kAck, 0, 1);
    return run;
}

Question question(Asked asked, std::vector<std::string> choices) {
    return {1, S, asked, State::Listen, std::move(choices), {}};
}

Outcome told(std::string actual, std::size_t evidence) {
    return {Outcome::Kind::Told, std::move(actual), evidence};
}

TEST(PredictionWords, OfAState) {
    const RunBuilder run = syn_arrived();
    const Timeline timeline(run.trace, 0);
    const Question q = question(Asked::NextState, {"SYN_RCVD", "LISTEN"});
    EXPECT_EQ(question_text(q, timeline),
              "Segment 1 (SYN) is about to reach the server, which is in LISTEN. In which state is "
              "it then?");
    EXPECT_EQ(choice_text(q, "SYN_RCVD", timeline, false), "SYN_RCVD");
    EXPECT_EQ(choice_text(q, "LISTEN", timeline, false), "stays LISTEN");
    std::size_t delivered = 0;
    while (!std::holds_alternative<SegmentDelivered>(timeline.event(delivered).fact)) ++delivered;
    const Outcome outcome = told("SYN_RCVD", delivered);
    EXPECT_EQ(verdict_text(q, "SYN_RCVD", outcome, timeline, false), "Right: SYN_RCVD.");
    EXPECT_EQ(verdict_text(q, "LISTEN", outcome, timeline, false),
              "Not stays LISTEN, but SYN_RCVD.");
    EXPECT_TRUE(reason_text(q, outcome, timeline, false).starts_with("A SYN asks"));
    EXPECT_TRUE(reason_text(q, told("LISTEN", 0), timeline, false).starts_with("Nothing in this"));
}

TEST(PredictionWords, ANumberIsRelativeUnlessItIsWantedRaw) {
    const RunBuilder run = syn_arrived();
    const Timeline timeline(run.trace, 0);
    const std::string next = std::to_string(RunBuilder::kClientIss + 1);
    const Question q = question(Asked::AckNumber, {next, std::to_string(RunBuilder::kClientIss)});
    EXPECT_EQ(choice_text(q, next, timeline, false), "ack 1");
    EXPECT_EQ(choice_text(q, next, timeline, true), "ack " + next);
    const Outcome outcome = told(next, timeline.size() - 1);
    EXPECT_EQ(reason_text(q, outcome, timeline, false),
              "The number names the next octet that is expected: 0 + 1. SYN and FIN count as one "
              "each.");
    EXPECT_TRUE(reason_text(q, told("7", 0), timeline, false).ends_with("did not bring it."));
    PredictionChecked checked = {1, S, Asked::AckNumber, q.choices, next, next};
    EXPECT_EQ(prediction_text(checked, timeline, false), "predicted ack 1: right");
    checked.answer = q.choices[1];
    EXPECT_EQ(prediction_text(checked, timeline, false), "predicted ack 0: wrong, it is ack 1");
}

TEST(PredictionWords, OfACall) {
    const RunBuilder run = syn_arrived();
    const Timeline timeline(run.trace, 0);
    const Question q = question(Asked::CallReturns, {"server accept", "none"});
    EXPECT_EQ(choice_text(q, "server accept", timeline, false), "server: accept()");
    EXPECT_EQ(choice_text(q, "none", timeline, false), "none of them");
    for (const char* actual : {"server accept", "none"}) {
        EXPECT_TRUE(reason_text(q, told(actual, 0), timeline, false).starts_with("accept() waits"))
            << actual;
    }
    EXPECT_EQ(reason_text(question(Asked::CallReturns, {"client ioctl", "none"}),
                          told("client ioctl", 0), timeline, false),
              "");
}

TEST(PredictionWords, WhatIsWithdrawnDoesNotCount) {
    const RunBuilder run = syn_arrived();
    const Timeline timeline(run.trace, 0);
    const Question q = question(Asked::CallReturns, {"server accept", "none"});
    const Outcome outcome{Outcome::Kind::Withdrawn, {}, 0};
    EXPECT_TRUE(verdict_text(q, "none", outcome, timeline, false).ends_with("does not count."));
    EXPECT_EQ(reason_text(q, outcome, timeline, false), "");
}

}  // namespace
}  // namespace tcpstep::view
