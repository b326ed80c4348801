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
    for (const Trace& trace : {short_run(), testing::whole_run(), testing::held_handshake(),
                               testing::impatient_handshake(), testing::busy_wire(), Trace()}) {
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

TEST(TimelineIndex, AnAbsorbedCopyIsNoStepNeitherSentNorDropped) {
    const Sample sample(testing::impatient_handshake());
    const auto sent = [&](SegmentId id) { return *sample.timeline.event_of_segment(id); };
    for (SegmentId copy : {2U, 3U, 5U, 6U, 7U}) {
        EXPECT_FALSE(sample.index.is_step(sent(copy))) << copy;
        EXPECT_EQ(sample.index.begun_by(sample.timeline, sent(copy)), 0U) << copy;
        EXPECT_FALSE(sample.index.begin_of(sample.timeline, copy).has_value()) << copy;
        const auto landing = sample.index.landing(copy);
        if (landing) {
            EXPECT_FALSE(sample.index.is_step(landing->event)) << copy;
        }
    }
    EXPECT_EQ(sample.index.original_of(6), 1U);
    EXPECT_EQ(sample.index.original_of(7), 4U);
    EXPECT_EQ(sample.index.original_of(4), 0U);
    EXPECT_TRUE(sample.index.is_step(sent(4)));
    EXPECT_EQ(sample.index.begin_of(sample.timeline, 4), sent(4));
}

TEST(TimelineIndex, CountsAbsorbedCopiesUpToAPosition) {
    const Sample sample(testing::impatient_handshake());
    const std::size_t end = sample.timeline.size();
    EXPECT_EQ(sample.index.absorbed(1, *sample.timeline.event_of_segment(2)), 0U);
    EXPECT_EQ(sample.index.absorbed(1, *sample.timeline.event_of_segment(4)), 2U);
    EXPECT_EQ(sample.index.absorbed(1, end), 3U);
    EXPECT_EQ(sample.index.absorbed(4, end), 2U);
    EXPECT_EQ(sample.index.absorbed(2, end), 0U);
}

TEST(TimelineIndex, ACopyThatStandsForItselfIsAStepFromThenOn) {
    const Sample sample(testing::busy_wire());
    const std::size_t stands = *sample.index.begin_of(sample.timeline, 3);
    EXPECT_GT(stands, *sample.timeline.event_of_segment(3));
    EXPECT_TRUE(sample.index.is_step(stands));
    EXPECT_EQ(sample.index.begun_by(sample.timeline, stands), 3U);
    EXPECT_EQ(sample.index.absorbed(1, stands), 2U);
    EXPECT_EQ(sample.index.absorbed(1, stands + 1), 1U);
    EXPECT_TRUE(sample.index.is_step(sample.index.landing(3)->event));
    EXPECT_FALSE(sample.index.is_step(sample.index.landing(4)->event));
}

TEST(TimelineIndex, ACopyThatIsLetGoAtOnceBeginsWithItsArrival) {
    RunBuilder run(true);
    run.send(C, Flags::kSyn, 0, 0).absorbed(1).dropped(1).delivered(2);
    const Sample sample(run.trace);
    EXPECT_EQ(sample.index.begin_of(sample.timeline, 2), 4U);
    EXPECT_EQ(sample.index.begun_by(sample.timeline, 4), 2U);
    EXPECT_TRUE(sample.index.is_step(4));
}

TEST(TimelineIndex, WhatChangesAStateIsAStep) {
    RunBuilder run;
    run.send(C, Flags::kSyn, 0, 0).send(S, Flags::kSyn | Flags::kAck, 0, 1);
    run.send(C, Flags::kAck, 1, 1).send(C, Flags::kFin | Flags::kAck, 1, 1);
    run.send(S, Flags::kFin | Flags::kAck, 1, 2).send(C, Flags::kAck, 2, 2);
    run.sample(C, State::TimeWait).later(std::chrono::seconds(60)).sample(C, State::Closed);
    const Sample sample(run.trace);
    EXPECT_FALSE(sample.index.is_step(7));
    EXPECT_TRUE(sample.index.is_step(8));
}

TEST(TimelineIndex, KnowsHoldsAndSamples) {
    RunBuilder run(true);
    run.send(C, Flags::kSyn, 0, 0).held(1).sample(C, State::SynSent).held(1, 400);
    const Sample sample(run.trace);
    EXPECT_FALSE(sample.index.hold_of(1, 2).has_value());
    EXPECT_EQ(sample.index.hold_of(1, 4), 2U);
    EXPECT_EQ(sample.index.hold_of(1, 5), 4U);
    EXPECT_FALSE(sample.index.hold_of(2, 5).has_value());
    EXPECT_FALSE(sample.index.sample_before(C, 3).has_value());
    EXPECT_EQ(sample.index.sample_before(C, 5), 3U);
    EXPECT_FALSE(sample.index.sample_before(S, 5).has_value());
}

// "event 2 of 3" is the same in the transport and on the command line.
TEST(TimelineIndex, CountsStepsAndFindsThemByTheirNumber) {
    RunBuilder run(true);
    run.send(C, Flags::kSyn, 0, 0).held(1).sample(C, State::SynSent);
    run.delivered(1).send(S, Flags::kSyn | Flags::kAck, 0, 1).held(2);
    const Sample sample(run.trace);
    const std::vector<std::size_t>& steps = sample.index.steps();
    EXPECT_EQ(sample.index.stop(0), 0U);
    for (std::size_t number = 1; number <= steps.size(); ++number) {
        const std::size_t position = sample.index.stop(number);
        EXPECT_EQ(sample.index.steps_before(position), number);
        EXPECT_EQ(sample.index.last_step_before(position), steps[number - 1]);
    }
    EXPECT_EQ(sample.index.stop(steps.size()), sample.index.size());
    EXPECT_EQ(sample.index.stop(steps.size() + 7), sample.index.size());
    EXPECT_EQ(sample.index.steps_before(0), 0U);
    EXPECT_EQ(TimelineIndex().stop(3), 0U);
}

// What was said of an earlier event holds for ever: the window has painted it.
TEST(TimelineIndex, NeverChangesWhatItSaid) {
    for (const Trace& whole :
         {testing::whole_run(), testing::impatient_handshake(), testing::busy_wire()}) {
        const Sample at_once(whole);
        Trace growing;
        for (const ConnectionId& id : whole.connections()) growing.intern(id);
        Timeline timeline(growing, 0);
        TimelineIndex index;
        for (const Event& event : whole.events()) {
            growing.append(event);
            timeline.catch_up();
            index.catch_up(timeline);
            const std::size_t end = timeline.size();
            for (std::size_t i = 0; i < end; ++i) {
                EXPECT_EQ(index.is_step(i), at_once.index.is_step(i)) << i;
                EXPECT_EQ(index.begun_by(timeline, i), at_once.index.begun_by(at_once.timeline, i));
            }
            for (SegmentId id = 1; id < 14; ++id) {
                EXPECT_EQ(index.absorbed(id, end), at_once.index.absorbed(id, end)) << id;
            }
        }
    }
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
