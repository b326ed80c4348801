#include "model/trace_connections.hpp"

#include <chrono>

#include <gtest/gtest.h>

#include "model/timeline.hpp"
#include "model/tracked_states.hpp"
#include "tests/model/many_connections.hpp"

namespace tcpstep::model {
namespace {

using testing::ManyConnections;

TraceConnections gathered(const Trace& trace) {
    TraceConnections connections(trace);
    while (connections.catch_up(7)) {
    }
    return connections;
}

TEST(TraceConnections, CountsWhatTheWireCarried) {
    ManyConnections made(3);
    const TraceConnections connections = gathered(made.trace);
    ASSERT_EQ(connections.size(), 3U);
    EXPECT_EQ(connections.tally(0).segments, 7U);
    EXPECT_EQ(connections.tally(0).octets, 10U);
    EXPECT_EQ(connections.tally(1).segments, 2U) << "refused";
    EXPECT_EQ(connections.tally(2).segments, 4U) << "still open";
    EXPECT_EQ(connections.tally(1).ended - connections.tally(1).began,
              std::chrono::microseconds(1));
}

TEST(TraceConnections, TellEachAsTheWholeTraceDoes) {
    ManyConnections made(60);
    made.again(0);  // between the same ends, after the first was over
    const TraceConnections connections = gathered(made.trace);
    const auto whole = tracked_changes(made.trace);
    ASSERT_EQ(connections.size(), whole.size());
    for (ConnectionIndex i = 0; i < connections.size(); ++i) {
        std::array<LastState, 2> last;
        for (const TrackedChange& change : whole[i])
            last[change.endpoint == Role::Client ? 0 : 1] = {change.to, change.doubt};
        EXPECT_EQ(connections.summary(i).last, last) << i;
        EXPECT_EQ(connections.summary(i).story, story_of(whole[i], false)) << i;
    }
    EXPECT_EQ(connections.summary(0).story,
              (ConnectionStory{Beginning::Handshake, Ending::Closed, Role::Client}));
    EXPECT_EQ(connections.summary(1).story.ended, Ending::Refused);
    EXPECT_EQ(connections.summary(2).story.ended, Ending::Open);
}

TEST(TraceConnections, OfALabsRunTheFoldTells) {
    Trace trace;
    Scenario scenario;
    scenario.lab = true;
    trace.append({Time(), std::nullopt, scenario});
    ManyConnections made(2, std::move(trace));
    const TraceConnections connections = gathered(made.trace);
    for (ConnectionIndex i = 0; i < connections.size(); ++i) {
        const Timeline timeline(made.trace, i);
        const Connection& end = timeline.at(timeline.size());
        const ConnectionSummary summary = connections.summary(i);
        EXPECT_EQ(summary.last[0], (LastState{end.client.state(), Doubt::None})) << i;
        EXPECT_EQ(summary.last[1], (LastState{end.server.state(), Doubt::None})) << i;
    }
    EXPECT_EQ(connections.summary(0).last[0].state, State::TimeWait);
    EXPECT_EQ(connections.summary(0).story.began, Beginning::Handshake);
}

TEST(TraceConnections, GrowWithTheTrace) {
    ManyConnections made(1);
    TraceConnections connections(made.trace);
    EXPECT_FALSE(connections.catch_up(1000));
    EXPECT_EQ(connections.read(), 7U);
    made.one_more();
    EXPECT_FALSE(connections.catch_up(1000));
    EXPECT_EQ(connections.size(), 2U);
    EXPECT_EQ(connections.tally(1).segments, 2U);
}

}  // namespace
}  // namespace tcpstep::model
