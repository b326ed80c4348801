#include "app/view/timeline_index.hpp"

#include <gtest/gtest.h>

#include "tests/app/view/sample_run.hpp"

namespace tcpstep::view {
namespace {

using namespace model;
using testing::RunBuilder;

constexpr Role C = Role::Client;
constexpr Role S = Role::Server;

struct Sample {
    explicit Sample(Trace t) : trace(std::move(t)), timeline(trace, 0) { index.catch_up(timeline); }
    Trace trace;
    Timeline timeline;
    TimelineIndex index;
};

// scenario, socket(), = 4, sample (quiet), SYN, sample (quiet)
Trace short_run() {
    RunBuilder run;
    run.call(C, "socket").returns(C, "socket", 4).fact(ListenerSampled{});
    run.send(C, Flags::kSyn, 0, 0).sample(C, State::SynSent);
    return run.trace;
}

TEST(TimelineIndex, PassesOverWhatOnlyConfirms) {
    const Sample sample(short_run());
    EXPECT_EQ(sample.index.steps(), (std::vector<std::size_t>{1, 2, 4}));
}

TEST(TimelineIndex, ADisagreementIsAStep) {
    RunBuilder run;
    run.send(C, Flags::kSyn, 0, 0).sample(C, State::Listen);
    const Sample sample(run.trace);
    EXPECT_EQ(sample.index.steps(), (std::vector<std::size_t>{1, 2}));
}

TEST(TimelineIndex, AnErrorOfTheRunIsAStep) {
    RunBuilder run;
    run.send(C, Flags::kSyn, 0, 0).sample(C, State::SynSent);
    run.fact(Marker{"error", "the lesson was stopped"});
    EXPECT_EQ(Sample(run.trace).index.steps(), (std::vector<std::size_t>{1, 3}));
}

TEST(TimelineIndex, EveryStopShowsOneStepMoreWithWhatConfirmsIt) {
    const Sample sample(short_run());
    EXPECT_EQ(sample.index.next_stop(0), 2U);  // the scenario, socket()
    EXPECT_EQ(sample.index.next_stop(2), 4U);  // = 4 and the sample after it
    EXPECT_EQ(sample.index.next_stop(4), 6U);  // SYN and the sample after it
    EXPECT_EQ(sample.index.next_stop(6), 6U);
}

TEST(TimelineIndex, GoingBackVisitsTheSameStops) {
    for (const Trace& trace :
         {short_run(), testing::whole_run(), testing::held_handshake(), Trace()}) {
        const Sample sample(trace);
        std::vector<std::size_t> forward = {0};
        while (sample.index.next_stop(forward.back()) != forward.back()) {
            forward.push_back(sample.index.next_stop(forward.back()));
        }
        EXPECT_EQ(forward.back(), sample.timeline.size());
        EXPECT_EQ(forward.size(), sample.index.steps().size() + 1);
        std::vector<std::size_t> back = {forward.back()};
        while (back.back() != 0) back.push_back(sample.index.previous_stop(back.back()));
        EXPECT_EQ(std::vector<std::size_t>(back.rbegin(), back.rend()), forward);
    }
}

TEST(TimelineIndex, BetweenStopsBothWaysLeadToTheNearest) {
    const Sample sample(short_run());
    EXPECT_EQ(sample.index.previous_stop(5), 4U);
    EXPECT_EQ(sample.index.next_stop(3), 6U);
}

TEST(TimelineIndex, KnowsCallsWithTheirReturns) {
    const Sample sample(testing::held_handshake());
    const auto& client = sample.index.calls(C);
    ASSERT_EQ(client.size(), 2U);
    EXPECT_TRUE(client[0].returned.has_value());
    EXPECT_FALSE(client[1].returned.has_value());
    EXPECT_EQ(sample.index.calls(S).size(), 4U);
}

TEST(TimelineIndex, KnowsWhereFlightsEnded) {
    const Sample sample(testing::held_handshake());
    EXPECT_TRUE(sample.index.gated());
    ASSERT_TRUE(sample.index.landing(1).has_value());
    EXPECT_TRUE(sample.index.landing(1)->delivered);
    EXPECT_FALSE(sample.index.landing(2).has_value());
}

TEST(TimelineIndex, CatchingUpInPiecesIsTheSame) {
    const Trace whole = testing::whole_run();
    Trace growing;
    for (const ConnectionId& id : whole.connections()) growing.intern(id);
    Timeline timeline(growing, 0);
    TimelineIndex piecewise;
    for (const Event& event : whole.events()) {
        growing.append(event);
        timeline.catch_up();
        piecewise.catch_up(timeline);
    }
    const Sample at_once(whole);
    EXPECT_EQ(piecewise.steps(), at_once.index.steps());
    EXPECT_EQ(piecewise.calls(S).size(), at_once.index.calls(S).size());
    EXPECT_EQ(piecewise.changes(S).size(), at_once.index.changes(S).size());
}

}  // namespace
}  // namespace tcpstep::view
